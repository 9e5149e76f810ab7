// How much of the simulator a page fetches: the core that every lab needs, and each service on top. gzip, minified, without the sandbox.
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ENTRY = `
import { deployStack } from './sim/cloudformation/deploy';
import { loadAws, servicesNamedIn } from './sim/load-aws';
globalThis.simulator = [deployStack, loadAws, servicesNamedIn];
`;

const { outputFiles, metafile } = await build({
  stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
  absWorkingDir: ROOT,
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  outdir: path.join(ROOT, '.coldstart/bundle'),
  write: false,
  metafile: true,
});

const gzipBytes = new Map(
  outputFiles.map(({ path: file, contents }) => [path.relative(ROOT, file), gzipSync(contents, { level: 9 }).length]),
);

/** A file and what it imports at once. */
function closure(file: string, outputs: Metafile['outputs'], seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path: imported, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') closure(imported, outputs, seen);
  return seen;
}

const size = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + (gzipBytes.get(file) ?? 0), 0) / 1024;

const entries = Object.entries(metafile.outputs).filter(([, output]) => output.entryPoint !== undefined);
const core = closure(entries.find(([, { entryPoint }]) => entryPoint === '<stdin>')?.[0] ?? '', metafile.outputs);
for (const device of ['fis', 'internet', 'iam']) {
  const file = entries.find(([, { entryPoint }]) => entryPoint === `sim/services/${device}/service.ts`)?.[0];
  if (file) closure(file, metafile.outputs, core);
}
console.log(`core (kernel, templates, explanations, IAM, devices): ${size(core).toFixed(1)} KB gzip`);
for (const [file, { entryPoint = '' }] of entries) {
  const service = /^sim\/services\/(\w+)\/service\.ts$/.exec(entryPoint)?.[1];
  if (!service || core.has(file)) continue;
  const own = [...closure(file, metafile.outputs)].filter((part) => !core.has(part));
  const front = entries.filter(([, output]) => output.entryPoint?.match(`^sim/protocol/(shapes|constraints)/${service}\\.ts$`));
  console.log(`${service}: ${size(own).toFixed(1)} KB, its input checks ${size(front.map(([name]) => name)).toFixed(1)} KB`);
}
