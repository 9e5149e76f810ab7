// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '../../../sim/aws';
import { deployStack } from '../../../sim/cloudformation/deploy';
import { type LessonParts, lessonParts, ofType } from '../../../test/lesson-parts';
import { answersOf } from '../../../ui/timeline/answers';

describe('the live parts of the lesson on what Lambda is', () => {
  let lesson: LessonParts;
  let run: LessonParts['run'];
  beforeAll(async () => {
    lesson = await lessonParts(new URL('lesson.mdx', import.meta.url));
    run = lesson.run;
  });
  const answers = (...part: Parameters<LessonParts['run']>) =>
    answersOf(run(...part)).map(({ error, payload }) => error ?? JSON.parse(payload));

  it('answers three customers from one environment, with one init', () => {
    const facts = run('three-quotes');
    expect(ofType(facts, 'lambda:EnvironmentCreated')).toHaveLength(1);
    expect(ofType(facts, 'lambda:InitEnded')).toHaveLength(1);
    expect(answers('three-quotes')).toEqual([{ cents: 730 }, { cents: 730 }, { cents: 730 }]);
  });

  it('fails in init when handler and export disagree, and works once the export is renamed', () => {
    const ended = ofType(run('wrong-handler'), 'lambda:InvocationEnded')[0];
    expect(ended?.data).toMatchObject({ status: 'init-error', error: { errorType: 'Runtime.HandlerNotFound' } });
    const renamed = (source: string) => source.replace('export const handler', 'export const shipping');
    expect(answers('wrong-handler', ({ files }) => ({ files: { 'quote.mjs': renamed(files['quote.mjs'] ?? '') } }))).toEqual([
      { cents: 910 },
    ]);
  });

  it('shows a template that deploys', () => {
    const resource = /```yaml\n(Quote:[\s\S]*?)```/.exec(lesson.text)?.[1] ?? '';
    const template = `Transform: AWS::Serverless-2016-10-31\nResources:\n${resource.replace(/^/gm, '  ')}\n`;
    const code = lesson.props('three-quotes').files['quote.mjs'] ?? '';
    const deployed = deployStack(createAws(), { stackName: 'shop', template, files: { 'src/quote.mjs': code } });
    expect('stack' in deployed ? deployed.stack.resources.map(({ logicalId }) => logicalId) : deployed.error).toContain('Quote');
  });

  it('stops the interval between calls', () => {
    expect(answers('frozen-clock')).toEqual([{ ticks: 0 }, { ticks: 1 }, { ticks: 2 }]);
  });

  it('gives the answers that the exercise asks for once Austria and the surcharge are there', () => {
    expect(answers('austria')).toEqual(['Unhandled', 'Unhandled', 'Unhandled']);
    const solved = (source: string) =>
      source
        .replace('IT: 890', 'IT: 890, AT: 590')
        .replace('base + parcel.kilos * 120', 'base + parcel.kilos * 120 + (parcel.kilos >= 10 ? 500 : 0)');
    expect(answers('austria', ({ files }) => ({ files: { 'quote.mjs': solved(files['quote.mjs'] ?? '') } }))).toEqual([
      { cents: 830 },
      { cents: 2530 },
      'Unhandled',
    ]);
  });
});
