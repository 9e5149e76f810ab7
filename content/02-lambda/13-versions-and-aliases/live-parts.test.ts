// The live parts carry the lesson's argument: each must show what the text around it says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';
import type { VersionStep } from '../../../ui/live/versions/versions-setup';

const call = (qualifier: string): VersionStep => ({ do: 'invoke', qualifier });
const point = (version: string, other: string | null = null, weight = 0): VersionStep => ({ do: 'alias', version, other, weight });
const publish: VersionStep = { do: 'publish' };

describe('the live parts of the lesson on versions and aliases', () => {
  let parts: LessonParts;
  beforeAll(async () => {
    parts = await lessonParts(new URL('lesson.mdx', import.meta.url));
  });
  const take = (id: string, ...steps: VersionStep[]) => parts.takeSteps(id, ...steps);
  const said = (outcome: ReturnType<typeof take>) =>
    (outcome.answers?.versions ?? []).flatMap(({ version, answers }) =>
      answers.map(({ answer, times }) => `${version}: ${times} × ${answer}`),
    );

  it('fails a hundred times as $LATEST and answers as version 2 and 1', () => {
    expect(said(take('draft', call('$LATEST')))).toEqual(['$LATEST: 100 × zone is not defined']);
    expect(said(take('draft', call('2')))).toEqual(['2: 100 × {"cents":550}']);
    expect(said(take('draft', call('1')))).toEqual(['1: 100 × {"cents":490}']);
  });

  it('publishes half a line as version 3 and no version 4', () => {
    const { versions } = take('draft', publish, publish);
    expect(versions.map(({ version }) => version)).toEqual(['1', '2', '3']);
  });

  it('answers 550 as PROD whatever happens to the draft', () => {
    const other: VersionStep = { do: 'update', files: { 'postage.mjs': 'export const handler = async () => 0;' } };
    expect(said(take('draft', point('2'), other, call('PROD')))).toEqual(['2: 100 × {"cents":550}']);
  });

  it('tells as many customers as the text says that postage costs null, and none of them is an error', () => {
    const outcome = take('canary', call('PROD'));
    const told = /(\w+) of the customers were told/.exec(parts.text)?.[1];
    const words: Record<string, number> = {
      Six: 6,
      Seven: 7,
      Eight: 8,
      Nine: 9,
      Ten: 10,
      Eleven: 11,
      Twelve: 12,
      Thirteen: 13,
      Fourteen: 14,
      Fifteen: 15,
    };
    const canary = outcome.answers?.versions.find(({ version }) => version === '2');
    expect(canary).toEqual({
      version: '2',
      times: words[told ?? ''],
      answers: [{ answer: '{"cents":null}', times: canary?.times, failed: false }],
    });
  });

  it('refuses $LATEST in a pair', () => {
    const outcome = take('canary', point('1', '$LATEST', 0.1));
    expect(outcome.steps.at(-1)?.refused).toBe(true);
    expect(outcome.alias).toEqual({ version: '1', other: '2', weight: 0.1 });
  });

  it('reads null everywhere until the alias goes back, and 590 once the repair is published', () => {
    expect(said(take('your-turn', call('PROD')))).toEqual(['2: 100 × {"cents":null}']);
    expect(said(take('your-turn', point('1'), call('PROD')))).toEqual(['1: 100 × {"cents":690}']);
    const source = parts.versions('your-turn').files['postage.mjs'] ?? '';
    const repaired: VersionStep = { do: 'update', files: { 'postage.mjs': source.replaceAll('weight', 'grams').trim() } };
    const end = take('your-turn', point('1'), repaired, publish, point('1', '3', 0.1), call('PROD'), point('3'), call('PROD'));
    expect(said(end)).toEqual(['3: 100 × {"cents":590}']);
  });
});
