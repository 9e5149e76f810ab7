// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf, ofType } from '../../../test/lesson-parts';
import { messagesAt } from '../../../ui/live/mapping/messages-at';

describe('the live parts of the lesson on queues', () => {
  let run: LessonParts['runQueue'];
  beforeAll(async () => {
    run = (await lessonParts(new URL('lesson.mdx', import.meta.url))).runQueue;
  });
  const labels = (facts: ReturnType<typeof run>) => logOf(facts).flatMap((line) => /label for (A-\d+)/.exec(line)?.[1] ?? []);
  const ends = (facts: ReturnType<typeof run>) => {
    const { deleted, deadLetters, visible, inFlight } = messagesAt(facts, facts.length - 1);
    return { deleted, deadLetters, left: visible + inFlight };
  };

  it('prints nine labels for six orders of which none is done', () => {
    const facts = run('one-bad-order');
    expect(labels(facts).sort()).toEqual(['A-1201', 'A-1202', 'A-1203'].flatMap((id) => [id, id, id]));
    expect(ends(facts)).toEqual({ deleted: 0, deadLetters: 6, left: 0 });
  });

  it('goes round about twenty times in ten minutes without a dead-letter queue', () => {
    const facts = run('one-bad-order', () => ({ maxReceiveCount: null }));
    const { messages } = messagesAt(facts, facts.length - 1);
    for (const { receiveCount } of messages) expect(receiveCount).toBeGreaterThanOrEqual(20);
  });

  it('parts with the bad order alone once failures are reported', () => {
    const facts = run('partial-failure');
    expect(labels(facts)).toEqual(['A-1201', 'A-1202', 'A-1203', 'A-1205', 'A-1206']);
    expect(ends(facts)).toEqual({ deleted: 5, deadLetters: 1, left: 0 });
  });

  it('loses the bad order when the report is written and the setting is off', () => {
    expect(ends(run('partial-failure', () => ({ reportsItemFailures: false })))).toEqual({ deleted: 6, deadLetters: 0, left: 0 });
  });

  it('prints the labels together after a window of 20 seconds', () => {
    const facts = run('partial-failure', () => ({ windowSeconds: 20, everySeconds: 1 }));
    expect(ofType(facts, 'lambda:BatchStarted')[0]?.data.messageIds).toHaveLength(6);
  });

  it('fails whole batches for a key that Lambda does not know, and works when the learner repairs it', () => {
    expect(ends(run('your-turn'))).toEqual({ deleted: 0, deadLetters: 6, left: 0 });
    const repaired = run('your-turn', ({ files }) => ({
      files: { 'pack.mjs': (files['pack.mjs'] ?? '').replace('push({ messageId })', 'push({ itemIdentifier: messageId })') },
    }));
    expect(ends(repaired)).toEqual({ deleted: 5, deadLetters: 1, left: 0 });
  });

  it('sends two orders to the dead letters that never ran, unless there is patience or a limit at the source', () => {
    const impatient = run('never-run');
    expect(ends(impatient)).toEqual({ deleted: 4, deadLetters: 2, left: 0 });
    expect(labels(impatient)).toHaveLength(4);
    expect(ofType(impatient, 'lambda:InvocationEnded').every(({ data }) => data.status === 'success')).toBe(true);
    for (const change of [{ visibilitySeconds: 180 }, { maximumConcurrency: 2 }]) {
      expect(ends(run('never-run', () => change))).toEqual({ deleted: 6, deadLetters: 0, left: 0 });
    }
  });
});
