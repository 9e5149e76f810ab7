import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Grade } from '../../grading/grade';
import { gradeLab } from '../../grading/grade-lab';
import { createAws } from '../../sim/aws';
import { createSandboxFactory } from '../../sim/sandbox/factory';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import type { LabFiles } from '../lab';
import type { LoadedLab } from '../loaded-lab';
import { checks } from './checks';
import { hiddenChecks, hiddenScenarios } from './hidden';
import { scenarios } from './scenario';

const EDITABLE = ['template.yaml', 'src/charge.mjs'];
const HERE = new URL('./', import.meta.url);
const WASM = new URL('../../generated/sandbox/quickjs-metered.wasm', import.meta.url);

const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(path, HERE)), 'utf8');
const answerIn = (folder: string): LabFiles => Object.fromEntries(EDITABLE.map((path) => [path, textOf(`${folder}${path}`)]));
const mistakes = readdirSync(fileURLToPath(new URL('mistakes/', HERE)));

const lab: LoadedLab = {
  slug: 'idempotent-orders',
  version: 'test',
  title: 'Orders that are charged once',
  points: 100,
  editable: EDITABLE,
  starter: answerIn(''),
  scenarios,
  checks,
  hiddenScenarios,
  hiddenChecks,
  seeds: { visible: [1042, 7], hidden: [11, 2_718_281_828] },
};

describe('the lab idempotent-orders', () => {
  let sandboxes: SandboxFactory;
  beforeAll(async () => {
    sandboxes = await createSandboxFactory(readFileSync(fileURLToPath(WASM)));
  });
  const gradeOf = (files: LabFiles): Grade => gradeLab(lab, { files, createAws, sandboxes });
  const failedIn = (grade: Grade): string[] => grade.verdicts.filter((verdict) => !verdict.passed).map((verdict) => verdict.check);

  it('gives the starter no points, and each failed check says why in one line', () => {
    const grade = gradeOf(lab.starter);
    expect(grade.deployError).toBeUndefined();
    expect(grade.points).toBe(0);
    expect(grade.verdicts.map((verdict) => verdict.message).filter((message) => !/^Order A-\d+ .*\.$/.test(message))).toEqual([]);
  });

  it('gives the solution every point', () => {
    const grade = gradeOf(answerIn('solution/'));
    expect(failedIn(grade)).toEqual([]);
    expect([grade.points, grade.maxPoints]).toEqual([100, 100]);
  });

  it.each(mistakes)('fails exactly the declared checks for the mistake %s', (name) => {
    const declared = parse(textOf(`mistakes/${name}/mistake.yaml`)) as { fails: string[] };
    const grade = gradeOf(answerIn(`mistakes/${name}/`));
    expect(grade.deployError).toBeUndefined();
    expect(failedIn(grade).sort()).toEqual([...declared.fails].sort());
  });
});
