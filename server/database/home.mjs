// The site's own data (database, secret, backups): one folder, so that it can be kept apart from the code.
import { resolve } from 'node:path';

/**
 * COLDSTART_DATA, or .coldstart in the project.
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 */
export function dataHome(root, env = process.env) {
  return resolve(root, env.COLDSTART_DATA ?? '.coldstart');
}
