// What the rewriting passes must know of a module: its function types, imports, and how many of each kind there are.
// https://webassembly.github.io/spec/core/binary/modules.html
import { Reader, SECTION } from './wasm-binary.mjs';

/**
 * @typedef {{ params: number, results: number[], signature: string }} FunctionType
 * @typedef {{ module: string, name: string, kind: number, description: Uint8Array }} Import
 * @typedef {{ name: string, kind: number, index: number }} Export
 * @typedef {{ types: FunctionType[], imports: Import[], importedFunctions: number, importedGlobals: number,
 *   functionTypes: number[], globals: number, exports: Export[], bodies: Uint8Array[] }} ModuleShape
 */

/** @param {Map<number, Uint8Array>} sections @returns {ModuleShape} */
export function readShape(sections) {
  const imports = readImports(sections.get(SECTION.import));
  return {
    types: vector(sections.get(SECTION.type), readFunctionType),
    imports,
    importedFunctions: imports.filter((entry) => entry.kind === 0).length,
    importedGlobals: imports.filter((entry) => entry.kind === 3).length,
    functionTypes: vector(sections.get(SECTION.function), (reader) => reader.unsigned()),
    globals: new Reader(sections.get(SECTION.global) ?? Uint8Array.of(0)).unsigned(),
    exports: vector(sections.get(SECTION.export), (reader) => ({ name: reader.name(), kind: reader.byte(), index: reader.unsigned() })),
    bodies: vector(sections.get(SECTION.code), (reader) => {
      const length = reader.unsigned();
      reader.skip(length);
      return reader.since(reader.at - length);
    }),
  };
}

/** @template T @param {Uint8Array | undefined} body @param {(reader: Reader) => T} readEntry @returns {T[]} */
function vector(body, readEntry) {
  if (!body) return [];
  const reader = new Reader(body);
  return Array.from({ length: reader.unsigned() }, () => readEntry(reader));
}

/** @param {Reader} reader @returns {FunctionType} */
function readFunctionType(reader) {
  const start = reader.at;
  if (reader.byte() !== 0x60) throw new Error('The module has a type that is not a function type.');
  const params = reader.unsigned();
  reader.skip(params);
  const results = reader.unsigned();
  reader.skip(results);
  return { params, results: [...reader.since(reader.at - results)], signature: reader.since(start).join() };
}

/** @param {Uint8Array | undefined} body @returns {Import[]} */
function readImports(body) {
  return vector(body, (reader) => {
    const module = reader.name();
    const name = reader.name();
    const kind = reader.byte();
    const start = reader.at;
    if (kind === 0) reader.unsigned();
    else if (kind === 1) {
      reader.byte();
      skipLimits(reader);
    } else if (kind === 2) skipLimits(reader);
    else if (kind === 3) reader.skip(2);
    else throw new Error(`The import ${module}.${name} is of unknown kind ${kind}.`);
    return { module, name, kind, description: reader.since(start) };
  });
}

/** @param {Reader} reader */
function skipLimits(reader) {
  const hasMaximum = reader.byte() & 1;
  reader.unsigned();
  if (hasMaximum) reader.unsigned();
}
