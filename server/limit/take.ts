// Counts one use against a limit. The counters are in PostgreSQL, so that a limit holds for all web processes together,
// in an unlogged table, so that counting does not wait for the disk. Windows are fixed: one statement counts and decides.
import { createHash } from 'node:crypto';
import type { Database } from '../database/client';
import { Refusal } from '../refusal';
import type { LimitRule } from './rules';

/** `subject`: the learner's id, the address or the e-mail address that the rule counts. */
export async function takeLimit(db: Database, rule: LimitRule, subject: string): Promise<void> {
  // Hashed: a counter says nothing about who it counts, and its key has a fixed length.
  const key = `${rule.name}:${rule.per}:${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}`;
  const [row] = await db.$queryRaw<{ count: number; waits_ms: number }[]>`
    INSERT INTO rate_limit AS held (key, count, reset_at) VALUES (${key}, 1, now() + ${rule.windowMs}::int * interval '1 millisecond')
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN held.reset_at <= now() THEN 1 ELSE least(held.count + 1, 1000000) END,
      reset_at = CASE WHEN held.reset_at <= now() THEN excluded.reset_at ELSE held.reset_at END
    RETURNING count, (extract(epoch FROM reset_at - now()) * 1000)::int AS waits_ms`;
  if (!row || row.count <= rule.countMax) return;
  const retryAfterSeconds = Math.max(1, Math.ceil(row.waits_ms / 1000));
  throw new Refusal(
    'too-many-requests',
    `That was too often in a short time. Wait ${formatWait(retryAfterSeconds)} and try again; what you typed stays in this window.`,
    {
      retryAfterSeconds,
    },
  );
}

function formatWait(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
