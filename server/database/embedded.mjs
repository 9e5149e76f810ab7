// The embedded database: a real PostgreSQL that belongs to the process that started it, on a private Unix socket without a TCP port.
// On Windows it listens on 127.0.0.1 with a random password instead.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { chooseAccount, giveTo, isReachable } from './account.mjs';
import { findBinaries, linkLibraries, reachableBinaries } from './binaries.mjs';
import { ensureDataFolder, ensurePassword, superuser } from './data-folder.mjs';
import { startServer, stopOrphan, stopServer } from './postmaster.mjs';
import { Problem } from './problem.mjs';
import { ensureSocketFolder } from './short-path.mjs';

/** @typedef {import('./address.mjs').Address} Address */
/**
 * `exited` settles when the server ends, asked or not; `detach` lets this process end before it.
 * @typedef {{ address: Address, pid: number, exited: Promise<void>, stop: () => Promise<void>, detach: () => void }} Embedded
 */

const databaseName = 'coldstart';
/** The port only names the socket file. */
const socketPort = 5432;

/** Small enough for a machine with 512 MB; durable: every commit is on the disk before it is acknowledged. */
const baseSettings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  // One machine without replicas.
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  unix_socket_permissions: '0700',
};

/**
 * The caller owns `home` (see owner.mjs). Ends with a Problem that says what to do when the server cannot run.
 * @param {{ home: string, project: string, settings?: Record<string, string>, say?: (sentence: string) => void }} request
 *   home: where the data lives; project: the folder whose owner runs the server when we are root
 * @returns {Promise<Embedded>}
 */
export async function startEmbedded({ home, project, settings = {}, say = () => undefined }) {
  const binaries = findBinaries();
  linkLibraries(binaries);
  mkdirSync(home, { recursive: true });
  const { serverFolder, account } = placeServer({ home, project, say });
  const data = join(serverFolder, 'data');
  await stopOrphan(data, say);

  const runnable = reachableBinaries(binaries, account, serverFolder, say);
  const onWindows = process.platform === 'win32';
  const password = onWindows ? ensurePassword(serverFolder) : undefined;
  ensureDataFolder(data, { binaries: runnable, account, passwordFile: password?.file });

  const socketFolder = onWindows ? '' : ensureSocketFolder(join(serverFolder, 'socket'), `.s.PGSQL.${socketPort}`, account);
  const port = onWindows ? await freePort() : socketPort;
  const child = await startServer({
    data,
    binaries: runnable,
    account,
    log: join(home, 'postgres.log'),
    say,
    settings: {
      ...baseSettings,
      listen_addresses: onWindows ? '127.0.0.1' : '',
      unix_socket_directories: socketFolder,
      port: String(port),
      ...settings,
    },
  });
  const pid = /** @type {number} */ (child.pid);
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('exit', () => resolve());
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) await stopServer(pid);
    await exited;
  };
  /** @type {Address} */
  const address = {
    host: onWindows ? '127.0.0.1' : socketFolder,
    port,
    user: superuser,
    database: databaseName,
    ...(password ? { password: password.password } : {}),
  };
  try {
    await ensureDatabase(address);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, pid, exited, stop, detach: () => child.unref() };
}

/**
 * Where the server's files are: in the home, or, when the account that must run it cannot reach that (a project under /root), in /var/lib.
 * The choice is written down, so that the data is found again whatever the rights are later.
 * @param {{ home: string, project: string, say: (sentence: string) => void }} request
 */
function placeServer({ home, project, say }) {
  const choice = join(home, 'postgres-folder');
  const inside = join(home, 'postgres');
  const chosen = existsSync(choice) ? readFileSync(choice, 'utf8').trim() : inside;
  let serverFolder = chosen;
  const account = chooseAccount({ project, data: join(chosen, 'data') });
  if (account) {
    // The home is ours: others may pass through it, but not list it. What is secret in it has its own rights.
    if (statSync(home).uid === process.getuid?.()) chmodSync(home, statSync(home).mode | 0o011);
    if (!isReachable(dirname(serverFolder), account)) {
      serverFolder = join('/var/lib/coldstart', createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 16));
      if (existsSync(join(inside, 'data'))) {
        throw new Problem(
          `The account that runs the database cannot reach ${inside} any more: let it pass (chmod o+x on the folders above it), and start again.`,
        );
      }
      say(`The database lives in ${serverFolder}, because the account that runs it cannot reach ${home}.`);
    }
  }
  mkdirSync(serverFolder, { recursive: true, mode: account && serverFolder !== inside ? 0o755 : 0o700 });
  if (account) {
    if (!isReachable(dirname(serverFolder), account)) {
      throw new Problem(
        `The account that runs the database cannot reach ${serverFolder}: set COLDSTART_DATA to a folder that every account may pass.`,
      );
    }
    if (statSync(serverFolder).uid !== account.uid) giveTo(serverFolder, account);
  }
  chmodSync(serverFolder, 0o700);
  if (serverFolder !== inside && serverFolder !== chosen) writeFileSync(choice, `${serverFolder}\n`);
  return { serverFolder, account };
}

/** @param {Address} address */
async function ensureDatabase(address) {
  try {
    const client = new pg.Client(address);
    await client.connect();
    await client.end();
    return;
  } catch (error) {
    // 3D000: there is no such database yet.
    if (/** @type {{ code?: string }} */ (error).code !== '3D000') throw error;
  }
  const client = new pg.Client({ ...address, database: 'postgres' });
  await client.connect();
  await client.query(`CREATE DATABASE ${databaseName}`);
  await client.end();
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
