// Grades an answer to a lab: runs every scenario on every seed and lets the checks read the facts. Pure: same input, same grade.
import type { Check, CheckResult, LabFiles, Scenario } from '../labs/lab';
import type { LoadedLab, VisibleLab } from '../labs/loaded-lab';
import { type DeployFailure, type LabRun, MissingResource, type RunInput, runLab, viewOf } from '../labs/run-lab';
import type { CreateAws } from '../sim/assemble';
import { formatTrace } from '../sim/kernel/trace';
import type { SandboxFactory } from '../sim/sandbox/sandbox';
import type { Grade, Verdict } from './grade';
import { createTextHash, type TextHash } from './text-hash';

/** The lab itself is at fault: a check or a scenario threw. Never the learner's loss: the grader tries again or says so. */
export class LabFault extends Error {}

export interface GradeInput {
  files: LabFiles;
  /** All services in a grader; in a page those that were loaded. */
  createAws: CreateAws;
  sandboxes: SandboxFactory;
  /** The platform's own SHA-256, where it is faster. */
  createHash?: () => TextHash;
  /** Called after each run, for progress. */
  onRun?: (run: LabRun) => void;
}

/** One part of a lab: scenarios and the checks that judge them, on the same seeds. */
interface Part {
  scenarios: Scenario[];
  checks: Check[];
  seeds: number[];
  hidden: boolean;
}

/** The whole grade, hidden checks included. Only the server can call it: only the server has a LoadedLab. */
export function gradeLab(lab: LoadedLab, input: GradeInput): Grade {
  // First on a seed that the learner can run too, then on one that nobody outside knows, so that nothing can be learned by heart.
  const seeds = [...lab.seeds.visible.slice(0, 1), ...lab.seeds.hidden.slice(0, 1)];
  const visible: Part = { scenarios: lab.scenarios, checks: lab.checks, seeds, hidden: false };
  const hidden: Part = {
    scenarios: [...lab.scenarios, ...lab.hiddenScenarios],
    checks: lab.hiddenChecks,
    seeds: lab.seeds.hidden,
    hidden: true,
  };
  return grade(lab, input, [visible, hidden], [...new Set([...seeds, ...lab.seeds.hidden])]);
}

/** What the browser can say at once: the visible checks on the visible seeds. Worth nothing but advice. */
export function checkLab(lab: VisibleLab, input: GradeInput): Grade {
  const visible: Part = { scenarios: lab.scenarios, checks: lab.checks, seeds: lab.seeds.visible, hidden: false };
  return grade(lab, input, [visible], lab.seeds.visible);
}

/** Only what the learner may change comes from the answer. */
export function answerFiles(lab: Pick<VisibleLab, 'starter' | 'editable'>, answer: LabFiles): LabFiles {
  const files: LabFiles = { ...lab.starter };
  for (const path of lab.editable) {
    const text = answer[path];
    if (text !== undefined) files[path] = text;
  }
  return files;
}

function grade(lab: VisibleLab | LoadedLab, input: GradeInput, parts: Part[], seeds: number[]): Grade {
  const files = answerFiles(lab, input.files);
  const base = { lab: lab.slug, labVersion: lab.version, runtimeVersion: input.sandboxes.runtimeVersion, seeds };
  const runs = new Map<string, LabRun>();
  const hash = (input.createHash ?? createTextHash)();
  let failure: DeployFailure | null = null;
  const runOf = (scenario: Scenario, seed: number): LabRun | null => {
    const key = `${scenario.id} ${seed}`;
    const known = runs.get(key);
    if (known || failure) return known ?? null;
    const result = asLabFault(`scenario ${scenario.id}`, () =>
      playOrMissing({ slug: lab.slug, files, scenario, seed, createAws: input.createAws, sandboxes: input.sandboxes }),
    );
    if ('failure' in result) {
      failure = result.failure;
      return null;
    }
    runs.set(key, result.run);
    hash.update(formatTrace(result.run.facts));
    input.onRun?.(result.run);
    return result.run;
  };
  const verdicts: Verdict[] = [];
  for (const part of parts) {
    for (const check of part.checks) {
      const verdict = judge(check, part, runOf);
      if (verdict) verdicts.push(verdict);
    }
  }
  const maxPoints = parts.flatMap((part) => part.checks).reduce((sum, check) => sum + check.points, 0);
  const deployed = failure as DeployFailure | null;
  if (deployed) {
    const where = deployed.line === null ? '' : `template.yaml, line ${deployed.line}: `;
    const nothing = parts.flatMap((part) => part.checks.map((check) => undeployed(check, part)));
    return {
      ...base,
      points: 0,
      maxPoints,
      verdicts: nothing,
      traceHash: hash.hex(),
      deployError: `${where}${deployed.message}`,
    };
  }
  const points = verdicts.reduce((sum, verdict) => sum + verdict.points, 0);
  return { ...base, points, maxPoints, verdicts, traceHash: hash.hex() };
}

/** A scenario that asks for a resource that the template lacks is the template's failure. */
function playOrMissing(input: RunInput): ReturnType<typeof runLab> {
  try {
    return runLab(input);
  } catch (error) {
    if (error instanceof MissingResource) return { failure: { message: error.message, line: null } };
    throw error;
  }
}

function undeployed(check: Check, part: Part): Verdict {
  return {
    check: check.id,
    passed: false,
    message: 'Not judged: the template could not be deployed.',
    points: 0,
    maxPoints: check.points,
    hidden: part.hidden,
    scenario: check.scenarios[0] ?? '',
    seed: part.seeds[0] ?? 0,
    evidence: [],
  };
}

/** The first run in which the check fails decides; if none does, the first run speaks for all. Null when nothing could be deployed. */
function judge(check: Check, part: Part, runOf: (scenario: Scenario, seed: number) => LabRun | null): Verdict | null {
  let first: { run: LabRun; result: CheckResult } | null = null;
  let decisive: { run: LabRun; result: CheckResult } | null = null;
  for (const id of check.scenarios) {
    const scenario = part.scenarios.find((candidate) => candidate.id === id);
    if (!scenario) throw new LabFault(`The check ${check.id} names the scenario ${id}, which this lab does not have.`);
    for (const seed of part.seeds) {
      const run = runOf(scenario, seed);
      if (!run) return null;
      const result = asLabFault(`check ${check.id}`, () => judgeOrMissing(check, run));
      first ??= { run, result };
      if (!result.passed) decisive ??= { run, result };
    }
  }
  const decided = decisive ?? first;
  if (!decided) throw new LabFault(`The check ${check.id} judges no run.`);
  const { run, result } = decided;
  return {
    check: check.id,
    passed: result.passed,
    message: result.message,
    points: result.passed ? check.points : 0,
    maxPoints: check.points,
    hidden: part.hidden,
    scenario: run.scenario,
    seed: run.seed,
    evidence: part.hidden ? [] : result.evidence.map((fact) => fact.seq),
  };
}

function judgeOrMissing(check: Check, run: LabRun): CheckResult {
  try {
    return check.judge(viewOf(run));
  } catch (error) {
    if (error instanceof MissingResource) return { passed: false, message: error.message, evidence: [] };
    throw error;
  }
}

function asLabFault<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof LabFault) throw error;
    throw new LabFault(`The ${what} threw: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
