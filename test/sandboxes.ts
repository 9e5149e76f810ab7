// The sandbox engine for tests in Node: compiled once per test file.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSandboxFactory } from '../sim/sandbox/factory';
import type { SandboxFactory } from '../sim/sandbox/sandbox';

const WASM = path.resolve(import.meta.dirname, '../generated/sandbox/quickjs-metered.wasm');

let factory: Promise<SandboxFactory> | undefined;

/** Made by `node scripts/build-sandbox.mjs`, which `npm start` and `npm test` run when it is stale. */
export function testSandboxes(): Promise<SandboxFactory> {
  factory ??= createSandboxFactory(readFileSync(WASM));
  return factory;
}
