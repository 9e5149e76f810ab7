// The packages in node_modules agree with package-lock.json: checked by a stamp, or by npm's own record of what it installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../server/database/problem.mjs';
import { runNpm } from './child.mjs';
import { systemErrorSentence } from './system-error.mjs';

/** What node_modules, a build and a new database take together, rounded up. */
const freeBytesMin = 2_000_000_000;

/**
 * @param {string} root
 * @param {(sentence: string) => void} say
 */
export async function ensureInstalled(root, say) {
  const lockFile = join(root, 'package-lock.json');
  if (!existsSync(lockFile)) throw new Problem(`${lockFile} is missing: restore it from version control.`);
  const lock = readFileSync(lockFile, 'utf8');
  const stampFile = join(root, 'node_modules/.coldstart-stamp');
  const stamp = createHash('sha256').update(`${process.platform} ${process.arch}\n${lock}`).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!installedAsLocked(root, JSON.parse(lock))) {
    checkFreeSpace(root);
    rmSync(stampFile, { force: true });
    await install(root, say);
  }
  try {
    writeFileSync(stampFile, stamp);
  } catch (error) {
    // Packages that another account installed are as good; only the comparison is made again at the next start.
    if (!['EACCES', 'EPERM', 'EROFS'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) throw error;
  }
}

/**
 * Whether npm's record in node_modules names every package of the lock in its version. Packages for other platforms may be missing.
 * @param {string} root
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, peer?: boolean, link?: boolean }> }} lock
 */
export function installedAsLocked(root, lock) {
  /** @type {typeof lock} */
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'));
  } catch {
    return false;
  }
  return Object.entries(lock.packages ?? {}).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed.packages?.[path];
    return found ? found.version === version : optional === true;
  });
}

/** @param {string} root */
function checkFreeSpace(root) {
  const { bavail, bsize } = statfsSync(root);
  const sentence = freeSpaceProblem(bavail * bsize, root);
  if (sentence) throw new Problem(sentence);
}

/**
 * @param {number} freeBytes
 * @param {string} root
 */
export function freeSpaceProblem(freeBytes, root) {
  if (freeBytes >= freeBytesMin) return null;
  return `The disk of ${root} is nearly full (${Math.floor(freeBytes / 1e6)} MB free): free about ${freeBytesMin / 1e9} GB and start again.`;
}

/**
 * @param {string} root
 * @param {(sentence: string) => void} say
 */
async function install(root, say) {
  say('Installing the packages. The first time this takes one to three minutes.');
  // Building needs the development packages too, whatever NODE_ENV says.
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const clean = await npm(['ci', ...quiet], root);
  if (clean.code === 0) return;
  if (!/EUSAGE|in sync/.test(clean.output)) throw new Problem(explainNpm(clean.output, root));
  say('npm ci does not accept the lock file on this platform: installing its versions with npm install, without changing it.');
  const loose = await npm(['install', '--no-save', ...quiet], root);
  if (loose.code !== 0) throw new Problem(explainNpm(loose.output, root));
}

/** @param {string[]} args @param {string} root */
async function npm(args, root) {
  try {
    return await runNpm(args, { cwd: root });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    throw new Problem('npm was not found: install Node.js from https://nodejs.org (npm comes with it) and start again.', { cause: error });
  }
}

/**
 * @param {string} output
 * @param {string} root
 */
export function explainNpm(output, root) {
  const code = /npm error code (\w+)/.exec(output)?.[1] ?? '';
  const path = /npm error path (.+)/.exec(output)?.[1] ?? root;
  const system = systemErrorSentence(code, path, root);
  if (system) return system;
  if (/^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|ENETUNREACH)$/.test(code)) {
    return `The packages cannot be installed, the package registry cannot be reached (${code}): check the network and npm's proxy settings, and start again.`;
  }
  if (code === 'EINTEGRITY') return 'A downloaded package does not match the lock file: run npm cache verify and start again.';
  if (/^E(401|403)$/.test(code))
    return `The package registry refuses access (${code.slice(1)}): check the registry and the login in your npm settings, and start again.`;
  const reason = /npm error (?!code|path|errno|syscall|A complete log)(.+)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? '';
  return `The packages cannot be installed (${reason.trim() || 'npm gave no reason'}): run npm ci by hand to see the whole story.`;
}
