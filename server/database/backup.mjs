// A consistent copy of everything, taken while the site runs: one read-only snapshot, so that no writer waits and no row is half new.
// https://www.postgresql.org/docs/18/transaction-iso.html#XACT-REPEATABLE-READ
import { formatVersion, writeBackupFile } from './backup-file.mjs';
import { recordedMigrations } from './migrate.mjs';
import { Problem } from './problem.mjs';
import { inPublic, quote, readSequences, readTables } from './tables.mjs';

/** Rows are fetched in portions; the largest row (a submission's files) has about half a megabyte. */
const rowsPerFetch = 50;

/**
 * @param {import('pg').Client} client a connection of its own
 * @param {string} file
 * @param {Date} now
 * @returns {Promise<Record<string, number>>} rows by table
 */
export async function writeBackup(client, file, now) {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await writeBackupFile(file, entriesOf(client, now));
  } finally {
    // It only read; the end of a snapshot is the same either way.
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

/**
 * @param {import('pg').Client} client
 * @param {Date} now
 */
async function* entriesOf(client, now) {
  const migrations = (await recordedMigrations(client)).filter(({ finished, rolledBack }) => finished && !rolledBack);
  if (migrations.length === 0)
    throw new Problem('The database is empty, there is nothing to back up: run npm start first, or check DATABASE_URL.');
  const tables = await readTables(client);
  // A sequence is not part of a snapshot: read after the snapshot was taken, it is never behind the rows.
  const sequences = await readSequences(client);
  yield {
    coldstart: /** @type {const} */ ('backup'),
    format: formatVersion,
    createdAt: now.toISOString(),
    migrations: migrations.map(({ name, checksum }) => ({ name, checksum })),
    tables,
    sequences,
  };
  for (const table of tables) {
    yield { table: table.name };
    yield* rowsOf(client, table);
  }
}

/**
 * @param {import('pg').Client} client
 * @param {import('./tables.mjs').Table} table
 * @returns {AsyncGenerator<import('./backup-file.mjs').Row>}
 */
async function* rowsOf(client, { name, columns }) {
  // As text, because PostgreSQL's own spelling of a value is the only one that loses nothing (bigint, bytea, json null, infinity).
  const values = columns.map((column) => `${quote(column.name)}::text`).join(', ');
  await client.query(`DECLARE backup_rows NO SCROLL CURSOR FOR SELECT ${values} FROM ${inPublic(name)}`);
  for (;;) {
    const { rows } = await client.query({ text: `FETCH ${rowsPerFetch} FROM backup_rows`, rowMode: 'array' });
    yield* rows;
    if (rows.length < rowsPerFetch) break;
  }
  await client.query('CLOSE backup_rows');
}
