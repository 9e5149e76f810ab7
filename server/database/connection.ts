// Where the database is: DATABASE_URL, or the embedded server's address that the starter wrote.
import type { Address } from './address.mjs';
import { readAddress } from './address.mjs';
import { dataHome } from './home.mjs';

/** What node-postgres needs to connect. `host` is a folder when it is a Unix socket. */
export type Connection = Address;

/** Folder of the site's own data: the embedded database, built grader, local secrets. */
export function stateFolder(): string {
  return dataHome(/* turbopackIgnore: true */ process.cwd());
}

export function readConnection(): Connection {
  const address = readAddress(stateFolder());
  if (!address)
    throw new Error(
      'There is no database: start the site with "npm start", which brings its own, or set DATABASE_URL to a PostgreSQL of yours.',
    );
  return address;
}
