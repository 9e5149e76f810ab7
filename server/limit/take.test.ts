import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { refusalOf } from '../../test/refusal';
import { forgetOldRows } from '../database/forget';
import type { LimitRule } from './rules';
import { takeLimit } from './take';

const rule: LimitRule = { name: 'test', per: 'learner', countMax: 3, windowMs: 60_000 };

let opened: OpenedDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

describe('a limit', () => {
  it('lets through exactly as many at once as it says, for each subject', async () => {
    const { db } = opened;
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => takeLimit(db, rule, 'ada')));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(3);
    await takeLimit(db, rule, 'bob');
    const refusal = await refusalOf(takeLimit(db, rule, 'ada'));
    expect(refusal.code).toBe('too-many-requests');
    expect(refusal.retryAfterSeconds).toBeGreaterThan(50);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it('begins anew when its window is over', async () => {
    const { db } = opened;
    const brief = { ...rule, name: 'brief' };
    for (let count = 0; count < 3; count += 1) await takeLimit(db, brief, 'ada');
    await db.rateLimit.updateMany({ where: { key: { startsWith: 'brief:' } }, data: { resetAt: new Date(Date.now() - 1) } });
    await takeLimit(db, brief, 'ada');
    expect((await db.rateLimit.findFirst({ where: { key: { startsWith: 'brief:' } } }))?.count).toBe(1);
  });

  it('says nothing about who it counts, and is forgotten after its window', async () => {
    const { db } = opened;
    await takeLimit(db, { ...rule, name: 'private', per: 'email' }, 'ada@example.org');
    const where = { key: { startsWith: 'private:' } };
    expect((await db.rateLimit.findFirst({ where }))?.key).not.toContain('ada');
    await db.rateLimit.updateMany({ where, data: { resetAt: new Date(Date.now() - 120_000) } });
    await forgetOldRows(db);
    expect(await db.rateLimit.count({ where })).toBe(0);
  });
});
