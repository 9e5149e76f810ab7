// The one Prisma client of a process, on a pool of PostgreSQL connections.
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../../generated/prisma/client';
import { type Connection, readConnection } from './connection';

export type Database = PrismaClient;
/** Inside a transaction. */
export type Transaction = Prisma.TransactionClient;

const poolMax = 10;

export function openDatabase(connection: Connection): Database {
  return new PrismaClient({
    adapter: new PrismaPg({ ...connection, max: poolMax, application_name: 'coldstart-site', connectionTimeoutMillis: 10_000 }),
  });
}

// Development reloads modules; without this each reload would leave a pool behind.
const shared = globalThis as unknown as { coldstartDatabase?: Database };

export function database(): Database {
  shared.coldstartDatabase ??= openDatabase(readConnection());
  return shared.coldstartDatabase;
}
