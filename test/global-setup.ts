// One PostgreSQL for a run of the tests. It starts with the first test that asks for a database (test/database.ts) and ends with the run.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive, readPidFile, stopServer } from '../server/database/postmaster.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run's database server. */
    testDatabaseFolder: string;
  }
}

const prefix = 'coldstart-test-';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // The account that runs the server must be able to pass, when we are root.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'runner'), String(process.pid));
  project.provide('testDatabaseFolder', folder);
  return () => removeFolder(folder);
}

/** What a run that was killed left behind: its server and its files. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    try {
      if (!isAlive(Number(readFileSync(join(folder, 'runner'), 'utf8')))) await removeFolder(folder);
    } catch {
      // Another account's run, or one that is just beginning.
    }
  }
}

async function removeFolder(folder: string): Promise<void> {
  const server = readPidFile(join(folder, 'home/postgres/data'));
  if (server && isAlive(server.pid)) await stopServer(server.pid);
  rmSync(folder, { recursive: true, force: true });
}
