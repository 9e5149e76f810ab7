// A command on the site's database, for an operator: on the running site, or with the embedded database started for the moment.
import { mkdirSync } from 'node:fs';
import { dataHome } from '../../server/database/home.mjs';
import { withDatabase } from './database.mjs';
import { migrationsFolder, root, say } from './project.mjs';
import { explainSystemError } from './system-error.mjs';

/**
 * @template T
 * @param {string} command as the operator typed it, "npm run backup"
 * @param {(client: import('pg').Client) => Promise<T>} work
 * @param {{ migrate?: boolean }} [options] migrate: bring a database that is not running up to date first
 * @returns {Promise<T>}
 */
export async function onSiteDatabase(command, work, { migrate = true } = {}) {
  const home = dataHome(root);
  try {
    mkdirSync(home, { recursive: true });
    return await withDatabase(
      { home, project: root, migrationsFolder: migrate ? migrationsFolder : null, command, env: process.env, say },
      work,
    );
  } catch (error) {
    throw explainSystemError(error, root);
  }
}

/** @param {Record<string, number>} rows by table */
export function countOf(rows) {
  const count = Object.values(rows).reduce((sum, value) => sum + value, 0);
  return `${count} ${count === 1 ? 'row' : 'rows'} of ${Object.keys(rows).length} tables`;
}
