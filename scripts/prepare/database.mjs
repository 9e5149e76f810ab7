// The database for a command: the one of DATABASE_URL, the embedded one of the running site, or one that is started for it.
import { connect, readAddress, removeAddress, writeAddress } from '../../server/database/address.mjs';
import { startEmbedded } from '../../server/database/embedded.mjs';
import { applyMigrations } from '../../server/database/migrate.mjs';
import { readMigrations } from '../../server/database/migration-folder.mjs';
import { takeOwnership } from '../../server/database/owner.mjs';
import { Problem } from '../../server/database/problem.mjs';

/** @typedef {import('../../server/database/address.mjs').Address} Address */

/**
 * The database that the caller owns while it runs, migrated unless there is no folder of migrations. `exited` settles when an embedded server ends.
 * @param {{ home: string, project: string, migrationsFolder: string | null, env: NodeJS.ProcessEnv, say: (sentence: string) => void }} request
 * @returns {Promise<{ address: Address, exited: Promise<void>, stop: () => Promise<void> }>}
 */
export async function openOwnDatabase({ home, project, migrationsFolder, env, say }) {
  const migrations = migrationsFolder === null ? [] : readMigrations(migrationsFolder);
  const external = env.DATABASE_URL ? readAddress(home, env) : null;
  if (external) {
    await migrate(external, migrations, say);
    return { address: external, exited: new Promise(() => undefined), stop: async () => undefined };
  }
  const embedded = await startEmbedded({ home, project, say });
  try {
    if (migrationsFolder !== null) await migrate(embedded.address, migrations, say);
    writeAddress(home, { ...embedded.address, pid: process.pid });
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  const stop = async () => {
    removeAddress(home);
    await embedded.stop();
  };
  return { address: embedded.address, exited: embedded.exited, stop };
}

/**
 * @param {Address} address
 * @param {import('../../server/database/migration-folder.mjs').Migration[]} migrations
 * @param {(sentence: string) => void} say
 */
async function migrate(address, migrations, say) {
  const client = await connect(address, { application: 'coldstart-migrate' });
  try {
    const applied = await applyMigrations(client, migrations);
    if (applied.length > 0) say(`Applied ${applied.length === 1 ? 'one migration' : `${applied.length} migrations`} to the database.`);
  } finally {
    await client.end();
  }
}

/**
 * Runs work on the site's database, whether the site runs or not.
 * @template T
 * @param {{ home: string, project: string, migrationsFolder: string | null, command: string, env: NodeJS.ProcessEnv, say: (sentence: string) => void }} request
 * @param {(client: import('pg').Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDatabase({ command, ...request }, work) {
  const { home, env } = request;
  if (env.DATABASE_URL) return withClient(/** @type {Address} */ (readAddress(home, env)), work);
  const claim = await takeOwnership(home, command);
  if ('owner' in claim) {
    const address = readAddress(home, env);
    if (!address)
      throw new Problem(
        `The database of ${home} is being started or stopped by ${claim.owner.what} (process ${claim.owner.pid}): try again in a few seconds.`,
      );
    return withClient(address, work);
  }
  try {
    const database = await openOwnDatabase(request);
    try {
      return await withClient(database.address, work);
    } finally {
      await database.stop();
    }
  } finally {
    claim.release();
  }
}

/**
 * @template T
 * @param {Address} address
 * @param {(client: import('pg').Client) => Promise<T>} work
 */
async function withClient(address, work) {
  const client = await connect(address, { application: 'coldstart-command' });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
