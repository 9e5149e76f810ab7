// Under which account the embedded PostgreSQL runs. It refuses to run as root, so a starter with root's rights hands it to another one.
// https://www.postgresql.org/docs/18/postgres-user.html
import { chownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Problem } from './problem.mjs';

/** Null: the account that started us. @typedef {{ uid: number, gid: number } | null} Account */

/** `nobody` of every Linux. */
const nobody = 65_534;

/**
 * @param {{ project: string, data: string, uid?: number | undefined, platform?: string }} place
 *   project: the folder whose owner is asked first; data: the data folder, whose owner is kept once it exists; uid: who we are
 * @returns {Account}
 */
export function chooseAccount({ project, data, uid = process.getuid?.(), platform = process.platform }) {
  if (uid !== 0) return null;
  for (const path of [data, project]) {
    const owner = ownerOf(path);
    if (owner && owner.uid !== 0) return owner;
  }
  if (platform !== 'linux') throw new Problem('PostgreSQL refuses to run as root: start Coldstart from your own account, without sudo.');
  return { uid: nobody, gid: nobody };
}

/** @param {string} path */
function ownerOf(path) {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch {
    return null;
  }
}

/**
 * Whether the account may pass through every folder on the way to a path, and into it when it is a folder.
 * @param {string} path
 * @param {Account} account
 */
export function isReachable(path, account) {
  if (account === null) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0;
      if (((stat.mode >> shift) & 1) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Gives a folder with everything in it to the account. Symbolic links are not followed.
 * @param {string} folder
 * @param {Account} account
 */
export function giveTo(folder, account) {
  if (account === null) return;
  const { uid, gid } = account;
  const stat = lstatSync(folder);
  if (stat.isSymbolicLink()) return;
  if (stat.uid !== uid || stat.gid !== gid) chownSync(folder, uid, gid);
  if (stat.isDirectory()) for (const entry of readdirSync(folder)) giveTo(join(folder, entry), account);
}

/**
 * Options of child_process for a program of PostgreSQL.
 * The environment is ours alone: PGDATA, PGPORT or PGOPTIONS of the caller would reach the wrong server.
 * @param {Account} account
 * @param {string} cwd a folder that the account can reach
 */
export function spawnOptions(account, cwd) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP']) if (process.env[name]) kept[name] = process.env[name];
  const env = /** @type {NodeJS.ProcessEnv} */ (/** @type {unknown} */ ({ ...kept, LC_ALL: 'C', TZ: 'UTC' }));
  return { cwd, env, ...(account ? { uid: account.uid, gid: account.gid } : {}) };
}
