// From whatever state the folder is in to a site that answers, and back to rest when told to stop.
// Imported before the packages are installed: Node's own modules only.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dataHome } from '../../server/database/home.mjs';
import { takeOwnership } from '../../server/database/owner.mjs';
import { Problem } from '../../server/database/problem.mjs';
import { stopRunning } from './child.mjs';
import { ensureInstalled } from './install.mjs';
import { ensurePortFree, parsePort } from './port.mjs';
import { root, say, workFolder } from './project.mjs';
import { explainSystemError } from './system-error.mjs';

/** What bringing up has to undo at the end, last first. @typedef {(() => void | Promise<void>)[]} Undo */
/** Ends the work between two steps when somebody asked to stop. @typedef {() => void} Checkpoint */

const parentPollMs = 250;

class Stopped extends Error {}

/** @param {{ mode: 'start' | 'dev', command: string }} request */
export async function runSite(request) {
  /** @type {Undo} */
  const undo = [];
  let stopping = false;
  let exitCode = 0;
  /** @type {() => void} */
  let wake = () => undefined;
  /** @type {Promise<void>} */
  const stopped = new Promise((resolve) => {
    wake = resolve;
  });
  /** @param {number} code */
  const stop = (code) => {
    if (stopping) return;
    stopping = true;
    exitCode = code;
    stopRunning();
    wake();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop(0));
  if (process.env.npm_lifecycle_event) followNpm(() => stop(0));
  const checkpoint = () => {
    if (stopping) throw new Stopped();
  };
  try {
    await bringUp({ ...request, undo, checkpoint, stop });
    await stopped;
  } catch (error) {
    if (!stopping) {
      const known = explainSystemError(error, root);
      console.error(known instanceof Problem ? known.message : known);
      exitCode = 1;
    }
  }
  for (const step of undo.reverse()) await step();
  process.exit(exitCode);
}

/**
 * npm runs a script through a shell, and a SIGTERM to npm ends npm and the shell but not the script.
 * @param {() => void} onGone
 */
function followNpm(onGone) {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) onGone();
  }, parentPollMs).unref();
}

/**
 * @param {{ mode: 'start' | 'dev', command: string, undo: Undo, checkpoint: Checkpoint, stop: (code: number) => void }} run
 */
async function bringUp({ mode, command, undo, checkpoint, stop }) {
  const port = parsePort(process.env.PORT);
  accessSync(root, constants.W_OK);
  mkdirSync(workFolder, { recursive: true });
  const home = dataHome(root);
  mkdirSync(home, { recursive: true });
  accessSync(home, constants.W_OK);

  const claim = await takeOwnership(home, command);
  if ('owner' in claim) {
    const { address, what, pid } = claim.owner;
    throw new Problem(
      address
        ? `The site already runs at ${address} (${what}, process ${pid}): open it there, or stop that one first.`
        : `Another command (${what}, process ${pid}) is using the data in ${home}: wait until it has ended, or stop it.`,
    );
  }
  undo.push(claim.release);
  await ensurePortFree(port, command);
  checkpoint();
  await ensureInstalled(root, say);
  checkpoint();
  // From here on packages may be imported.
  const { serve } = await import('./serve.mjs');
  await serve({ mode, port, home, undo, checkpoint, stop, announce: claim.announce });
}
