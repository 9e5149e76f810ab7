// What a backup holds, read from PostgreSQL's catalog: every table of the schema public with its columns, foreign keys and sequences.
// The migrations' own table goes into the manifest; the queue's schema (pgboss) is left out, its jobs follow from the submissions.
import pg from 'pg';

/** @typedef {{ name: string, columns: { name: string, type: string }[] }} Table */
/** @typedef {{ table: string, name: string, definition: string }} ForeignKey */

export const quote = pg.escapeIdentifier;
/** @param {string} name */
export const inPublic = (name) => `public.${quote(name)}`;

/**
 * @param {import('pg').Client} client
 * @returns {Promise<Table[]>} by name
 */
export async function readTables(client) {
  const { rows } = await client.query(`
    SELECT c.relname AS "name",
      -- Generated columns follow from the others and cannot be written.
      coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
        FILTER (WHERE a.attnum IS NOT NULL AND a.attgenerated = ''), '[]') AS "columns"
    FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
    GROUP BY c.relname ORDER BY c.relname`);
  return rows;
}

/**
 * @param {import('pg').Client} client
 * @returns {Promise<ForeignKey[]>}
 */
export async function readForeignKeys(client) {
  const { rows } = await client.query(`
    SELECT c.relname AS "table", k.conname AS "name", pg_get_constraintdef(k.oid) AS "definition"
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY c.relname, k.conname`);
  return rows;
}

/**
 * @param {import('pg').Client} client
 * @returns {Promise<{ name: string, last: string, called: boolean }[]>} last: a bigint as text
 */
export async function readSequences(client) {
  const { rows } = await client.query(
    `SELECT relname AS "name" FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname`,
  );
  const sequences = [];
  for (const { name } of rows) {
    const { rows: values } = await client.query(`SELECT last_value::text AS "last", is_called AS "called" FROM ${inPublic(name)}`);
    sequences.push({ name, ...values[0] });
  }
  return sequences;
}
