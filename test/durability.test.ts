// Nothing that was acknowledged is lost when everything is killed at once: the process that saves and the whole database server.
// A writer does what saving a draft does (one transaction: read the revision, write the files and the next revision) and says so afterwards.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { connect } from '../server/database/address.mjs';
import { startEmbedded } from '../server/database/embedded.mjs';
import { readPidFile, stopServer } from '../server/database/postmaster.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'durability-'));
const rounds = 20;
const learners = 4;

afterAll(async () => {
  const left = readPidFile(join(home, 'postgres/data'));
  if (left) await stopServer(left.pid);
  rmSync(home, { recursive: true, force: true });
});

const module = (name: string) => JSON.stringify(new URL(`../server/database/${name}.mjs`, import.meta.url).href);

const writer = `
  const { startEmbedded } = await import(${module('embedded')});
  const { connect } = await import(${module('address')});
  const server = await startEmbedded({ home: ${JSON.stringify(home)}, project: ${JSON.stringify(project)} });
  const setup = await connect(server.address);
  await setup.query('CREATE TABLE IF NOT EXISTS draft (learner int PRIMARY KEY, files jsonb NOT NULL, revision int NOT NULL)');
  await setup.end();
  const files = (revision) => JSON.stringify({ 'src/charge.mjs': 'export const revision = ' + revision + ';' + ' '.repeat(2000) });
  for (let learner = 0; learner < ${learners}; learner += 1) {
    (async () => {
      const client = await connect(server.address);
      for (;;) {
        await client.query('BEGIN');
        const { rows } = await client.query('SELECT revision FROM draft WHERE learner = $1 FOR UPDATE', [learner]);
        const revision = (rows[0]?.revision ?? 0) + 1;
        await client.query('INSERT INTO draft VALUES ($1, $2, $3) ON CONFLICT (learner) DO UPDATE SET files = excluded.files, revision = excluded.revision', [learner, files(revision), revision]);
        await client.query('COMMIT');
        process.stdout.write(learner + ' ' + revision + '\\n');
      }
    })();
  }`;

/** Every process of the server: the postmaster and its children, which are in sessions of their own. */
function serverProcesses(postmaster: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return [postmaster, ...pairs.filter(([, parent]) => parent === postmaster).map(([pid]) => pid ?? 0)];
}

it.skipIf(process.platform === 'win32')(
  `keeps every acknowledged save through ${rounds} kills of everything`,
  async () => {
    const acknowledged = new Map<number, number>();
    for (let round = 0; round < rounds; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer], { stdio: ['ignore', 'pipe', 'ignore'] });
      const lines = createInterface({ input: child.stdout });
      const before = new Map(acknowledged);
      let saves = 0;
      // A different moment each round: after the first save of the round, and up to 60 more.
      const enough = new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          const [learner = 0, revision = 0] = line.split(' ').map(Number);
          expect(revision).toBeGreaterThan(before.get(learner) ?? 0);
          acknowledged.set(learner, revision);
          saves += 1;
          if (saves > (round * 7) % 61) resolve();
        });
      });
      await Promise.race([
        enough,
        once(child, 'exit').then(() => Promise.reject(new Error(`The writer ended by itself in round ${round}.`))),
      ]);
      const server = readPidFile(join(home, 'postgres/data'));
      if (!server) throw new Error(`The server of round ${round} has no process file.`);
      for (const pid of [...serverProcesses(server.pid), child.pid ?? 0]) kill(pid);
      await Promise.all([once(lines, 'close'), child.exitCode === null && child.signalCode === null ? once(child, 'exit') : delay(0)]);
      const found = await revisions();
      for (const [learner, revision] of acknowledged)
        expect(found.get(learner), `learner ${learner} in round ${round}`).toBeGreaterThanOrEqual(revision);
    }
    expect([...acknowledged.keys()].sort()).toEqual(Array.from({ length: learners }, (_, learner) => learner));
    expect(readdirSync(join(home, 'postgres')).sort()).toEqual(['data', 'socket']);
    expect(readFileSync(join(home, 'postgres.log'), 'utf8')).toContain('automatic recovery in progress');
  },
  400_000,
);

function kill(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with its parent.
  }
}

/** What the database has after its recovery: each revision, whose text must be its own. */
async function revisions(): Promise<Map<number, number>> {
  const server = await startEmbedded({ home, project });
  const client = await connect(server.address);
  const { rows } = await client.query<{ learner: number; revision: number; text: string }>(
    `SELECT learner, revision, files->>'src/charge.mjs' AS text FROM draft`,
  );
  await client.end();
  await server.stop();
  for (const { revision, text } of rows) expect(text.trim()).toBe(`export const revision = ${revision};`);
  return new Map(rows.map(({ learner, revision }) => [learner, revision]));
}
