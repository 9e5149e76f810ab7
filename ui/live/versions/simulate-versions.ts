// A function, its versions and its alias: every step of the learner in one fresh world, and what each came to.
// https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
import type { CreateAws, ServiceName } from '@/sim/assemble';
import { formatArn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { functionNameOf } from '../runtime-setup';
import {
  LATEST,
  type StepOutcome,
  splitText,
  type VersionAnswers,
  type VersionStep,
  type VersionsJob,
  type VersionsOutcome,
} from './versions-setup';

export const VERSION_SERVICES: readonly ServiceName[] = ['lambda', 'logs'];

const LIMITS: Partial<WorldLimits> = { factsMax: 100_000, callsMax: 100_000, agendaMax: 20_000, virtualMsMax: 2 * 24 * 3_600_000 };

/** Slow enough that one environment of each version serves all calls. */
const CALL_EVERY_MS = 1000;

export function simulateVersions(job: VersionsJob, sandboxes: SandboxFactory, createAws: CreateAws): VersionsOutcome {
  const world = createAws({ sandboxes, services: VERSION_SERVICES, seed: job.seed, limits: LIMITS });
  try {
    const outcome: VersionsOutcome = { versions: [], latest: {}, alias: null, steps: [], answers: null };
    for (const step of job.steps) {
      const from = world.trace.length;
      outcome.answers = null;
      outcome.steps.push(take(world, job, step, outcome));
      world.runUntilIdle();
      if (step.do !== 'invoke') continue;
      const versions = answersIn(world.trace.slice(from));
      outcome.answers = { qualifier: step.qualifier, times: job.times, versions };
    }
    return outcome;
  } finally {
    world.dispose();
  }
}

function take(world: World, job: VersionsJob, step: VersionStep, outcome: VersionsOutcome): StepOutcome {
  switch (step.do) {
    case 'update':
      return update(world, job, step.files, outcome);
    case 'publish':
      return publish(world, job, outcome);
    case 'alias':
      return point(world, job, step, outcome);
    case 'invoke':
      return invoke(world, job, step.qualifier);
  }
}

function update(world: World, job: VersionsJob, files: Record<string, string>, outcome: VersionsOutcome): StepOutcome {
  const isNew = outcome.steps.length === 0;
  const name = functionNameOf(job.handler);
  const Role = formatArn({ service: 'iam', region: '', account: world.home.account, resource: `role/${name}` });
  const operation = isNew ? 'CreateFunction' : 'UpdateFunctionCode';
  const input: JsonObject = isNew
    ? { FunctionName: name, Runtime: 'nodejs22.x', Handler: job.handler, Role, Code: { Files: files } }
    : { FunctionName: name, Files: files };
  const answer = ask(world, job, operation, input);
  if (typeof answer === 'string') return { operation, said: answer, refused: true };
  outcome.latest = files;
  return { operation, said: `${LATEST} holds the code as written. No version has changed.`, refused: false };
}

function publish(world: World, job: VersionsJob, outcome: VersionsOutcome): StepOutcome {
  const operation = 'PublishVersion';
  const answer = ask(world, job, operation, {});
  if (typeof answer === 'string') return { operation, said: answer, refused: true };
  const version = String(answer.Version);
  if (outcome.versions.some((published) => published.version === version)) {
    return {
      operation,
      said: `Nothing has changed since version ${version}, so Lambda answers with ${version} and makes no other.`,
      refused: false,
    };
  }
  outcome.versions.push({ version, files: outcome.latest });
  return { operation, said: `Version ${version} is what ${LATEST} was at this moment, for good.`, refused: false };
}

function point(world: World, job: VersionsJob, step: VersionStep & { do: 'alias' }, outcome: VersionsOutcome): StepOutcome {
  const { version, other, weight } = step;
  const operation = outcome.alias ? 'UpdateAlias' : 'CreateAlias';
  const AdditionalVersionWeights = other === null ? {} : { [other]: weight };
  const answer = ask(world, job, operation, { Name: job.alias, FunctionVersion: version, RoutingConfig: { AdditionalVersionWeights } });
  if (typeof answer === 'string') return { operation, said: answer, refused: true };
  outcome.alias = { version, other, weight };
  return { operation, said: `${job.alias} sends ${splitText(outcome.alias)}.`, refused: false };
}

function invoke(world: World, job: VersionsJob, qualifier: string): StepOutcome {
  const operation = 'Invoke';
  const resource = `${functionArn(world, job)}:${qualifier}`;
  const input = { InvocationType: 'RequestResponse', Payload: job.payload };
  // What cannot be called at all says so once.
  const first = world.call({ action: 'lambda:InvokeFunction', resource, input });
  if (first && 'fault' in first) return { operation, said: `${first.fault.message} (${first.fault.code})`, refused: true };
  for (let call = 1; call < job.times; call++) {
    world.schedule({ action: 'lambda:InvokeFunction', resource, input }, world.now + call * CALL_EVERY_MS);
  }
  return { operation, said: `${qualifier} was called ${job.times} times.`, refused: false };
}

/** What each version answered, and how often. */
function answersIn(facts: readonly Fact[]): VersionAnswers[] {
  const byVersion = new Map<string, VersionAnswers>();
  for (const { type, data } of facts) {
    if (type !== 'lambda:InvocationEnded') continue;
    const version = String(data.executedVersion);
    const row = byVersion.get(version) ?? { version, times: 0, answers: [] };
    byVersion.set(version, row);
    row.times += 1;
    const failed = data.status !== 'success';
    const answer = failed ? ((data.error as { errorMessage?: string } | null)?.errorMessage ?? String(data.status)) : String(data.payload);
    const known = row.answers.find((each) => each.answer === answer && each.failed === failed);
    if (known) known.times += 1;
    else row.answers.push({ answer, times: 1, failed });
  }
  return [...byVersion.values()].sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

function functionArn(world: World, job: VersionsJob): string {
  return formatArn({ service: 'lambda', ...world.home, resource: `function:${functionNameOf(job.handler)}` });
}

/** The answer, or the sentence in which Lambda refuses. */
function ask(world: World, job: VersionsJob, operation: string, input: JsonObject): JsonObject | string {
  const whole = { FunctionName: functionNameOf(job.handler), ...input };
  const answer = world.call({ action: `lambda:${operation}`, resource: functionArn(world, job), input: whole });
  if (!answer) throw new Error(`lambda:${operation} was never answered.`);
  return 'fault' in answer ? `${answer.fault.message} (${answer.fault.code})` : ((answer.ok ?? {}) as JsonObject);
}
