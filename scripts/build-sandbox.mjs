// Builds the sandbox's engine: quickjs-emscripten's WebAssembly, linked and metered, with the guest runtime inside.
// Writes generated/sandbox/quickjs-metered.wasm and version.json; does nothing when neither sources nor packages changed.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outputFolder = join(root, 'generated/sandbox');
const wasmFile = join(outputFolder, 'quickjs-metered.wasm');
const versionFile = join(outputFolder, 'version.json');
const engineFolder = join(root, 'node_modules/@jitl/quickjs-wasmfile-release-sync');
const SECTION_NAME = 'coldstart-runtime';

/** @param {(string | Uint8Array)[]} parts */
function sha256(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Everything that the result depends on. */
async function hashInputs() {
  const parts = [await readFile(fileURLToPath(import.meta.url))];
  for (const folder of ['sim/sandbox/guest', 'sim/sandbox/metering']) {
    const names = (await readdir(join(root, folder))).filter((name) => !name.includes('.test.')).sort();
    for (const name of names) parts.push(Buffer.from(name), await readFile(join(root, folder, name)));
  }
  parts.push(await readFile(join(root, 'sim/sandbox/limits.ts')));
  for (const name of ['@jitl/quickjs-wasmfile-release-sync', '@noble/hashes', 'esbuild']) {
    parts.push(await readFile(join(root, 'node_modules', name, 'package.json')));
  }
  return sha256(parts);
}

/** @param {string} file */
async function readIfThere(file) {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}

/** An expression whose value is a function: host functions in, entry points out. */
async function bundlePrelude() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(root, 'sim/sandbox/guest/main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: '__runtime',
    target: 'es2022',
    minifyWhitespace: true,
    legalComments: 'none',
    absWorkingDir: root,
    logLevel: 'warning',
  });
  const bundled = outputFiles[0]?.text ?? '';
  return `(function(__host){"use strict";${bundled}\nreturn __runtime.entries})`;
}

/** Written beside and renamed, so that a reader never sees half a file. @param {string} file @param {string | Uint8Array} content */
async function writeWhole(file, content) {
  const draft = `${file}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, file);
}

/** @returns {Promise<{ runtimeVersion: string, wasmFile: string, rebuilt: boolean }>} */
export async function buildSandbox() {
  const inputs = await hashInputs();
  const known = JSON.parse(String((await readIfThere(versionFile)) ?? '{}'));
  if (known.inputs === inputs && known.sha256 === sha256([(await readIfThere(wasmFile)) ?? ''])) {
    return { runtimeVersion: known.runtimeVersion, wasmFile, rebuilt: false };
  }
  const { link } = await import('../sim/sandbox/metering/link.mjs');
  const { meter } = await import('../sim/sandbox/metering/meter.mjs');
  const { reword } = await import('../sim/sandbox/metering/wordings.mjs');
  const { appendCustomSection } = await import('../sim/sandbox/metering/wasm-binary.mjs');
  const engine = await readFile(join(engineFolder, 'dist/emscripten-module.wasm'));
  const loader = await readFile(join(engineFolder, 'dist/emscripten-module.mjs'), 'utf8');
  const linked = link(reword(engine), loader);
  // Emscripten's first global points to its stack.
  const metered = meter(linked.wasm, { stackPointerGlobal: 0 });
  const prelude = await bundlePrelude();
  const limits = await readFile(join(root, 'sim/sandbox/limits.ts'));
  const runtimeVersion = sha256([metered, prelude, limits]).slice(0, 16);
  const bundle = { runtimeVersion, prelude, rejectionTrackerSlot: linked.rejectionTrackerSlot };
  const wasm = appendCustomSection(metered, SECTION_NAME, new TextEncoder().encode(JSON.stringify(bundle)));
  await mkdir(outputFolder, { recursive: true });
  await writeWhole(wasmFile, wasm);
  await writeWhole(versionFile, `${JSON.stringify({ runtimeVersion, sha256: sha256([wasm]), inputs }, null, 2)}\n`);
  return { runtimeVersion, wasmFile, rebuilt: true };
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const { runtimeVersion, rebuilt } = await buildSandbox();
  console.log(`Sandbox engine ${runtimeVersion} ${rebuilt ? 'built' : 'is up to date'}.`);
}
