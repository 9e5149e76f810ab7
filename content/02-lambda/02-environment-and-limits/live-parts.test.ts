// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf, ofType } from '../../../test/lesson-parts';
import { answersOf } from '../../../ui/timeline/answers';

describe('the live parts of the lesson on environment and limits', () => {
  let lesson: LessonParts;
  let run: LessonParts['run'];
  beforeAll(async () => {
    lesson = await lessonParts(new URL('lesson.mdx', import.meta.url));
    run = lesson.run;
  });
  const statuses = (...part: Parameters<LessonParts['run']>) =>
    ofType(run(...part), 'lambda:InvocationEnded').map((fact) => fact.data.status);
  const answers = (...part: Parameters<LessonParts['run']>) =>
    answersOf(run(...part)).map(({ error, payload }) => error ?? JSON.parse(payload));

  it('stops the invoice after 3 seconds, and lets it finish with 10', () => {
    const log = logOf(run('default-timeout')).join('\n');
    expect(log).toContain('Task timed out after 3.00 seconds');
    expect(log).toContain('Status: timeout');
    expect(log).not.toContain('has its invoice');
    expect(statuses('default-timeout', () => ({ timeoutSeconds: 10 }))).toEqual(['success']);
  });

  it('lets the code give up by itself with the line that the text shows', () => {
    const line = /^const answer = await fetch\(url.*$/m.exec(lesson.text)?.[0] ?? '';
    const source = `export const handler = async () => {
      const url = 'https://payments.example/charges';
      try {
        ${line}
        return answer.status;
      } catch (error) {
        return error.name;
      }
    };`;
    const facts = run('default-timeout', () => ({
      files: { 'invoice.mjs': source.replace('signal:', 'method: \'POST\', body: \'{"orderId":"A-1","amountCents":1}\', signal:') },
      timeoutSeconds: 10,
      hosts: [{ name: 'payments', slowFirst: 1, delayMs: 3_600_000 }],
    }));
    const ended = ofType(facts, 'lambda:InvocationEnded')[0];
    expect(ended?.data).toMatchObject({ status: 'success', payload: '"TimeoutError"' });
    expect(Math.round(Number(ended?.data.durationMs) / 1000)).toBe(8);
  });

  it('kills the export at 128 MB with two equal numbers in the REPORT line, and finishes it at 256 MB', () => {
    const facts = run('out-of-memory');
    expect(ofType(facts, 'lambda:InvocationEnded')[0]?.data).toMatchObject({
      status: 'out-of-memory',
      error: { errorType: 'Runtime.ExitError' },
    });
    expect(ofType(facts, 'lambda:InvocationEnded')[0]?.data.payload).toContain('signal: killed');
    expect(logOf(facts).join('\n')).toMatch(/Memory Size: 128 MB\tMax Memory Used: 128 MB/);
    expect(statuses('out-of-memory', () => ({ memoryMB: 256 }))).toEqual(['success']);
  });

  it.each([
    ['keeps the file in a warm environment', 10, [1, 2, 3]],
    ['gives each of three environments a file of its own', 0, [1, 1, 1]],
    ['loses the file with the idle environment', 3600, [1, 1, 1]],
  ])('%s', (_name, everySeconds, orders) => {
    expect(answers('tmp-kept', () => ({ everySeconds }))).toEqual(orders.map((count) => ({ orders: count })));
  });

  it('draws the labels in two calls, or in one with a longer timeout or all drawn together', () => {
    expect(statuses('labels')).toEqual(['timeout', 'success']);
    expect(statuses('labels', () => ({ timeoutSeconds: 6 }))[0]).toBe('success');
    const together = run('labels', ({ files }) => ({
      files: {
        'labels.mjs': (files['labels.mjs'] ?? '').replace(
          /for \(const sku of skus\) \{\s*await draw\(sku\);\s*\}/,
          'await Promise.all(skus.map(draw));',
        ),
      },
    }));
    const first = ofType(together, 'lambda:InvocationEnded')[0];
    expect(first?.data).toMatchObject({ status: 'success', payload: '{"labels":10}' });
    expect(Number(first?.data.durationMs)).toBeLessThan(1000);
  });
});
