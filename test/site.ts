// The whole site as an operator starts it, for end-to-end tests: `npm start` on a fresh data folder and a free port.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const startMaxMs = 240_000;

export interface Site {
  url: string;
  /** The data folder: give it to the next `startSite` to find everything again. */
  data: string;
  /** Stops as Ctrl-C does. */
  stop(): Promise<void>;
  /** Kills the starter as a power cut would; the site and the database find out by themselves. */
  kill(): Promise<void>;
}

export async function startSite({
  data = createDataFolder(),
  env = {},
}: {
  data?: string;
  env?: Record<string, string>;
} = {}): Promise<Site> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(project, 'scripts/start.mjs')], {
    cwd: project,
    // Vitest has a BASE_URL of its own, which is not the site's.
    env: { ...process.env, BASE_URL: undefined, NODE_ENV: 'production', ...env, PORT: String(port), COLDSTART_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = `http://localhost:${port}`;
  await answering(child, url);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return { url, data, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

export function createDataFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'coldstart-site-'));
  // The account that runs the database must be able to pass, when we are root.
  chmodSync(data, 0o755);
  return data;
}

export function removeDataFolder(data: string): void {
  rmSync(data, { recursive: true, force: true });
}

/** Resolves when the starter prints the address; ends with everything that it printed when it does not. */
function answering(child: ChildProcess, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`The site did not start within ${startMaxMs / 1000} s.\n${output}`));
    }, startMaxMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (!output.includes(`Coldstart runs at ${url}`)) return;
        clearTimeout(timer);
        resolve();
      });
    }
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The starter ended with code ${code}.\n${output}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.'))));
    });
  });
}
