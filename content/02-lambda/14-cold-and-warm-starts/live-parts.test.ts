// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf, ofType } from '../../../test/lesson-parts';
import { answersOf } from '../../../ui/timeline/answers';
import { billOf } from '../../../ui/timeline/bill';

describe('the live parts of the lesson on cold and warm starts', () => {
  let run: LessonParts['run'];
  beforeAll(async () => {
    run = (await lessonParts(new URL('lesson.mdx', import.meta.url))).run;
  });
  const answers = (...part: Parameters<LessonParts['run']>) =>
    answersOf(run(...part)).map(({ error, payload }) => error ?? JSON.parse(payload));

  it.each([
    ['one cold start for calls 10 s apart', 10, 1],
    ['three for calls in the same moment', 0, 3],
    ['three for calls an hour apart', 3600, 3],
  ])('has %s', (_name, everySeconds, cold) => {
    const facts = run('when-they-come', () => ({ everySeconds }));
    expect(ofType(facts, 'lambda:EnvironmentCreated')).toHaveLength(cold);
    expect(logOf(facts).filter((line) => line.includes('the module runs'))).toHaveLength(cold);
    for (const init of ofType(facts, 'lambda:InitEnded')) expect(Number(init.data.durationMs)).toBeGreaterThan(80);
  });

  it('builds the price list once instead of three times when it is moved out of the handler', () => {
    const movedOut = (source: string) => {
      const lines = source.split('\n');
      return [...lines.slice(1, 5), ...lines.slice(0, 1), ...lines.slice(5)].join('\n');
    };
    const inside = billOf(run('do-it-once')).lines.map((line) => line.billedMs);
    const outside = billOf(run('do-it-once', ({ files }) => ({ files: { 'price.mjs': movedOut(files['price.mjs'] ?? '') } }))).lines.map(
      (line) => line.billedMs,
    );
    for (const warm of inside.slice(1)) expect(warm).toBeGreaterThan(100);
    expect(outside.slice(1)).toEqual([1, 1]);
    expect(Math.abs((outside[0] ?? 0) - (inside[0] ?? 0))).toBeLessThan(30);
  });

  it('shows Ben the kettle of Anna, and empty carts to both when they come at the same time', () => {
    expect(answers('whose-cart')).toEqual([
      { customer: 'Anna', cart: ['kettle'] },
      { customer: 'Ben', cart: ['kettle', 'teapot'] },
    ]);
    expect(answers('whose-cart', () => ({ everySeconds: 0 })).map(({ cart }) => cart.length)).toEqual([1, 1]);
  });

  it('lets the rates grow old, and keeps them fresh enough with the condition that the learner adds', () => {
    const ages = (...part: Parameters<LessonParts['run']>) => answers(...part).map(({ ageSeconds }) => ageSeconds);
    expect(ages('fresh-enough')).toEqual([0, 240, 480, 720]);
    const fresh = (source: string) => source.replace('rates === null', 'rates === null || Date.now() - rates.at > 300_000');
    expect(ages('fresh-enough', ({ files }) => ({ files: { 'rates.mjs': fresh(files['rates.mjs'] ?? '') } }))).toEqual([0, 240, 0, 240]);
  });
});
