// The migrations as files: prisma/migrations/<14 digits>_<name>/migration.sql, applied in the order of their names.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';

/** @typedef {{ name: string, sql: string, checksum: string }} Migration */

const migrationNamePattern = /^\d{14}_[a-z0-9_]+$/;

/**
 * @param {string} folder
 * @returns {Migration[]}
 */
export function readMigrations(folder) {
  if (!existsSync(folder)) throw new Problem(`The folder of migrations ${folder} is missing: restore it from version control.`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readMigration(folder, name));
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Migration}
 */
function readMigration(folder, name) {
  if (!migrationNamePattern.test(name)) {
    throw new Problem(
      `The migration folder ${name} needs a name such as 20261123164428_add_grades: rename it, or remove it if it is not a migration.`,
    );
  }
  const file = join(folder, name, 'migration.sql');
  if (!existsSync(file))
    throw new Problem(`The migration ${name} has no migration.sql: restore the file, or remove the folder if it was never applied.`);
  // Line ends differ between checkouts, the migration does not: the checksum is over the text with \n.
  const sql = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  if (sql.replace(/--.*$/gm, '').trim() === '') throw new Problem(`The migration ${name} is empty: write its SQL, or remove the folder.`);
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
