// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';

let publish: LessonParts['publish'];
beforeAll(async () => {
  publish = (await lessonParts(new URL('lesson.mdx', import.meta.url))).publish;
});

const statuses = (rows: ReturnType<typeof publish>['rows']) => rows.map(({ outcomes }) => outcomes.map(({ status }) => status).join(' '));

describe('the live parts of the lesson on topics', () => {
  it('give the late subscriber the third order alone', () => {
    expect(statuses(publish('late').rows)).toEqual(['delivered delivered delivered', 'not-subscribed not-subscribed delivered']);
  });

  it('refuse the price list for its subject first, then for its number, and take it with both repaired', () => {
    expect(publish('refused').result.publishErrors[0]).toMatch(/Subject/);
    const short = publish('refused', ({ message }) => ({ message: { ...message, subject: message.subject.slice(0, 99) } }));
    expect(short.result.publishErrors[0]).toMatch(/raise/);
    const { result, rows } = publish('refused', ({ message }) => ({
      message: { ...message, subject: 'Prices', attributes: message.attributes.map((one) => ({ ...one, value: '2.5' })) },
    }));
    expect(result.publishErrors).toEqual([]);
    expect(statuses(rows)).toEqual(['delivered', 'delivered']);
  });

  it('deliver the repeated order once on a FIFO topic, and to no e-mail', () => {
    const { rows, result } = publish('fifo');
    expect(rows.map(({ outcomes }) => outcomes.filter(({ status }) => status === 'delivered').length)).toEqual([1, 0]);
    expect(result.publishErrors).toEqual([]);
    const named = publish('fifo', ({ message }) => ({ message: { ...message, deduplicationId: 'mine' } }));
    expect(named.rows[0]?.receipts).toHaveLength(1);
  });
});
