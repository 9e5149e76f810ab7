// A PostgreSQL database for a test file: its own, with all migrations applied, on the one server of the run.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { type Address, connect, urlOfAddress } from '../server/database/address.mjs';
import { startEmbedded } from '../server/database/embedded.mjs';
import { applyMigrations } from '../server/database/migrate.mjs';
import { readMigrations } from '../server/database/migration-folder.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const template = 'template_migrated';
const startMaxMs = 60_000;

/** Nobody misses this data after a crash; many test files connect at once. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

export interface TestDatabase {
  /** For `readConnection`-like code and child processes: DATABASE_URL. */
  url: string;
  /** For node-postgres and PrismaPg. */
  address: Address;
  drop(): Promise<void>;
}

/** @param options.migrated false: an empty database */
export async function createTestDatabase({ migrated = true }: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const server = await runningServer();
  const database = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${database} TEMPLATE ${migrated ? template : 'template0'}`);
  const address = { ...server, database };
  return { address, url: urlOfAddress(address), drop: () => administer(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`) };
}

async function administer(server: Address, statement: string): Promise<void> {
  const client = await connect(server, { application: 'coldstart-test' });
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The first test that asks starts the server, the others wait for it. */
async function runningServer(): Promise<Address> {
  const folder = inject('testDatabaseFolder');
  const ready = join(folder, 'ready.json');
  const failed = join(folder, 'failed.txt');
  if (!existsSync(ready) && isFirst(join(folder, 'starting'))) {
    try {
      writeFileSync(`${ready}.partial`, JSON.stringify(await startServer(join(folder, 'home'))));
      renameSync(`${ready}.partial`, ready);
    } catch (error) {
      writeFileSync(failed, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  for (let waitedMs = 0; !existsSync(ready); waitedMs += 50) {
    if (existsSync(failed)) throw new Error(`The test database cannot be started. ${readFileSync(failed, 'utf8')}`);
    if (waitedMs > startMaxMs) throw new Error(`The test database did not start within ${startMaxMs / 1000} s.`);
    await delay(50);
  }
  return JSON.parse(readFileSync(ready, 'utf8')) as Address;
}

function isFirst(marker: string): boolean {
  try {
    mkdirSync(marker);
    return true;
  } catch {
    return false;
  }
}

async function startServer(home: string): Promise<Address> {
  const server = await startEmbedded({ home, project, settings });
  server.detach();
  const address = { ...server.address, database: template };
  await administer({ ...server.address, database: 'postgres' }, `CREATE DATABASE ${template} TEMPLATE template0`);
  const client = await connect(address);
  try {
    await applyMigrations(client, readMigrations(join(project, 'prisma/migrations')));
  } finally {
    await client.end();
  }
  return { ...server.address, database: 'postgres' };
}
