import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { Listener } from './listen';

let opened: OpenedDatabase;
let listener: Listener;
beforeAll(async () => {
  opened = await openTestDatabase();
  listener = new Listener(opened.address);
});
afterAll(async () => {
  await listener.close();
  await opened.close();
});

describe('listening', () => {
  it('tells every subscriber of a channel, and nobody who has left', async () => {
    const heard: (string | null)[][] = [[], [], []];
    const leave = [0, 1].map((index) => listener.subscribe('submission', (payload) => heard[index]?.push(payload)));
    listener.subscribe('grading_queued', (payload) => heard[2]?.push(payload));
    await expect.poll(() => heard.map((payloads) => payloads[0])).toEqual([null, null, null]);
    leave[1]?.();
    await opened.db.$executeRaw`SELECT pg_notify('submission', 'a')::text`;
    await expect.poll(() => heard).toEqual([[null, 'a'], [null], [null]]);
  });

  it('comes back after a lost connection and says that something may have been missed', async () => {
    const heard: (string | null)[] = [];
    listener.subscribe('restored', (payload) => heard.push(payload));
    await opened.db.$executeRaw`
      SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'coldstart-listen' AND datname = current_database()`;
    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([null]);
    await opened.db.$executeRaw`SELECT pg_notify('restored', 'b')::text`;
    await expect.poll(() => heard).toEqual([null, 'b']);
  });
});

describe('the pool', () => {
  it('goes on after every one of its connections was cut', async () => {
    const { db } = opened;
    await Promise.all(Array.from({ length: 5 }, () => db.$queryRaw`SELECT 1`));
    await db.$executeRaw`
      SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
      WHERE application_name = 'coldstart-site' AND datname = current_database() AND pid <> pg_backend_pid()`;
    await expect.poll(() => db.user.count().catch(() => null)).toBe(0);
  });
});
