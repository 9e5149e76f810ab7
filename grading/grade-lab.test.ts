import { beforeAll, describe, expect, it } from 'vitest';
import type { Check, Scenario } from '../labs/lab';
import type { LoadedLab } from '../labs/loaded-lab';
import { createAws } from '../sim/aws';
import type { SandboxFactory } from '../sim/sandbox/sandbox';
import { testSandboxes } from '../test/sandboxes';
import { checkLab, gradeLab, LabFault } from './grade-lab';

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Greeter:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: greet.handler, Runtime: nodejs22.x }
`;
const GREETS = "export const handler = async ({ name }) => 'hello ' + name;";

/** Greets one guest whose name is drawn from the seed. */
const scenario: Scenario = {
  id: 'one-guest',
  title: 'One guest',
  play: (stage) => {
    stage.invokeAsync(stage.arnOf('Greeter'), { name: `guest ${Math.floor(stage.random() * 1000)}` });
    stage.runUntilIdle();
  },
};

const check = (id: string, points: number, judge?: Check['judge']): Check => ({
  id,
  points,
  scenarios: ['one-guest'],
  judge:
    judge ??
    ((run) => {
      const [queued] = run.ofType('lambda:EventQueued');
      const [ended] = run.ofType('lambda:InvocationEnded');
      const { name } = JSON.parse(String(queued?.data.payload ?? '{}'));
      const passed = ended?.data.payload === JSON.stringify(`hello ${name}`);
      return { passed, message: passed ? `${name} was greeted.` : `${name} got ${ended?.data.payload}.`, evidence: ended ? [ended] : [] };
    }),
});

const lab = (parts: Partial<LoadedLab> = {}): LoadedLab => ({
  slug: 'greeting',
  version: 'v1',
  title: 'Greeting',
  points: 10,
  editable: ['src/greet.mjs', 'template.yaml'],
  starter: {
    'template.yaml': TEMPLATE,
    'src/greet.mjs': "export const handler = async () => 'hello';",
    'src/locked.mjs': 'export const locked = true;',
  },
  scenarios: [scenario],
  checks: [check('guest-is-greeted', 4)],
  hiddenScenarios: [],
  hiddenChecks: [check('nobody-is-greeted-by-heart', 6)],
  seeds: { visible: [1, 2], hidden: [3, 4] },
  ...parts,
});

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

describe('grading a lab', () => {
  it('gives the points of every check that passes, and says so for each', () => {
    const grade = gradeLab(lab(), { files: { 'src/greet.mjs': GREETS }, createAws, sandboxes });
    expect(grade).toMatchObject({
      lab: 'greeting',
      labVersion: 'v1',
      runtimeVersion: sandboxes.runtimeVersion,
      points: 10,
      maxPoints: 10,
      seeds: [1, 3, 4],
    });
    expect(grade.verdicts.map(({ check: id, passed, hidden }) => [id, passed, hidden])).toEqual([
      ['guest-is-greeted', true, false],
      ['nobody-is-greeted-by-heart', true, true],
    ]);
  });

  it('gives the same grade and trace hash every time, and another hash for another answer', () => {
    const once = gradeLab(lab(), { files: { 'src/greet.mjs': GREETS }, createAws, sandboxes });
    expect(gradeLab(lab(), { files: { 'src/greet.mjs': GREETS }, createAws, sandboxes })).toEqual(once);
    expect(gradeLab(lab(), { files: {}, createAws, sandboxes }).traceHash).not.toBe(once.traceHash);
  });

  it('fails an answer learnt by heart: it holds on the visible seed only', () => {
    const visible = checkLab(lab(), { files: {}, createAws, sandboxes }).verdicts[0]?.message ?? '';
    const name = visible.slice(0, visible.indexOf(' got '));
    const byHeart = `export const handler = async () => 'hello ${name}';`;
    const grade = gradeLab(lab({ seeds: { visible: [1], hidden: [3, 4] } }), { files: { 'src/greet.mjs': byHeart }, createAws, sandboxes });
    expect(grade.points).toBe(0);
  });

  it('shows the facts of a visible check, never those of a hidden one', () => {
    const [visible, hidden] = gradeLab(lab(), { files: { 'src/greet.mjs': GREETS }, createAws, sandboxes }).verdicts;
    expect(visible?.evidence.length).toBe(1);
    expect(hidden?.evidence).toEqual([]);
  });

  it('takes only what the learner may change from the answer', () => {
    const uses = "import { locked } from './locked.mjs'; export const handler = async ({ name }) => (locked ? 'hello ' + name : 'no');";
    const grade = gradeLab(lab(), {
      files: { 'src/greet.mjs': uses, 'src/locked.mjs': 'export const locked = false;' },
      createAws,
      sandboxes,
    });
    expect(grade.points).toBe(10);
  });

  it('names file and line when the template cannot be deployed, and judges nothing', () => {
    const grade = gradeLab(lab(), { files: { 'template.yaml': TEMPLATE.replace('CodeUri: src/', 'Codeuri: src/') }, createAws, sandboxes });
    expect(grade.deployError).toMatch(/^template\.yaml, line 5: .*'Codeuri'/);
    expect(grade.points).toBe(0);
    expect(grade.verdicts.map(({ message }) => message)).toEqual(Array(2).fill('Not judged: the template could not be deployed.'));
  });

  it('says which resource the template lacks when a scenario asks for it', () => {
    const grade = gradeLab(lab(), { files: { 'template.yaml': TEMPLATE.replace('Greeter', 'Greter') }, createAws, sandboxes });
    expect(grade.deployError).toBe('The template has no resource named Greeter.');
  });

  it.each<[string, Partial<LoadedLab>]>([
    [
      'a check throws',
      {
        checks: [
          check('broken', 1, () => {
            throw new TypeError('oops');
          }),
        ],
      },
    ],
    [
      'a scenario throws',
      {
        scenarios: [
          {
            ...scenario,
            play: () => {
              throw new TypeError('oops');
            },
          },
        ],
      },
    ],
    ['a check names a scenario that is not there', { checks: [{ ...check('lost', 1), scenarios: ['nowhere'] }] }],
  ])("is the lab's fault, not the learner's, when %s", (_name, parts) => {
    expect(() => gradeLab(lab(parts), { files: {}, createAws, sandboxes })).toThrow(LabFault);
  });

  it('ends a program that never ends, within its limits', () => {
    const loops = 'export const handler = async () => { for (;;); };';
    expect(gradeLab(lab(), { files: { 'src/greet.mjs': loops }, createAws, sandboxes }).points).toBe(0);
  });
});
