// The engine after linking: the names that the sandbox relies on, and V8's words for its errors.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { link, readLoaderNames } from './link.mjs';
import { reword } from './wordings.mjs';

const folder = path.dirname(createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/package.json'));
const engine = readFileSync(path.join(folder, 'dist/emscripten-module.wasm'));
const loader = readFileSync(path.join(folder, 'dist/emscripten-module.mjs'), 'utf8');

describe('linking', () => {
  it('names every import and export of the engine', () => {
    const names = readLoaderNames(loader);
    const module = new WebAssembly.Module(engine);
    expect(WebAssembly.Module.imports(module).filter(({ name }) => !names.imports.has(name))).toEqual([]);
    expect(WebAssembly.Module.exports(module).filter(({ name }) => !names.exports.has(name))).toEqual([]);
  });

  it('adds one function to the table and keeps the module valid', () => {
    const { wasm, rejectionTrackerSlot } = link(engine, loader);
    const module = new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>);
    expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['QTS_Eval', 'malloc', 'stack_save', 'run_constructors']),
    );
    expect(new Set(WebAssembly.Module.imports(module).map(({ module: from }) => from))).toEqual(new Set(['host']));
    expect(rejectionTrackerSlot).toBeGreaterThan(0);
  });

  it('says what is wrong with another version of the engine', () => {
    expect(() => readLoaderNames('export default 1')).toThrow('this version of quickjs-emscripten is not known');
    expect(() => reword(engine, [{ from: 'stack overflow', to: 'x', uses: 1 }])).toThrow(
      'The engine refers 5 times to the message "stack overflow", not 1 times.',
    );
    expect(() => reword(engine, [{ from: 'no such message', to: 'x', uses: 1 }])).toThrow('The engine has no message "no such message".');
    expect(() => reword(engine, [{ from: 'stack overflow', to: 'x'.repeat(2000), uses: 5 }])).toThrow('do not fit');
  });
});
