import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '@/sim/aws';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { testSandboxes } from '@/test/sandboxes';
import { simulateVersions } from './simulate-versions';
import { STEPS_MAX, stepsWith, type VersionStep, withSource } from './versions-setup';

const code = (cents: number) => ({ 'postage.mjs': `export const handler = async () => ({ cents: ${cents} });` });
const update = (cents: number): VersionStep => ({ do: 'update', files: code(cents) });
const publish: VersionStep = { do: 'publish' };
const point = (version: string, other: string | null = null, weight = 0): VersionStep => ({ do: 'alias', version, other, weight });
const call = (qualifier: string): VersionStep => ({ do: 'invoke', qualifier });

describe('a function with versions and an alias', () => {
  let sandboxes: SandboxFactory;
  beforeAll(async () => {
    sandboxes = await testSandboxes();
  });
  const take = (...steps: VersionStep[]) =>
    simulateVersions({ handler: 'postage.handler', alias: 'PROD', payload: '{}', times: 100, steps, seed: 7 }, sandboxes, createAws);
  const calls = (outcome: ReturnType<typeof take>) =>
    Object.fromEntries(outcome.answers?.versions.map((row) => [row.version, row.times]) ?? []);

  it('keeps what was published when the draft changes', () => {
    const outcome = take(update(490), publish, update(550), call('1'));
    expect(outcome.answers?.versions).toEqual([
      { version: '1', times: 100, answers: [{ answer: '{"cents":490}', times: 100, failed: false }] },
    ]);
    expect(outcome.latest).toEqual(code(550));
    expect(outcome.versions).toEqual([{ version: '1', files: code(490) }]);
  });

  it('makes no version when nothing has changed, and says which one there is', () => {
    const outcome = take(update(490), publish, publish);
    expect(outcome.versions.map(({ version }) => version)).toEqual(['1']);
    expect(outcome.steps.at(-1)?.said).toContain('Nothing has changed since version 1');
  });

  it('divides the calls of an alias by its weights, by chance', () => {
    const outcome = take(update(490), publish, update(550), publish, point('1', '2', 0.1), call('PROD'));
    const { 1: first = 0, 2: second = 0 } = calls(outcome);
    expect(first + second).toBe(100);
    expect(second).toBeGreaterThan(2);
    expect(second).toBeLessThan(22);
  });

  it('ends a split when the alias is pointed at one version', () => {
    const outcome = take(update(490), publish, update(550), publish, point('1', '2', 0.5), point('1'), call('PROD'));
    expect(calls(outcome)).toEqual({ 1: 100 });
    expect(outcome.alias).toEqual({ version: '1', other: null, weight: 0 });
  });

  it.each([
    ['the draft beside a version', point('1', '$LATEST', 0.5)],
    ['a version beside the draft', point('$LATEST', '1', 0.5)],
    ['the same version twice', point('1', '1', 0.5)],
    ['a version that is not there', point('9')],
  ])('says in the words of Lambda why an alias cannot hold %s', (_what, step) => {
    const outcome = take(update(490), publish, step);
    expect(outcome.steps.at(-1)?.refused).toBe(true);
    expect(outcome.steps.at(-1)?.said).toMatch(/\((InvalidParameterValue|Validation|ResourceNotFound)Exception\)$/);
    expect(outcome.alias).toBeNull();
  });

  it('counts failed answers under the version that failed', () => {
    const broken: VersionStep = {
      do: 'update',
      files: { 'postage.mjs': "export const handler = async () => { throw new Error('no weight'); };" },
    };
    const outcome = take(update(490), publish, broken, publish, point('2'), call('PROD'));
    expect(outcome.answers?.versions).toEqual([{ version: '2', times: 100, answers: [{ answer: 'no weight', times: 100, failed: true }] }]);
  });

  it('says once that an alias does not exist', () => {
    const outcome = take(update(490), call('PROD'));
    expect(outcome.steps.at(-1)).toMatchObject({ operation: 'Invoke', refused: true });
    expect(outcome.answers?.versions ?? []).toEqual([]);
  });
});

describe('the steps of a learner', () => {
  it('send what is written only when it has changed', () => {
    expect(withSource([update(490)], code(490))).toEqual([update(490)]);
    expect(withSource([update(490), publish], code(550))).toEqual([update(490), publish, update(550)]);
  });

  it('come to an end that says what to do', () => {
    const many = [update(490), ...Array.from({ length: STEPS_MAX }, () => publish)];
    expect(() => stepsWith(many, code(490), publish)).toThrow('Press Reset');
  });
});
