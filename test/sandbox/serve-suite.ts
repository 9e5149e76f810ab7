// A page for a browser test: the suite's worker, bundled, and the engine, on a free port of this machine.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** `worker`: the file to bundle; `more`: further files by address. */
export async function serveSuite(
  worker = new URL('./browser-worker.ts', import.meta.url),
  more: Record<string, string> = {},
): Promise<{ address: string; stop(): Promise<void> }> {
  const bundled = await build({
    entryPoints: [fileURLToPath(worker)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  const files: Record<string, [type: string, content: string | Uint8Array]> = {
    '/': ['text/html', '<!doctype html><title>Sandbox suite</title>'],
    '/worker.js': ['text/javascript', bundled.outputFiles[0]?.text ?? ''],
    ...Object.fromEntries(Object.entries(more).map(([address, json]) => [address, ['application/json', json] as [string, string]])),
    '/engine.wasm': ['application/wasm', readFileSync(path.join(ROOT, 'generated/sandbox/quickjs-metered.wasm'))],
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.[0] ?? 'text/plain' }).end(file?.[1] ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { address: `http://127.0.0.1:${port}/`, stop };
}
