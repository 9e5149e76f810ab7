// Folders for Unix sockets. The path of a socket may have 107 bytes at most (103 on macOS), a project folder may be deeper.
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from './problem.mjs';

const socketPathBytesMax = 103;

/**
 * A private folder for a socket: the wanted one, or one under /tmp that is derived from it when the path would be too long.
 * @param {string} wanted
 * @param {string} socketName
 * @param {import('./account.mjs').Account} account who will create the socket
 */
export function ensureSocketFolder(wanted, socketName, account) {
  const fits = Buffer.byteLength(join(wanted, socketName)) <= socketPathBytesMax;
  const folder = fits ? wanted : join('/tmp', `coldstart-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`);
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  // /tmp is open to all: a folder of this name that a stranger made could show a false database.
  const trusted = [process.getuid?.() ?? 0, account?.uid, statSync(dirname(wanted)).uid];
  if (!stat.isDirectory() || !trusted.includes(stat.uid)) {
    throw new Problem(`${folder} belongs to another account: remove it, and start again.`);
  }
  if (account && stat.uid !== account.uid) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  return folder;
}
