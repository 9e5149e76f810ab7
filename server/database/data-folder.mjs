// The embedded database's files: made by initdb beside their place and moved there complete, so that a crash leaves no half of them.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { giveTo, spawnOptions } from './account.mjs';
import { programPath } from './binaries.mjs';
import { explainServerText } from './explain.mjs';
import { Problem } from './problem.mjs';

export const superuser = 'coldstart';
const makingPrefix = 'data-being-made-';

/**
 * What a killed start left behind. Its initdb may live on for a moment and write into the folder while it is removed.
 * @param {string} folder
 */
function removeHalfMade(folder) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let triesLeft = 100; ; triesLeft--) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOTEMPTY' || triesLeft === 0) throw error;
      Atomics.wait(pause, 0, 0, 100);
    }
  }
}

/**
 * @param {string} data
 * @param {{ binaries: import('./binaries.mjs').Binaries, account: import('./account.mjs').Account, passwordFile?: string | undefined }} server
 */
export function ensureDataFolder(data, { binaries, account, passwordFile }) {
  const parent = dirname(data);
  for (const name of readdirSync(parent)) if (name.startsWith(makingPrefix)) removeHalfMade(join(parent, name));
  if (existsSync(data) && readdirSync(data).length === 0) rmSync(data, { recursive: true });
  if (existsSync(data)) {
    checkDataFolder(data, { binaries, account });
    return;
  }
  const making = join(parent, `${makingPrefix}${randomBytes(6).toString('hex')}`);
  mkdirSync(making, { mode: 0o700 });
  giveTo(making, account);
  const result = spawnSync(
    programPath(binaries, 'initdb'),
    [
      ...['--pgdata', making, '--username', superuser, '--encoding', 'UTF8', '--no-instructions'],
      // The locale of PostgreSQL itself sorts the same on every machine and never changes with the operating system.
      ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...(passwordFile ? ['--auth', 'scram-sha-256', '--pwfile', passwordFile] : ['--auth', 'trust']),
    ],
    { ...spawnOptions(account, parent), encoding: 'utf8' },
  );
  if (result.error || result.status !== 0) {
    rmSync(making, { recursive: true, force: true });
    throw new Problem(
      explainServerText(`${result.error?.message ?? ''}\n${result.stderr ?? ''}`, {
        what: 'The database cannot be created',
        folder: parent,
      }),
      {
        cause: result.error,
      },
    );
  }
  renameSync(making, data);
  syncFolder(parent);
}

/**
 * @param {string} data
 * @param {{ binaries: import('./binaries.mjs').Binaries, account: import('./account.mjs').Account }} server
 */
function checkDataFolder(data, { binaries, account }) {
  const stat = statSync(data);
  const self = process.getuid?.();
  if (account) giveTo(data, account);
  else if (self !== undefined && stat.uid !== self) {
    throw new Problem(
      `The database in ${data} belongs to another account: start Coldstart from that account, or give the folder to yours with chown -R.`,
    );
  }
  if (process.platform !== 'win32') chmodSync(data, 0o700);
  const versionFile = join(data, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    throw new Problem(`The folder ${data} holds something that is not a complete database: move it away, and npm start makes a new one.`);
  }
  const major = Number(readFileSync(versionFile, 'utf8').trim());
  if (major > binaries.major) {
    throw new Problem(
      `The database in ${data} was written by PostgreSQL ${major} and this version of Coldstart brings ${binaries.major}: use the newer Coldstart that wrote it, or move the folder away and restore a backup.`,
    );
  }
  if (major < binaries.major) {
    throw new Problem(
      `The database in ${data} was written by PostgreSQL ${major} and this version of Coldstart brings ${binaries.major}: run npm run backup with the Coldstart that wrote it, move the folder away, then npm start and npm run restore here.`,
    );
  }
}

/**
 * Makes a rename in a folder durable. Windows has no such call and needs none.
 * @param {string} folder
 */
function syncFolder(folder) {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/**
 * The superuser's password where the server listens on TCP (Windows), made once.
 * @param {string} serverFolder
 */
export function ensurePassword(serverFolder) {
  const file = join(serverFolder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return { file, password: readFileSync(file, 'utf8') };
}
