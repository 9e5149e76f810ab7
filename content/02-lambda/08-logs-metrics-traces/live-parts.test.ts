// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts, logOf, ofType } from '../../../test/lesson-parts';

describe('the live parts of the lesson on logs, metrics and traces', () => {
  let lesson: LessonParts;
  let run: LessonParts['run'];
  beforeAll(async () => {
    lesson = await lessonParts(new URL('lesson.mdx', import.meta.url));
    run = lesson.run;
  });
  const requestIdOf = (line: string | undefined) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(line ?? '')?.[0];

  it('bills init and duration together, and writes the five kinds of lines in order', () => {
    const log = logOf(run('two-reports'));
    const kinds = log.map((line) => /^(INIT_START|START|END|REPORT)/.exec(line)?.[0] ?? 'own');
    expect(kinds).toEqual(['INIT_START', 'START', 'own', 'END', 'REPORT', 'START', 'own', 'END', 'REPORT']);
    const numbers = /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms.*Init Duration: ([\d.]+) ms/.exec(log[4] ?? '');
    const [duration, billed, init] = (numbers ?? []).slice(1).map(Number);
    expect(duration).toBeGreaterThan(133);
    expect(duration).toBeLessThan(135);
    expect(billed).toBe(Math.ceil((duration ?? 0) + (init ?? 0)));
    expect(billed).toBeGreaterThan(220);
    expect(log[8]).not.toContain('Init Duration');
  });

  it('gives each of two simultaneous orders a stream of its own', () => {
    expect(
      ofType(
        run('two-reports', () => ({ everySeconds: 0 })),
        'logs:LogStreamCreated',
      ),
    ).toHaveLength(2);
  });

  it('tells the line but not the order, until the handler logs it', () => {
    const silent = logOf(run('one-of-five'));
    const error = silent.find((line) => line.includes('\tERROR\t'));
    expect(error).toContain('TypeError');
    expect(error).toContain('label.mjs:2');
    expect(silent.join('\n')).not.toContain('A-1105');
    const line = /^console\.log\(JSON\.stringify.*$/m.exec(lesson.text)?.[0] ?? '';
    const telling = logOf(
      run('one-of-five', ({ files }) => ({
        files: { 'label.mjs': (files['label.mjs'] ?? '').replace('const line =', `${line}\n  const line =`) },
      })),
    );
    const failed = requestIdOf(telling.find((entry) => entry.includes('\tERROR\t')));
    expect(telling.filter((entry) => entry.includes(failed ?? 'none') && entry.includes('orderId'))).toEqual([
      expect.stringContaining('{"orderId":"A-1105","hasAddress":false}'),
    ]);
  });

  it('writes the line of the first order into the second invocation, and into its own once it is awaited', () => {
    const idsOf = (log: string[]) =>
      [log.find((line) => line.includes('A-1111 charged')), log.find((line) => line.includes('A-1111 accepted'))].map(requestIdOf);
    const late = logOf(run('late-line'));
    const [charged, accepted] = idsOf(late);
    expect(charged).toBe(requestIdOf(late.find((line) => line.includes('A-1112 accepted'))));
    expect(charged).not.toBe(accepted);
    expect(late.join('\n')).not.toContain('A-1112 charged');
    const awaited = logOf(
      run('late-line', ({ files }) => ({
        files: { 'charge.mjs': (files['charge.mjs'] ?? '').replace('  charge(order)', '  await charge(order)') },
      })),
    );
    const [own, same] = idsOf(awaited);
    expect(own).toBe(same);
    expect(awaited.join('\n')).toContain('A-1112 charged');
  });
});
