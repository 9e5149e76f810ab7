// The live parts carry the lesson's argument: each must show what the text around it says.
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf, ofType } from '../../../test/lesson-parts';
import { answersOf } from '../../../ui/timeline/answers';

describe('the live parts of the lesson on synchronous invocation', () => {
  let lesson: LessonParts;
  let run: LessonParts['run'];
  beforeAll(async () => {
    lesson = await lessonParts(new URL('lesson.mdx', import.meta.url));
    run = lesson.run;
  });
  const answers = (...part: Parameters<LessonParts['run']>) => answersOf(run(...part)).map(({ statusCode, error }) => [statusCode, error]);

  it('answers a price and an error with 200 each, and tries the error once', () => {
    expect(answers('two-countries')).toEqual([
      [200, null],
      [200, 'Unhandled'],
    ]);
    expect(ofType(run('two-countries'), 'lambda:InvocationStarted')).toHaveLength(2);
  });

  it('refuses three of five calls at once, and none when they come a second apart', () => {
    const crowd = answersOf(run('no-room'));
    expect(crowd.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 429, 429, 429]);
    expect(crowd.filter(({ statusCode }) => statusCode === 429).every(({ at, payload }) => at < 1 && payload.includes('Reserved'))).toBe(
      true,
    );
    expect(answers('no-room', () => ({ everySeconds: 1 }))).toEqual(Array.from({ length: 5 }, () => [200, null]));
  });

  it('tries a hopeless order four times, and once after the line that the learner adds', () => {
    const attempts = (facts: ReturnType<typeof run>) => logOf(facts).flatMap((line) => /A-109\d attempt \d got \d+/.exec(line)?.[0] ?? []);
    expect(attempts(run('good-manners'))).toEqual([
      'A-1091 attempt 1 got 503',
      'A-1091 attempt 2 got 503',
      'A-1091 attempt 3 got 201',
      ...[1, 2, 3, 4].map((attempt) => `A-1092 attempt ${attempt} got 400`),
    ]);
    const line = "if (status < 500 && status !== 429) throw new Error('payments refused ' + order.orderId);\n    ";
    const polite = run('good-manners', ({ files }) => ({
      files: { 'charge.mjs': (files['charge.mjs'] ?? '').replace('const most', `${line}const most`) },
    }));
    expect(attempts(polite).slice(2)).toEqual(['A-1091 attempt 3 got 201', 'A-1092 attempt 1 got 400']);
  });

  it('shows a caller that takes both kinds of failure seriously', async () => {
    const sample = /```js\n(import \{ InvokeCommand[\s\S]*?)```/.exec(lesson.text)?.[1] ?? '';
    const body = sample.replace(/^import .*$/m, '').replace('export const askQuote =', 'return');
    const askQuote = new Function('InvokeCommand', body)(InvokeCommand) as (lambda: unknown, parcel: unknown) => Promise<number>;
    const asked: unknown[] = [];
    const lambdaThat = (answer: { FunctionError?: string; payload: unknown }) => ({
      send: async (command: InvokeCommand) => {
        asked.push(command.input);
        return { StatusCode: 200, ...answer, Payload: new TextEncoder().encode(JSON.stringify(answer.payload)) };
      },
    });
    await expect(askQuote(lambdaThat({ payload: { cents: 730 } }), { country: 'DE' })).resolves.toBe(730);
    expect(asked).toEqual([{ FunctionName: 'quote', Payload: '{"country":"DE"}' }]);
    const failing = lambdaThat({ FunctionError: 'Unhandled', payload: { errorType: 'Error', errorMessage: 'no rate for PT', trace: [] } });
    await expect(askQuote(failing, { country: 'PT' })).rejects.toThrow('quote failed: no rate for PT');
  });
});
