// Applies the migrations: each in one transaction, under one lock, recorded in Prisma's own table. A failing one leaves nothing behind.
import { randomUUID } from 'node:crypto';
import { transactionControlIn } from './migration-text.mjs';
import { Problem } from './problem.mjs';

/** @typedef {import('./migration-folder.mjs').Migration} Migration */

/** The key that Prisma's own commands lock, so that neither runs beside the other. */
export const migrationLockKey = 72_707_369;
const lockMaxMs = 60_000;

const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * @param {import('pg').Client} client a connection of its own
 * @param {Migration[]} migrations in their order
 * @param {{ lockWaitMs?: number }} [options]
 * @returns {Promise<string[]>} names of the migrations that were applied now
 */
export async function applyMigrations(client, migrations, { lockWaitMs = lockMaxMs } = {}) {
  for (const { name, sql } of migrations) {
    const control = transactionControlIn(sql);
    if (control) throw new Problem(`The migration ${name} contains ${control}, which would break its transaction: take it out.`);
  }
  await takeLock(client, lockWaitMs);
  try {
    // Inside the lock: two runners that create the same table at once would fail on PostgreSQL's own catalog.
    await client.query(createTable);
    const pending = pendingMigrations(await recordedMigrations(client), migrations);
    for (const migration of pending) await applyOne(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // A lost connection has given the lock back by itself.
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLockKey]).catch(() => undefined);
  }
}

/** @param {import('pg').Client} client @param {number} waitMs */
async function takeLock(client, waitMs) {
  await client.query("SELECT set_config('lock_timeout', $1, false)", [`${waitMs}ms`]);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLockKey]);
  } catch (error) {
    // 55P03: lock_not_available
    if (/** @type {{ code?: string }} */ (error).code !== '55P03') throw error;
    throw new Problem(
      `Another process has been migrating or restoring this database for ${waitMs / 1000} s: wait until it has ended, and start again.`,
      {
        cause: error,
      },
    );
  } finally {
    await client.query("SELECT set_config('lock_timeout', '0', false)").catch(() => undefined);
  }
}

/** @typedef {{ name: string, checksum: string, finished: boolean, rolledBack: boolean, startedAt: Date }} Recorded */

/**
 * What the database says about its migrations; nothing when it never had one.
 * @param {import('pg').Client} client
 * @returns {Promise<Recorded[]>}
 */
export async function recordedMigrations(client) {
  const { rows: tables } = await client.query('SELECT to_regclass(\'"_prisma_migrations"\') AS found');
  if (tables[0].found === null) return [];
  const { rows } = await client.query(`SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished",
    "rolled_back_at" IS NOT NULL AS "rolledBack", "started_at" AS "startedAt" FROM "_prisma_migrations" ORDER BY "started_at", "migration_name"`);
  return rows;
}

/**
 * @param {Recorded[]} recorded
 * @param {Migration[]} migrations
 * @returns {Migration[]}
 */
function pendingMigrations(recorded, migrations) {
  const standing = recorded.filter(({ rolledBack }) => !rolledBack);
  const halfDone = standing.find(({ finished }) => !finished);
  if (halfDone) {
    throw new Problem(
      `The migration ${halfDone.name} began on ${halfDone.startedAt.toISOString()} and never ended; Coldstart's own runner leaves no such trace, so another tool ran it. Compare the database with its SQL, undo what is there, then run npm run migration -- rolled-back ${halfDone.name}.`,
    );
  }
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of standing) {
    const migration = known.get(name);
    if (!migration) {
      throw new Problem(
        `The database is newer than this code: it has the migration ${name}, which is not in prisma/migrations. Run the version of Coldstart that brought it, or restore a backup of this one.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new Problem(
        `The migration ${name} was edited after it was applied: restore its migration.sql from version control, and put the change into a new migration.`,
      );
    }
  }
  const applied = new Set(standing.map(({ name }) => name));
  return migrations.filter(({ name }) => !applied.has(name));
}

/** @param {import('pg').Client} client @param {Migration} migration */
async function applyOne(client, { name, sql, checksum }) {
  const startedAt = new Date();
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      'INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count") VALUES ($1, $2, $3, $4, clock_timestamp(), 1)',
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Problem(`The migration ${name} failed and left nothing behind: ${explainSqlError(error, sql)}`, { cause: error });
  }
}

/** @param {unknown} error @param {string} sql */
function explainSqlError(error, sql) {
  const { message, position, detail } = /** @type {{ message: string, position?: string, detail?: string }} */ (error);
  const line = position ? ` at line ${sql.slice(0, Number(position) - 1).split('\n').length}` : '';
  return `${message}${line}${detail ? ` (${detail})` : ''}. Correct its migration.sql, and start again.`;
}

/**
 * Records that somebody undid a half-applied migration by hand, so that it is applied again.
 * @param {import('pg').Client} client
 * @param {string} name
 */
export async function markRolledBack(client, name) {
  const { rowCount } = await client.query(
    'UPDATE "_prisma_migrations" SET "rolled_back_at" = clock_timestamp() WHERE "migration_name" = $1 AND "finished_at" IS NULL AND "rolled_back_at" IS NULL',
    [name],
  );
  if (!rowCount) throw new Problem(`The database has no half-applied migration ${name}: nothing was changed.`);
}
