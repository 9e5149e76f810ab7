// The port of the site: PORT or 3000, free before anything slow begins.
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../server/database/problem.mjs';

const defaultPort = 3000;
/** A site whose starter was killed ends by itself within this time. */
const lingeringMaxMs = 1_500;
const pollMs = 100;

/** @param {string | undefined} text the variable PORT */
export function parsePort(text) {
  if (text === undefined || text === '') return defaultPort;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Problem(`PORT is "${text}", which is no port: set it to a number from 1 to 65535, such as PORT=3000 npm start.`);
  return port;
}

/** @param {number} port @param {string} command for the sentence, "npm start" */
export async function ensurePortFree(port, command) {
  // A program may listen on one address only; the site listens on all.
  for (const host of ['::', '127.0.0.1']) {
    let code = await tryListen(port, host);
    for (let waitedMs = 0; code === 'EADDRINUSE' && waitedMs < lingeringMaxMs; waitedMs += pollMs) {
      await delay(pollMs);
      code = await tryListen(port, host);
    }
    if (code === 'EADDRINUSE')
      throw new Problem(
        `Port ${port} is used by another program: stop that one, or choose another port with PORT=${port === 65_535 ? 3000 : port + 1} ${command}.`,
      );
    if (code === 'EACCES')
      throw new Problem(`Port ${port} may not be used by this account: choose one above 1023 with PORT=${defaultPort} ${command}.`);
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | null>} the error's code; null when it is free or this machine has no such address
 */
function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? null));
    server.listen({ port, host }, () => server.close(() => resolve(null)));
  });
}
