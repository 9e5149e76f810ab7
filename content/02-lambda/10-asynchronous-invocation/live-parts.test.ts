// The live parts carry the lesson's argument: each must show what the text around it says.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluate } from '@mdx-js/mdx';
import { createElement, Fragment } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../../sim/kernel/fact';
import { createSandboxFactory } from '../../../sim/sandbox/factory';
import type { SandboxFactory } from '../../../sim/sandbox/sandbox';
import { type LambdaRuntimeProps, type RuntimeJob, settingsOf } from '../../../ui/live/runtime-setup';
import { simulate } from '../../../ui/live/simulate';

const LESSON = fileURLToPath(new URL('lesson.mdx', import.meta.url));
const WASM = fileURLToPath(new URL('../../../generated/sandbox/quickjs-metered.wasm', import.meta.url));

/** The props that the lesson gives to each of its live parts, by id. */
async function livePartsOf(file: string): Promise<Map<string, LambdaRuntimeProps>> {
  const parts = new Map<string, LambdaRuntimeProps>();
  const note = (props: LambdaRuntimeProps) => {
    parts.set(props.id, props);
    return null;
  };
  const text = ({ children }: { children?: React.ReactNode }) => createElement(Fragment, null, children);
  const components = { LambdaRuntime: note, Predict: () => null, Question: () => null, Recall: text, Exam: text, Older: text, Term: text };
  const { default: Lesson } = await evaluate(readFileSync(file, 'utf8'), { ...runtime, remarkPlugins: [remarkFrontmatter, remarkGfm] });
  renderToStaticMarkup(createElement(Lesson, { components }));
  return parts;
}

describe('the live parts of the lesson on asynchronous invocation', () => {
  let parts: Map<string, LambdaRuntimeProps>;
  let sandboxes: SandboxFactory;
  beforeAll(async () => {
    parts = await livePartsOf(LESSON);
    sandboxes = await createSandboxFactory(readFileSync(WASM));
  });

  const run = (id: string, change: (job: RuntimeJob) => Partial<RuntimeJob> = () => ({})): readonly Fact[] => {
    const props = parts.get(id);
    if (!props) throw new Error(`The lesson has no live part ${id}.`);
    const { files, handler, event = {}, hosts = [], variables = {} } = props;
    const job: RuntimeJob = { ...settingsOf(props), files, handler, event, hosts, variables, seed: 1 };
    return simulate({ ...job, ...change(job) }, sandboxes);
  };
  const ofType = (facts: readonly Fact[], type: string): Fact[] => facts.filter((fact) => fact.type === type);
  const attempts = (facts: readonly Fact[]) =>
    ofType(facts, 'lambda:InvocationEnded').map((fact) => [fact.data.attempt, fact.data.status, Math.floor(fact.at / 60_000)]);
  const bookings = (facts: readonly Fact[]): Fact[] =>
    ofType(facts, 'internet:RequestReceived').filter((fact) => (fact.data.effect as { kind?: string } | null)?.kind === 'charged');

  it('charges on the third attempt, three minutes later, in one environment', () => {
    const facts = run('fails-twice');
    expect(attempts(facts)).toEqual([
      [1, 'error', 0],
      [2, 'error', 1],
      [3, 'success', 3],
    ]);
    expect(ofType(facts, 'lambda:EnvironmentCreated')).toHaveLength(1);
  });

  it('loses the order when the environment is reclaimed after attempt 2', () => {
    const facts = run('environment-gone');
    expect(attempts(facts).map(([, status]) => status)).toEqual(['error', 'error', 'error']);
    expect(ofType(facts, 'lambda:EnvironmentCreated')).toHaveLength(2);
    expect(ofType(facts, 'lambda:EventDiscarded').map((fact) => fact.data.condition)).toEqual(['RetriesExhausted']);
    expect(ofType(facts, 'sqs:MessageSent')).toEqual([]);
  });

  it('puts the unchanged event and the three attributes into the dead-letter queue', () => {
    const facts = run('dead-letter');
    const [letter, ...others] = ofType(facts, 'sqs:MessageSent');
    expect(others).toEqual([]);
    expect(letter?.data.body).toBe(JSON.stringify(parts.get('dead-letter')?.event));
    expect(letter?.data.attributes).toEqual({
      RequestID: { DataType: 'String', StringValue: ofType(facts, 'lambda:EventQueued')[0]?.data.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'A-1043 has no card' },
    });
    expect(Math.floor((letter?.at ?? 0) / 60_000)).toBe(3);
    const [atOnce] = ofType(
      run('dead-letter', () => ({ retries: 0 })),
      'sqs:MessageSent',
    );
    expect(Math.floor((atOnce?.at ?? -1) / 60_000)).toBe(0);
  });

  it('charges twice without a key, and once with the line that the text tells the learner to add', () => {
    const twice = run('double-charge');
    expect(attempts(twice).map(([, status]) => status)).toEqual(['timeout', 'success']);
    expect(bookings(twice)).toHaveLength(2);

    const line = /^'idempotency-key': .*$/m.exec(readFileSync(LESSON, 'utf8'))?.[0] ?? '';
    const once = run('double-charge', ({ files }) => ({
      files: Object.fromEntries(
        Object.entries(files).map(([path, code]) => [
          path,
          code.replace("'content-type': 'application/json',", (found) => `${found}\n${line}`),
        ]),
      ),
    }));
    expect(attempts(once).map(([, status]) => status)).toEqual(['timeout', 'success']);
    expect(bookings(once)).toHaveLength(1);
  });
});
