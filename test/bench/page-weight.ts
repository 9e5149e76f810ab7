// JavaScript that a built page loads before anybody touches it, gzip, against what an empty page of this Next version loads.
// `tsx test/bench/page-weight.ts` reads the last build; with --baseline it builds an empty site first and measures that too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Next 16.4.5 with React 19.3.1, an empty layout and page; measured with --baseline on 2026-11-23. */
const emptyPageBytes = 134_580;
const lessonBytesMax = 15 * 1024;

const gzipBytes = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;

/** Scripts that the page's HTML asks for at once; `nomodule` ones are for browsers that no longer matter. */
function scriptsOf(html: string): string[] {
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]*"[^>]*>/g) ?? [];
  const sources = tags.filter((tag) => !/\bnomodule\b/i.test(tag)).map((tag) => /\bsrc="\/_next\/([^"?]*)/.exec(tag)?.[1] ?? '');
  return [...new Set(sources)].filter((source) => source !== '');
}

function weightOf(dist: string, html: string): number {
  return scriptsOf(readFileSync(path.join(dist, 'server/app', html), 'utf8')).reduce(
    (sum, source) => sum + gzipBytes(path.join(dist, source)),
    0,
  );
}

function measureEmptyPage(): number {
  // Inside the project, so that the same node_modules are found.
  mkdirSync('.coldstart', { recursive: true });
  const site = mkdtempSync(path.resolve('.coldstart/empty-site-'));
  try {
    mkdirSync(path.join(site, 'app'));
    writeFileSync(path.join(site, 'package.json'), '{"private":true}');
    writeFileSync(path.join(site, 'next.config.mjs'), `export default { turbopack: { root: ${JSON.stringify(process.cwd())} } };\n`);
    writeFileSync(
      path.join(site, 'app/layout.js'),
      'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
    );
    writeFileSync(path.join(site, 'app/page.js'), 'export default function Page() {\n  return <main>Empty</main>;\n}\n');
    const next = path.resolve('node_modules/next/dist/bin/next');
    const built = spawnSync(process.execPath, [next, 'build'], {
      cwd: site,
      encoding: 'utf8',
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    });
    if (built.status !== 0) throw new Error(`the empty site did not build:\n${built.stdout}${built.stderr}`);
    return weightOf(path.join(site, '.next'), 'index.html');
  } finally {
    rmSync(site, { recursive: true, force: true });
  }
}

const dist = process.env.COLDSTART_DIST || '.next';
const baseline = process.argv.includes('--baseline') ? measureEmptyPage() : emptyPageBytes;
const pages = (readdirSync(path.join(dist, 'server/app'), { recursive: true }) as string[]).filter((file) => file.endsWith('.html')).sort();
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
console.log(`empty page: ${kilobytes(baseline)} (${baseline} bytes)`);
let failed = false;
for (const page of pages) {
  const above = weightOf(dist, page) - baseline;
  const lesson = page.startsWith('learn/');
  const tooHeavy = lesson && above > lessonBytesMax;
  failed ||= tooHeavy;
  console.log(
    `${page}: ${kilobytes(above + baseline)}, ${kilobytes(above)} above empty${lesson ? ` (at most ${kilobytes(lessonBytesMax)})` : ''}`,
  );
}
if (failed) {
  console.error('A lesson page loads too much JavaScript before it is used: look for an import that should be dynamic.');
  process.exitCode = 1;
}
