// From an edit to the verdict, as the lab's page has it after the press of Run: the page's own worker, in headless Chromium, on the
// first lab. Each run brings a text that the worker has not seen. Without the drawing of the page.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { loadSolution } from '../../generated/content/labs-server';
import { launchBrowser } from '../browser';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SLUG = 'idempotent-orders';
const HANDLER = 'src/charge.mjs';
const RUNS = 40;

interface Measured {
  /** Worker started, engine fetched and compiled, services loaded: once for an open page. */
  firstMs: number;
  laterMs: number[];
  verdict: string;
}

/** Runs in the page. */
async function measure({ slug, texts, files, handler }: { slug: string; texts: string[]; files: Record<string, string>; handler: string }) {
  const worker = new Worker('/lab.worker.js', { type: 'module' });
  const timesMs: number[] = [];
  const verdicts = new Set<string>();
  for (const [id, text] of texts.entries()) {
    const from = performance.now();
    // No function of its own: tsx would give it a name by a helper that the page does not have.
    verdicts.add(
      await new Promise<string>((resolve, reject) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }) => {
          if (data.type === 'failed') reject(new Error(data.message));
          if (data.type === 'done') resolve(`${data.result.grade.points} of ${data.result.grade.maxPoints}`);
        };
        worker.postMessage({ type: 'run', id, job: { slug, files: { ...files, [handler]: text } } });
      }),
    );
    timesMs.push(performance.now() - from);
  }
  const [firstMs = Number.NaN, ...laterMs] = timesMs;
  return { firstMs, laterMs, verdict: [...verdicts].join(', ') };
}

async function serve(): Promise<{ address: string; stop(): void }> {
  const bundled = await build({
    absWorkingDir: ROOT,
    entryPoints: ['app/engine/lab.worker.ts'],
    outdir: '/',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    alias: { '@': ROOT },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const files = new Map<string, [type: string, content: Uint8Array]>(
    bundled.outputFiles.map((file) => [`/${path.basename(file.path)}`, ['text/javascript', file.contents]]),
  );
  files.set('/', ['text/html', Buffer.from('<!doctype html><title>Edit to verdict</title>')]);
  files.set('/generated/sandbox/quickjs-metered.wasm', [
    'application/wasm',
    readFileSync(path.join(ROOT, 'generated/sandbox/quickjs-metered.wasm')),
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.[0] ?? 'text/plain' }).end(file?.[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop: () => server.close() };
}

const [site, browser] = await Promise.all([serve(), launchBrowser()]);
try {
  const files = await loadSolution(SLUG);
  const texts = Array.from({ length: RUNS + 1 }, (_, n) => `${files[HANDLER]}\n// edit ${n}\n`);
  const page = await browser.newPage();
  await page.goto(site.address);
  const { firstMs, laterMs, verdict }: Measured = await page.evaluate(measure, { slug: SLUG, texts, files, handler: HANDLER });
  laterMs.sort((a, b) => a - b);
  const [median = Number.NaN, slowest = Number.NaN] = [laterMs[Math.floor(laterMs.length / 2)], laterMs.at(-1)];
  console.log(
    `edit to verdict (${verdict}): median ${median.toFixed(0)} ms of ${RUNS} runs, slowest ${slowest.toFixed(0)} ms; first run of a page ${firstMs.toFixed(0)} ms`,
  );
} finally {
  await browser.close();
  site.stop();
}
