// Commands of the project as an operator runs them: a process of its own, what it printed, how it ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

export interface Run {
  child: ChildProcess;
  output: () => string;
}

export function run(root: string, args: string[], { env = {}, uid }: { env?: Record<string, string>; uid?: number } = {}): Run {
  const child = spawn(process.execPath, args, {
    cwd: root,
    // Nothing of the run of these tests, and no npm: the packages are linked, installing would change those of this project.
    env: { PATH: process.env.PATH ?? '', HOME: root, NODE_ENV: 'production', npm_execpath: '/nowhere/npm-cli.js', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, output: () => output };
}

export async function ended({ child }: Run): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
}

export function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

export async function freePort(): Promise<number> {
  const server = await listen(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
