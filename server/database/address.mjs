// Where the database is: DATABASE_URL, or database.json, which the starter writes while its embedded server runs.
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Problem } from './problem.mjs';

/**
 * What node-postgres needs. `host` is a folder when the server listens on a Unix socket.
 * @typedef {{ connectionString?: string, host?: string, port?: number, user?: string, password?: string, database?: string }} Address
 */

const connectTimeoutMs = 5_000;
const oldestMajor = 14;

/** @param {string} home */
const addressFile = (home) => join(home, 'database.json');

/**
 * @param {string} home
 * @param {Address & { pid: number }} address
 */
export function writeAddress(home, address) {
  const partial = `${addressFile(home)}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(address, null, 2)}\n`, { mode: 0o600 });
  chmodSync(partial, 0o600);
  renameSync(partial, addressFile(home));
}

/** @param {string} home */
export function removeAddress(home) {
  rmSync(addressFile(home), { force: true });
}

/**
 * The address of the site's database, or null when there is no DATABASE_URL and no embedded server was announced.
 * @param {string} home
 * @param {NodeJS.ProcessEnv} env
 * @returns {Address | null}
 */
export function readAddress(home, env = process.env) {
  if (env.DATABASE_URL) return addressOfUrl(env.DATABASE_URL);
  try {
    const { host, port, user, password, database } = JSON.parse(readFileSync(addressFile(home), 'utf8'));
    return { host, port, user, database, ...(password ? { password } : {}) };
  } catch {
    return null;
  }
}

/**
 * @param {string} url
 * @returns {Address}
 */
export function addressOfUrl(url) {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Problem('DATABASE_URL is not the address of a PostgreSQL: write it as postgresql://user:password@host:5432/database.');
  }
  return { connectionString: url };
}

/**
 * An address as DATABASE_URL spells it.
 * @param {Address} address
 */
export function urlOfAddress({ connectionString, host = '127.0.0.1', port = 5432, user = '', password, database = '' }) {
  if (connectionString) return connectionString;
  const login = password ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}` : encodeURIComponent(user);
  if (host.startsWith('/'))
    return `postgresql://${login}@localhost:${port}/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}`;
  return `postgresql://${login}@${host}:${port}/${encodeURIComponent(database)}`;
}

/**
 * One connection, or a Problem that says why there is none.
 * @param {Address} address
 * @param {{ application?: string }} [options]
 * @returns {Promise<pg.Client>}
 */
export async function connect(address, { application = 'coldstart' } = {}) {
  /** @type {pg.Client} */
  let client;
  try {
    client = new pg.Client({ ...address, connectionTimeoutMillis: connectTimeoutMs, application_name: application });
    // A connection that is lost while nobody waits for an answer must not end the process; the next query fails with the reason.
    client.on('error', () => undefined);
    await client.connect();
  } catch (error) {
    throw new Problem(explainConnectError(error, address), { cause: error });
  }
  const { rows } = await client.query('SHOW server_version_num');
  const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
  if (major < oldestMajor) {
    await client.end();
    throw new Problem(
      `The database is PostgreSQL ${major}, and Coldstart needs ${oldestMajor} or newer: upgrade it, or point DATABASE_URL to a newer one.`,
    );
  }
  return client;
}

/**
 * @param {unknown} error
 * @param {Address} address
 */
function explainConnectError(error, address) {
  const code = /** @type {{ code?: string }} */ (error).code ?? '';
  const where = `The database at ${placeOf(address)}`;
  const or = address.connectionString ? ', or unset DATABASE_URL to use the embedded database' : '';
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return `${where} cannot be reached, nothing listens there: start PostgreSQL, check DATABASE_URL${or}.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${where} cannot be reached, its host name is unknown: check DATABASE_URL${or}.`;
  if (code === '28P01' || code === '28000') return `${where} refuses this user or password: correct them in DATABASE_URL${or}.`;
  if (code === '3D000')
    return `${where} does not exist on that server: create it (CREATE DATABASE), or correct the name in DATABASE_URL${or}.`;
  if (code === '53300') return `${where} has no free connection: raise its max_connections or stop other programs that use it.`;
  if (code === '57P03') return `${where} is starting up or shutting down: try again in a few seconds.`;
  if (code === 'ERR_INVALID_URL')
    return `DATABASE_URL cannot be read as an address: write it as postgresql://user:password@host:5432/database, with special characters percent-encoded.`;
  const message = error instanceof Error ? error.message || code : String(error);
  if (/timeout/i.test(message))
    return `${where} does not answer within ${connectTimeoutMs / 1000} s: check that it runs and that no firewall is between${or}.`;
  return `${where} cannot be used (${message}): check DATABASE_URL${or}.`;
}

/**
 * Host, port and database for a sentence, never the password.
 * @param {Address} address
 */
export function placeOf(address) {
  if (!address.connectionString)
    return `${address.host ?? ''}${address.host?.startsWith('/') ? '' : `:${address.port ?? 5432}`}/${address.database ?? ''}`;
  try {
    const url = new URL(address.connectionString);
    return `${url.searchParams.get('host') ?? (url.hostname || 'localhost')}:${url.port || 5432}${url.pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}
