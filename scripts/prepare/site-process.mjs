// The site as a child: Next started, awaited until it answers, stopped before its database.
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../server/database/problem.mjs';

const pollMs = 30;
const answerMaxMs = 60_000;
const stopMaxMs = 8_000;

/**
 * @param {{ root: string, mode: 'start' | 'dev', port: number, env: NodeJS.ProcessEnv }} request
 * @returns {Promise<{ exited: Promise<number>, stop: () => Promise<void> }>} exited: the exit code
 */
export async function startSite({ root, mode, port, env }) {
  const next = createRequire(join(root, 'package.json')).resolve('next/dist/bin/next');
  const follow = new URL('follow-parent.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', follow, next, mode, '--port', String(port)], {
    cwd: root,
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  let answered = false;
  let early = '';
  for (const [stream, shown] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    stream?.setEncoding('utf8').on('data', (text) => {
      // Next's own greeting names addresses before they answer; it is shown only if the site does not come up.
      if (answered) shown.write(text);
      else early += text;
    });
  }
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    // Learners who wait for a verdict hold their connections open.
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMaxMs);
    await exited;
    clearTimeout(timer);
  };
  const deadline = performance.now() + answerMaxMs;
  while (!(await answers(port))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Problem(`${early.trim()}\nThe site ended while it started: correct what is said above, and start again.`);
    if (performance.now() > deadline) {
      await stop();
      throw new Problem(
        `${early.trim()}\nThe site did not answer on port ${port} within ${answerMaxMs / 1000} s: see what is said above, and start again.`,
      );
    }
    await delay(pollMs);
  }
  answered = true;
  return { exited, stop };
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/', timeout: answerMaxMs }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
