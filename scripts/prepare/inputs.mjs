// Whether the files that a step reads changed since it last ended well. Times and sizes are looked at first, contents only where they differ.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** @typedef {{ size: number, mtimeMs: number, sha256: string }} Known */

/** Nothing built from these. */
const skippedNames = new Set(['node_modules', '.next', '.git', '.coldstart', '.DS_Store']);
const skippedFiles = /\.test\.(ts|tsx|mjs)$/;

/**
 * @param {{ root: string, name: string, inputs: string[], outputs: string[], recordFolder: string }} step
 *   inputs: files and folders under root, missing ones allowed; outputs: files that must exist
 * @returns {{ changed: boolean, forget: () => void, remember: () => void }}
 *   forget before the step, so that a step that was interrupted runs again; remember after it
 */
export function inputsOf({ root, name, inputs, outputs, recordFolder }) {
  const recordFile = join(recordFolder, `${name}.json`);
  /** @type {{ hash?: string, files: Record<string, Known> }} */
  let record = { files: {} };
  try {
    record = JSON.parse(readFileSync(recordFile, 'utf8'));
  } catch {
    // No record, or one that was cut short: the step runs.
  }
  /** @type {Record<string, Known>} */
  const files = {};
  for (const path of inputs.flatMap((input) => filesUnder(join(root, input)))) {
    const { size, mtimeMs } = statSync(path);
    const key = relative(root, path).replaceAll('\\', '/');
    const known = record.files[key];
    const same = known && known.size === size && known.mtimeMs === mtimeMs;
    files[key] = same ? known : { size, mtimeMs, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
  }
  const names = Object.keys(files).sort();
  const hash = createHash('sha256')
    .update(names.map((key) => `${files[key]?.sha256} ${key}\n`).join(''))
    .digest('hex');
  /** @param {string | undefined} ended */
  const write = (ended) => {
    mkdirSync(dirname(recordFile), { recursive: true });
    writeFileSync(`${recordFile}.partial`, JSON.stringify({ ...(ended ? { hash: ended } : {}), files }));
    renameSync(`${recordFile}.partial`, recordFile);
  };
  return {
    changed: record.hash !== hash || outputs.some((output) => !existsSync(join(root, output))),
    forget: () => rmSync(recordFile, { force: true }),
    remember: () => write(hash),
  };
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return skippedFiles.test(path) ? [] : [path];
  if (!stat.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !skippedNames.has(entry.name))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
}
