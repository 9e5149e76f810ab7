// The backup's format: gzip of lines of JSON. A header, for each table a line that names it and one per row (values as PostgreSQL's text), a footer.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { Problem } from './problem.mjs';

export const formatVersion = 1;

const headerSchema = z.object({
  coldstart: z.literal('backup'),
  format: z.number().int(),
  createdAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.object({ name: z.string(), type: z.string() })) })),
  sequences: z.array(z.object({ name: z.string(), last: z.string().regex(/^-?\d+$/), called: z.boolean() })),
});
const footerSchema = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number().int()), sha256: z.string() });

/** @typedef {z.infer<typeof headerSchema>} Header */
/** A row's values in the order of the table's columns, as PostgreSQL writes them. @typedef {(string | null)[]} Row */

/**
 * Writes beside the target and moves the complete file there.
 * @param {string} file
 * @param {AsyncIterable<Header | { table: string } | Row>} entries the header, then for each table its name and its rows
 * @returns {Promise<Record<string, number>>} rows by table
 */
export async function writeBackupFile(file, entries) {
  const partial = `${file}.partial`;
  /** @type {Record<string, number>} */
  const rows = {};
  async function* lines() {
    const hash = createHash('sha256');
    let table = '';
    for await (const entry of entries) {
      if (Array.isArray(entry)) rows[table] = (rows[table] ?? 0) + 1;
      else if ('table' in entry) {
        table = entry.table;
        rows[table] = 0;
      }
      const line = `${JSON.stringify(entry)}\n`;
      hash.update(line);
      yield line;
    }
    yield `${JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })}\n`;
  }
  try {
    // A backup holds everything that learners entrusted to the site: nobody else may read it.
    await pipeline(lines, createGzip(), createWriteStream(partial, { mode: 0o600, flush: true }));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  renameSync(partial, file);
  return rows;
}

/**
 * Reads a backup from its beginning to its end; a file that is damaged, cut short or of another kind ends with a Problem.
 * The first reading proves that all of it is sound, before a second one changes anything.
 * @param {string} file
 * @param {{ onHeader?: (header: Header) => Promise<void> | void, onTable?: (name: string) => Promise<void>, onRow?: (row: Row) => Promise<void> | void }} visit
 * @returns {Promise<{ header: Header, rows: Record<string, number> }>}
 */
export async function readBackup(file, { onHeader, onTable, onRow } = {}) {
  const damaged = (/** @type {unknown} */ cause) =>
    new Problem(`The backup ${file} is damaged or incomplete: use another copy of it. Nothing was changed.`, { cause });
  const input = createReadStream(file);
  const unzipped = input.pipe(createGunzip());
  input.on('error', (error) => unzipped.destroy(error));
  /** @type {Header | undefined} */
  let header;
  /** @type {z.infer<typeof footerSchema> | undefined} */
  let footer;
  /** @type {Record<string, number>} */
  const rows = {};
  let table = '';
  const hash = createHash('sha256');
  try {
    for await (const line of linesOf(unzipped)) {
      if (footer) throw damaged('text after the end');
      const value = JSON.parse(line);
      if (!header) {
        header = parseHeader(value, file);
        await onHeader?.(header);
      } else if (Array.isArray(value)) {
        rows[table] = (rows[table] ?? 0) + 1;
        await onRow?.(value);
      } else if (typeof value.table === 'string') {
        table = value.table;
        rows[table] = 0;
        await onTable?.(table);
      } else {
        footer = footerSchema.parse(value);
        continue;
      }
      hash.update(`${line}\n`);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
    if (code === 'ENOENT') throw new Problem(`There is no file ${file}: give the path of a backup.`, { cause: error });
    if (code === 'EACCES')
      throw new Problem(
        `The file ${file} may not be read by this account: allow it, or run restore from the account that made the backup.`,
        { cause: error },
      );
    // zlib's words for a file that is no gzip at all.
    if (!header && (error instanceof SyntaxError || /incorrect header check/.test(String(error)))) throw notBackup(file, error);
    if (error instanceof SyntaxError || error instanceof z.ZodError || code.startsWith('Z_') || code.startsWith('ERR_'))
      throw damaged(error);
    throw error;
  } finally {
    input.destroy();
  }
  if (!header || !footer || footer.sha256 !== hash.digest('hex')) throw damaged('checksum');
  for (const { name } of header.tables) if ((rows[name] ?? -1) !== footer.rows[name]) throw damaged(`rows of ${name}`);
  return { header, rows };
}

/** @param {import('node:stream').Readable} stream */
async function* linesOf(stream) {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

/** @param {string} file @param {unknown} cause */
function notBackup(file, cause) {
  return new Problem(`${file} is no backup of Coldstart: give a file that npm run backup wrote.`, { cause });
}

/** @param {unknown} value @param {string} file */
function parseHeader(value, file) {
  const parsed = headerSchema.safeParse(value);
  if (!parsed.success) throw notBackup(file, parsed.error);
  if (parsed.data.format !== formatVersion) {
    throw new Problem(
      `The backup ${file} has format ${parsed.data.format} and this version of Coldstart reads ${formatVersion}: restore it with the version that wrote it.`,
    );
  }
  return parsed.data;
}
