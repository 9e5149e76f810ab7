// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';
import { answersOf } from '../../../ui/timeline/answers';
import { billOf } from '../../../ui/timeline/bill';

describe('the live parts of the lesson on memory, CPU and the bill', () => {
  let lesson: LessonParts;
  let run: LessonParts['run'];
  beforeAll(async () => {
    lesson = await lessonParts(new URL('lesson.mdx', import.meta.url));
    run = lesson.run;
  });
  /** The last call is warm. */
  const warm = (...part: Parameters<LessonParts['run']>) => {
    const line = billOf(run(...part)).lines.at(-1);
    if (!line) throw new Error('Nothing was billed.');
    return line;
  };
  const sized = (id: string, memoryMB: number) => warm(id, () => ({ memoryMB }));

  it('computes fourteen times as fast for the same price, and no faster above one vCPU', { timeout: 30_000 }, () => {
    const [small, middle, whole, more] = [128, 512, 1769, 3008].map((memoryMB) => sized('two-parcels', memoryMB));
    expect(small?.durationMs).toBeGreaterThan(2050);
    expect(small?.durationMs).toBeLessThan(2150);
    expect(middle?.durationMs).toBeCloseTo((small?.durationMs ?? 0) / 4, 0);
    expect(whole?.durationMs).toBeGreaterThan(145);
    expect(whole?.durationMs).toBeLessThan(160);
    expect((whole?.gbSeconds ?? 0) / (small?.gbSeconds ?? 1)).toBeCloseTo(1, 1);
    for (const line of [small, middle, whole]) expect(line?.gbSeconds).toBeCloseTo(0.263, 2);
    expect(more?.durationMs).toBe(whole?.durationMs);
    expect((more?.cost ?? 0) / (whole?.cost ?? 1)).toBeCloseTo(1.7, 1);
  });

  it('waits as long at any size, and pays for the size', () => {
    const [small, whole] = [128, 1769].map((memoryMB) => sized('waiting-for-payment', memoryMB));
    expect(small?.durationMs).toBeGreaterThan(600);
    expect(Math.abs((whole?.durationMs ?? 0) - (small?.durationMs ?? 0))).toBeLessThan(10);
    expect((whole?.gbSeconds ?? 0) / (small?.gbSeconds ?? 1)).toBeGreaterThan(13);
  });

  it('keeps the promise of 800 ms at no size, and from 256 MB on once both cards are charged together', { timeout: 30_000 }, () => {
    for (const memoryMB of [128, 1769]) expect(sized('pack-and-pay', memoryMB).durationMs).toBeGreaterThan(1200);
    const together = (source: string) =>
      source
        .replace(
          /const statuses = \[\];\s*for [\s\S]*?\n {2}\}\n/,
          'const answers = await Promise.all(order.cards.map((card) => charge(order, card)));\n',
        )
        .replace('return { grams, statuses }', 'return { grams, statuses: answers.map((answer) => answer.status) }');
    const at = (memoryMB: number, edit: (source: string) => string) => () => ({
      memoryMB,
      files: { 'checkout.mjs': edit(lesson.props('pack-and-pay').files['checkout.mjs'] ?? '') },
    });
    expect(warm('pack-and-pay', at(128, together)).durationMs).toBeGreaterThan(800);
    expect(warm('pack-and-pay', at(256, together)).durationMs).toBeLessThan(800);
    expect(answersOf(run('pack-and-pay', at(256, together))).map(({ payload }) => JSON.parse(payload))).toEqual(
      [1, 2, 3].map(() => ({ grams: 9460, statuses: [201, 201] })),
    );
    const begunFirst = (source: string) =>
      together(source)
        .replace(
          'const grams = heavierParcel(order.grams);',
          'const requests = order.cards.map((card) => charge(order, card));\n  const grams = heavierParcel(order.grams);',
        )
        .replace('Promise.all(order.cards.map((card) => charge(order, card)))', 'Promise.all(requests)');
    expect(warm('pack-and-pay', at(128, begunFirst)).durationMs).toBeGreaterThan(800);
  });
});
