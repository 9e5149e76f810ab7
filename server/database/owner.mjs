// One command owns a data home at a time. A claim is a listening socket: the system takes it away with its process, however that ends.
// Each claim has a file of its own, so that removing a dead one can never remove a live one; simultaneous claims are ordered by name.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureSocketFolder } from './short-path.mjs';

/** What an owner tells others. @typedef {{ pid: number, what: string, address?: string }} Owner */
/** @typedef {Owner & { state: 'claiming' | 'owning' }} Claimant */
/** @typedef {{ release: () => void, announce: (address: string) => void }} Ownership */

const answerMaxMs = 2_000;
const pollMs = 10;
/** Somebody holds a claim, but is too busy, stopped, or of another account. @type {Claimant} */
const silent = { pid: 0, what: 'another command', state: 'owning' };

/**
 * Takes the home, or tells who has it.
 * @param {string} home
 * @param {string} what the command that owns it, "npm start"
 * @returns {Promise<Ownership | { owner: Owner }>}
 */
export async function takeOwnership(home, what) {
  /** @type {Claimant} */
  const self = { pid: process.pid, what, state: 'claiming' };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(JSON.stringify(self));
  });
  server.unref();
  const path = await listen(server, home);
  if (path === null) return { owner: (await currentOwner(home)) ?? silent };
  const release = () => {
    server.close();
    if (process.platform !== 'win32') rmSync(path, { force: true });
  };
  for (;;) {
    const others = (await claimants(home)).filter((other) => other.path !== path);
    const owner = others.find(({ state }) => state === 'owning');
    if (owner) {
      release();
      return { owner: publicPart(owner) };
    }
    // Of several that claim at once, one gives up when it sees an earlier name, and waits when it sees later ones: those give up,
    // or had looked before this claim existed and own the home in a moment.
    if (others.some((other) => basename(other.path) < basename(path))) {
      release();
      return { owner: await nextOwner(home) };
    }
    if (others.length === 0) break;
    await delay(pollMs);
  }
  self.state = 'owning';
  return {
    release,
    announce: (address) => {
      self.address = address;
    },
  };
}

/**
 * The command that owns the home now, if one does.
 * @param {string} home
 * @returns {Promise<Owner | null>}
 */
export async function currentOwner(home) {
  const owner = (await claimants(home)).find(({ state }) => state === 'owning');
  return owner ? publicPart(owner) : null;
}

/** @param {string} home */
async function nextOwner(home) {
  for (let waitedMs = 0; waitedMs < answerMaxMs; waitedMs += pollMs) {
    const owner = await currentOwner(home);
    if (owner) return owner;
    await delay(pollMs);
  }
  return publicPart(silent);
}

/** @param {Claimant} claimant @returns {Owner} */
function publicPart({ pid, what, address }) {
  return address ? { pid, what, address } : { pid, what };
}

/** @param {string} home */
function socketFolder(home) {
  return ensureSocketFolder(join(home, 'run'), 'claim-0123456789abcdef.partial', null);
}

/** @param {string} home */
function pipePath(home) {
  return `\\\\.\\pipe\\coldstart-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
}

/**
 * @param {import('node:net').Server} server
 * @param {string} home
 * @returns {Promise<string | null>} the claim's path; null when a pipe of Windows, which has one owner by itself, is taken
 */
async function listen(server, home) {
  const path = process.platform === 'win32' ? pipePath(home) : join(socketFolder(home), `claim-${randomBytes(8).toString('hex')}.sock`);
  // Seen by others only when it listens: until then it would look dead.
  const bound = process.platform === 'win32' ? path : path.replace('.sock', '.partial');
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(bound, () => resolve(undefined));
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE' && process.platform === 'win32') return null;
    throw error;
  }
  if (bound !== path) renameSync(bound, path);
  return path;
}

/**
 * Everybody who claims the home. Files of dead ones are removed.
 * @param {string} home
 * @returns {Promise<(Claimant & { path: string })[]>}
 */
async function claimants(home) {
  if (process.platform === 'win32') {
    const answer = await ask(pipePath(home));
    return answer ? [{ ...answer, path: pipePath(home) }] : [];
  }
  const folder = socketFolder(home);
  const found = [];
  for (const name of readdirSync(folder).filter((entry) => /^claim-[0-9a-f]{16}\.sock$/.test(entry))) {
    const path = join(folder, name);
    const answer = await ask(path);
    if (answer) found.push({ ...answer, path });
    else rmSync(path, { force: true });
  }
  return found;
}

/**
 * @param {string} path
 * @returns {Promise<Claimant | null>} null when nobody listens
 */
function ask(path) {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(path);
    socket.setTimeout(answerMaxMs, () => {
      socket.destroy();
      resolve(silent);
    });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (error) => {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      resolve(code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' ? null : silent);
    });
    socket.on('end', () => {
      socket.destroy();
      try {
        resolve(JSON.parse(text));
      } catch {
        resolve(silent);
      }
    });
  });
}
