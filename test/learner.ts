// A database with learners in it, for tests of commands.
import { randomUUID } from 'node:crypto';
import type { Address } from '../server/database/address.mjs';
import type { Database } from '../server/database/client';
import { openDatabase } from '../server/database/client';
import { createTestDatabase } from './database';

export interface OpenedDatabase {
  db: Database;
  address: Address;
  close(): Promise<void>;
}

export async function openTestDatabase(): Promise<OpenedDatabase> {
  const { address, drop } = await createTestDatabase();
  const db = openDatabase(address);
  return {
    db,
    address,
    close: async () => {
      await db.$disconnect();
      await drop();
    },
  };
}

/** The id of a new learner. */
export async function createLearner(db: Database, { anonymous = true }: { anonymous?: boolean } = {}): Promise<string> {
  const id = randomUUID();
  await db.user.create({
    data: {
      id,
      name: anonymous ? 'Anonymous' : 'Ada',
      email: `${id}@${anonymous ? 'anonymous.invalid' : 'example.org'}`,
      isAnonymous: anonymous,
    },
  });
  return id;
}
