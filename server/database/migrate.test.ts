import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database';
import { connect } from './address.mjs';
import { applyMigrations, markRolledBack, migrationLockKey, recordedMigrations } from './migrate.mjs';
import type { Migration } from './migration-folder.mjs';

const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: createHash('sha256').update(sql).digest('hex') });
const makeA = migration('20260101000000_a', 'CREATE TABLE a (id int PRIMARY KEY);');
const makeB = migration('20260102000000_b', 'CREATE TABLE b (id int PRIMARY KEY);\nINSERT INTO b VALUES (1);');

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  client = await connect(database.address);
});

afterEach(async () => {
  await client.end();
  await database.drop();
});

const tables = async () => {
  const { rows } = await client.query(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname",
  );
  return rows.map(({ relname }) => relname);
};
const names = async () => (await recordedMigrations(client)).map(({ name }) => name);

describe('applying migrations', () => {
  it('applies each once, in order, and records it as Prisma does', async () => {
    expect(await applyMigrations(client, [makeA, makeB])).toEqual([makeA.name, makeB.name]);
    expect(await applyMigrations(client, [makeA, makeB])).toEqual([]);
    const { rows } = await client.query(
      'SELECT migration_name, checksum, finished_at >= started_at AS ended, rolled_back_at, applied_steps_count FROM "_prisma_migrations" ORDER BY 1',
    );
    expect(rows).toEqual([
      { migration_name: makeA.name, checksum: makeA.checksum, ended: true, rolled_back_at: null, applied_steps_count: 1 },
      { migration_name: makeB.name, checksum: makeB.checksum, ended: true, rolled_back_at: null, applied_steps_count: 1 },
    ]);
  });

  it('leaves nothing of a failing migration, keeps those before it, and names the line', async () => {
    const failing = migration('20260103000000_c', 'CREATE TABLE c (id int);\nINSERT INTO c VALUES (1);\nCREATE TABEL d (id int);');
    await expect(applyMigrations(client, [makeA, failing, makeB])).rejects.toThrow(
      'The migration 20260103000000_c failed and left nothing behind: syntax error at or near "TABEL" at line 3. Correct its migration.sql, and start again.',
    );
    expect(await tables()).toEqual(['_prisma_migrations', 'a']);
    expect(await names()).toEqual([makeA.name]);
    const corrected = migration(failing.name, failing.sql.replace('TABEL', 'TABLE'));
    expect(await applyMigrations(client, [makeA, corrected, makeB])).toEqual([corrected.name, makeB.name]);
  });

  it('leaves nothing of a migration whose check fails only at its commit', async () => {
    const failing = migration(
      '20260103000000_c',
      'CREATE TABLE c (id int PRIMARY KEY, other int REFERENCES c DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES (1, 2);',
    );
    await expect(applyMigrations(client, [failing])).rejects.toThrow(/failed and left nothing behind: .*foreign key constraint/);
    expect(await tables()).toEqual(['_prisma_migrations']);
  });

  it('refuses a migration that was edited after it was applied, and applies nothing after it', async () => {
    await applyMigrations(client, [makeA]);
    await expect(applyMigrations(client, [migration(makeA.name, `${makeA.sql} -- edited`), makeB])).rejects.toThrow(
      /20260101000000_a was edited after it was applied: restore its migration.sql/,
    );
    expect(await tables()).toEqual(['_prisma_migrations', 'a']);
  });

  it('refuses a database that a newer version migrated', async () => {
    await applyMigrations(client, [makeA, makeB]);
    await expect(applyMigrations(client, [makeA])).rejects.toThrow(
      /The database is newer than this code: it has the migration 20260102000000_b/,
    );
  });

  it('applies a migration that a merge brought in before the last one', async () => {
    await applyMigrations(client, [makeB]);
    expect(await applyMigrations(client, [makeA, makeB])).toEqual([makeA.name]);
  });

  it('refuses a migration that another tool left half applied, until somebody undid it', async () => {
    await applyMigrations(client, [makeA]);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at) VALUES ('x', $1, $2, '2026-01-05T00:00:00Z')`,
      [makeB.checksum, makeB.name],
    );
    await expect(applyMigrations(client, [makeA, makeB])).rejects.toThrow(
      /20260102000000_b began on 2026-01-05T00:00:00.000Z and never ended/,
    );
    await expect(markRolledBack(client, makeA.name)).rejects.toThrow(
      'The database has no half-applied migration 20260101000000_a: nothing was changed.',
    );
    await markRolledBack(client, makeB.name);
    expect(await applyMigrations(client, [makeA, makeB])).toEqual([makeB.name]);
  });

  it.each([
    ['COMMIT', 'CREATE TABLE c (id int); commit; CREATE TABLE d (id int);'],
    ['BEGIN', 'BEGIN; CREATE TABLE c (id int);'],
    ['CREATE INDEX CONCURRENTLY', 'CREATE INDEX  CONCURRENTLY i ON a (id);'],
  ])('refuses %s in a migration before anything is applied', async (statement, sql) => {
    await expect(applyMigrations(client, [makeA, migration('20260103000000_c', sql)])).rejects.toThrow(
      `contains ${statement}, which would break its transaction`,
    );
    expect(await tables()).toEqual([]);
  });

  it('lets two runners of an empty database take turns', async () => {
    const slow = migration(makeA.name, `SELECT pg_sleep(0.2); ${makeA.sql}`);
    const others = await Promise.all([connect(database.address), connect(database.address), connect(database.address)]);
    const applied = await Promise.all(others.map((other) => applyMigrations(other, [slow, makeB])));
    await Promise.all(others.map((other) => other.end()));
    expect(applied.flat().sort()).toEqual([slow.name, makeB.name]);
    expect(await names()).toEqual([slow.name, makeB.name]);
  });

  it('gives up waiting for another runner with a sentence', async () => {
    const other = await connect(database.address);
    await other.query('SELECT pg_advisory_lock($1)', [migrationLockKey]);
    await expect(applyMigrations(client, [makeA], { lockWaitMs: 100 })).rejects.toThrow(
      /Another process has been migrating or restoring this database for 0.1 s/,
    );
    await other.end();
    expect(await applyMigrations(client, [makeA])).toEqual([makeA.name]);
  });

  it('leaves nothing when its connection is lost in the middle', async () => {
    const other = await connect(database.address);
    const lost = applyMigrations(other, [migration(makeA.name, `${makeA.sql} SELECT pg_sleep(30);`)]).catch(
      (error: Error) => error.message,
    );
    await expect.poll(async () => (await sleeping(client)).length, { timeout: 10_000 }).toBe(1);
    await client.query('SELECT pg_terminate_backend($1)', [(await sleeping(client))[0]]);
    expect(await lost).toMatch(/failed and left nothing behind: terminating connection/);
    expect(await tables()).toEqual(['_prisma_migrations']);
    expect(await applyMigrations(client, [makeA])).toEqual([makeA.name]);
  });

  it('leaves nothing when its process is killed in the middle', async () => {
    const runner = spawn(process.execPath, ['--input-type=module', '-e', killedRunner(database.url)], { stdio: 'inherit' });
    await expect.poll(async () => (await sleeping(client)).length, { timeout: 10_000 }).toBe(1);
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [await sleeping(client)]);
    expect(await applyMigrations(client, [makeA])).toEqual([makeA.name]);
    expect(await tables()).toEqual(['_prisma_migrations', 'a']);
  });
});

async function sleeping(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event = 'PgSleep'",
  );
  return rows.map(({ pid }) => pid);
}

function killedRunner(url: string): string {
  const here = new URL('.', import.meta.url).href;
  return `const { connect } = await import('${here}address.mjs');
    const { applyMigrations } = await import('${here}migrate.mjs');
    const client = await connect({ connectionString: ${JSON.stringify(url)} });
    await applyMigrations(client, [{ name: '${makeA.name}', checksum: 'x', sql: 'CREATE TABLE a (id int); SELECT pg_sleep(30);' }]);`;
}
