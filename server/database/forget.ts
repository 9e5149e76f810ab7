// Removes rows that have served their time: counters of limits, ended sessions, marks of merged ones. Run now and then by a grader.
import type { Database } from './client';

export async function forgetOldRows(db: Database): Promise<void> {
  await db.$executeRaw`DELETE FROM rate_limit WHERE reset_at < now() - interval '1 minute'`;
  await db.$executeRaw`DELETE FROM merged_session WHERE merged_at < now() - interval '1 day'`;
  await db.$executeRaw`DELETE FROM session WHERE "expiresAt" < now() - interval '1 day'`;
}
