// The server process: started as our child, found again after a crash, stopped so that its data is at rest.
// postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, readSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnOptions } from './account.mjs';
import { programPath } from './binaries.mjs';
import { explainServerText } from './explain.mjs';
import { Problem } from './problem.mjs';

const pollMs = 10;
const stopMaxMs = 20_000;
const logBytesMax = 8 * 1024 * 1024;
/** After a SIGKILL the server's children need a moment to see that their parent is gone; until then PostgreSQL refuses to start. */
const lingeringMaxMs = 10_000;

/**
 * @param {string} data
 * @returns {{ pid: number, status: string } | null}
 */
export function readPidFile(data) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : null;
  } catch {
    return null;
  }
}

/**
 * Whether a process is a PostgreSQL server on this data folder; after a restart of the machine its number may be another program's.
 * @param {number} pid
 * @param {string} data
 */
function isServerOf(pid, data) {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === 'linux') return realpathSync(readlinkSync(`/proc/${pid}/cwd`)) === realpathSync(data);
  } catch {
    // Not ours to look at, or gone meanwhile.
  }
  if (process.platform === 'win32')
    return spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8' }).stdout?.includes('postgres') ?? false;
  const command = spawnSync('ps', ['-ww', '-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout ?? '';
  return command.includes('postgres') && command.includes(data);
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return !isZombie(pid);
}

/**
 * An ended process whose parent has not asked for its exit code; an orphan may stay so for long where process 1 of a container is no real init.
 * @param {number} pid
 */
function isZombie(pid) {
  if (process.platform !== 'linux') return false;
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/, ''));
  } catch {
    return false;
  }
}

/**
 * Stops the server that a killed starter left behind, so that its data has one owner again.
 * @param {string} data
 * @param {(sentence: string) => void} say
 */
export async function stopOrphan(data, say) {
  const left = readPidFile(data);
  if (left === null) return;
  if (isServerOf(left.pid, data)) {
    say(`A database server that an earlier start left running (process ${left.pid}) is stopped.`);
    await stopServer(left.pid);
  }
  // What is left names a process that is gone, or that is no database server: PostgreSQL itself would refuse to start because of it.
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

/**
 * Fast shutdown (sessions end, data is written), then immediate, then by force; the log of writes covers the last two.
 * @param {number} pid
 */
export async function stopServer(pid) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGQUIT', 'SIGKILL'])) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waitedMs = 0; waitedMs < stopMaxMs; waitedMs += pollMs) {
      if (!isAlive(pid)) return;
      await delay(pollMs);
    }
  }
}

/**
 * @param {{ data: string, binaries: import('./binaries.mjs').Binaries, account: import('./account.mjs').Account,
 *   settings: Record<string, string>, log: string, say: (sentence: string) => void }} server
 * @returns {Promise<import('node:child_process').ChildProcess>}
 */
export async function startServer(server) {
  const deadline = performance.now() + lingeringMaxMs;
  for (;;) {
    const started = await tryStart(server);
    if ('child' in started) return started.child;
    const lingers = /pre-existing shared memory block|lock file .* already exists|is already in use/i.test(started.output);
    if (!lingers || performance.now() > deadline) {
      throw new Problem(
        explainServerText(started.output, { what: 'The database cannot be started', folder: server.data, log: server.log }),
      );
    }
    await delay(100);
  }
}

/**
 * @param {Parameters<typeof startServer>[0]} server
 * @returns {Promise<{ child: import('node:child_process').ChildProcess } | { output: string }>}
 */
async function tryStart({ data, binaries, account, settings, log, say }) {
  if (existsSync(log) && statSync(log).size > logBytesMax) renameSync(log, `${log}.1`);
  const descriptor = openSync(log, 'a', 0o600);
  const logStart = statSync(log).size;
  const child = spawn(
    programPath(binaries, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...spawnOptions(account, data),
      stdio: ['ignore', descriptor, descriptor],
      // A group of its own: Ctrl-C in the terminal reaches the starter, which stops the site before the database.
      detached: true,
      windowsHide: true,
    },
  );
  closeSync(descriptor);
  /** @type {Error | undefined} */
  let failure;
  child.on('error', (error) => {
    failure = error;
  });
  let told = false;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    if (failure) return { output: failure.message };
    if (child.exitCode !== null || child.signalCode !== null) return { output: readFrom(log, logStart) };
    const file = readPidFile(data);
    if (file?.pid === child.pid && file?.status === 'ready') return { child };
    if (waitedMs > 5_000 && !told) {
      told = true;
      say('The database repairs itself after it was not stopped cleanly. This may take a minute.');
    }
    await delay(pollMs);
  }
}

/** @param {string} file @param {number} from */
function readFrom(file, from) {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  const bytes = readSync(descriptor, buffer, 0, buffer.length, from);
  closeSync(descriptor);
  return buffer.toString('utf8', 0, bytes);
}
