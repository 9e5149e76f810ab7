// Runs a program to its end and keeps what it printed. Programs that run when we are told to stop are stopped with us.
import { spawn } from 'node:child_process';

const outputBytesMax = 1024 * 1024;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, show?: boolean, shell?: boolean }} options show: print its output as it comes
 * @returns {Promise<{ code: number, output: string }>} code 1 when a signal ended it; output: both streams, the last part of it
 */
export function run(file, args, { cwd, env = process.env, show = false, shell = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    running.add(child);
    let output = '';
    for (const [stream, shown] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-outputBytesMax);
        if (show) shown.write(text);
      });
    }
    child.on('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * A script of a package, by the Node.js that runs us.
 * @param {string} script
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, show?: boolean }} options
 */
export function runNode(script, args, options) {
  return run(process.execPath, [script, ...args], options);
}

/**
 * npm as it was found when it started us, else the one on the PATH.
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, show?: boolean }} options
 */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return runNode(cli, args, options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' });
}

export function stopRunning() {
  for (const child of running) child.kill('SIGTERM');
}
