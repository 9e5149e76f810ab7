// One run of a lab: a fresh world, the learner's files deployed into it, a scenario played. The same on both sides.

import type { CreateAws, ServiceName } from '../sim/assemble';
import { deployStack, type Stack } from '../sim/cloudformation/deploy';
import type { Principal } from '../sim/kernel/call';
import type { Fact } from '../sim/kernel/fact';
import type { JsonObject } from '../sim/kernel/json';
import type { WorldLimits } from '../sim/kernel/limits';
import { createRandom, seedFor } from '../sim/kernel/random';
import type { CallRequest, World } from '../sim/kernel/world';
import { servicesNamedIn } from '../sim/load-aws';
import type { SandboxFactory } from '../sim/sandbox/sandbox';
import type { HostScript } from '../sim/services/internet/host';
import type { CallOptions, LabFiles, RunView, Scenario, Stage } from './lab';

/** A graded run is small; what needs more is a bug of the learner's code, and is told so. */
export const RUN_LIMITS: Partial<WorldLimits> = {
  factsMax: 20_000,
  callsMax: 200_000,
  agendaMax: 20_000,
  virtualMsMax: 7 * 24 * 3_600_000,
};

export interface LabRun {
  scenario: string;
  seed: number;
  facts: readonly Fact[];
  stack: Stack;
  startAtEpochMs: number;
}

/** A sentence for the learner: what could not be deployed, and the line in template.yaml. */
export interface DeployFailure {
  message: string;
  line: number | null;
}

export interface RunInput {
  slug: string;
  files: LabFiles;
  scenario: Scenario;
  seed: number;
  /** All services in a grader; in a page those that were loaded. The run uses what the files name. */
  createAws: CreateAws;
  sandboxes: SandboxFactory;
  /** Called with every fact as it happens, for a run that is watched. */
  onFact?: (fact: Fact) => void;
}

export function runLab(input: RunInput): { run: LabRun } | { failure: DeployFailure } {
  const hosts: Record<string, HostScript> = {};
  const world = input.createAws({
    services: servicesOf(input.files, [input.scenario]),
    sandboxes: input.sandboxes,
    seed: input.seed,
    hosts,
    limits: RUN_LIMITS,
    ...(input.onFact ? { onFact: input.onFact } : {}),
  });
  try {
    const template = input.files['template.yaml'];
    if (template === undefined) return { failure: { message: 'There is no template.yaml.', line: null } };
    const deployed = deployStack(world, { stackName: input.slug, template, files: input.files });
    if ('error' in deployed) return { failure: deployed.error };
    input.scenario.play(createStage(world, deployed.stack, hosts, input.seed));
    world.runUntilIdle();
    const { startAtEpochMs } = world;
    return { run: { scenario: input.scenario.id, seed: input.seed, facts: world.trace, stack: deployed.stack, startAtEpochMs } };
  } finally {
    world.dispose();
  }
}

/** What the files name, and what the scenarios bring. */
export function servicesOf(files: LabFiles, scenarios: readonly Scenario[]): ServiceName[] {
  return [...new Set([...servicesNamedIn(files), ...scenarios.flatMap(({ needs = [] }) => needs)])];
}

function arnIn(stack: Stack, logicalId: string): string {
  const resource = stack.resources.find((candidate) => candidate.logicalId === logicalId);
  if (!resource) throw new MissingResource(logicalId);
  return resource.arn;
}

/** The learner's template lacks a resource that the lab's scenario or check is about. */
export class MissingResource extends Error {
  constructor(readonly logicalId: string) {
    super(`The template has no resource named ${logicalId}.`);
  }
}

function createStage(world: World, stack: Stack, hosts: Record<string, HostScript>, seed: number): Stage {
  const random = createRandom(seedFor(seed, 'scenario'));
  const invokeFunction = (functionArn: string, invocationType: string, payload: object, atMs: number | undefined): void => {
    const input = { InvocationType: invocationType, Payload: JSON.stringify(payload) };
    world.schedule({ action: 'lambda:InvokeFunction', resource: functionArn, input }, atMs);
  };
  return {
    get now() {
      return world.now;
    },
    arnOf: (logicalId) => arnIn(stack, logicalId),
    has: (logicalId) => stack.resources.some((resource) => resource.logicalId === logicalId),
    random: () => random.next(),
    invokeAsync: (functionArn, payload, atMs) => invokeFunction(functionArn, 'Event', payload, atMs),
    invoke: (functionArn, payload, atMs) => invokeFunction(functionArn, 'RequestResponse', payload, atMs),
    failNext: (action, times, fault, atMs) => {
      world.schedule({ action: 'fis:InjectApiError', resource: action, input: { action, times, fault } }, atMs);
    },
    reclaimEnvironments: (functionArn, atMs) => {
      world.schedule({ action: 'lambda:ReclaimEnvironments', resource: functionArn, input: {} }, atMs);
    },
    call: (service, operation, input, options = {}) => {
      world.schedule(requestOf(world, service, operation, input, options), options.atMs);
    },
    ask: (service, operation, input, options = {}) => world.call(requestOf(world, service, operation, input, options)),
    deploy: (name, template, { account = world.home.account, region = world.home.region, files = {} } = {}) => {
      const deployed = deployStack(world, { stackName: name, template, files, place: { account, region } });
      if ('error' in deployed) throw new Error(`The scenario's own stack ${name}: ${deployed.error.message}`);
      return { arnOf: (logicalId) => arnIn(deployed.stack, logicalId) };
    },
    host: (address, script) => {
      hosts[address] = script;
    },
    runUntil: (atMs) => {
      world.runUntil(atMs);
    },
    runUntilIdle: () => {
      world.runUntilIdle();
    },
  };
}

function requestOf(world: World, service: string, operation: string, input: JsonObject, { as, region }: CallOptions): CallRequest {
  const principal = as === undefined ? undefined : callerOf(as);
  const where = { account: principal?.account ?? world.home.account, region: region ?? world.home.region };
  const route = world.route(service, operation, input, where);
  if (!route) throw new Error(`There is no operation ${operation} of ${service}.`);
  return { ...route, input, ...(principal ? { principal } : {}) };
}

function callerOf(as: string): Principal {
  const root = /^\d{12}$/.test(as) ? `arn:aws:iam::${as}:root` : as;
  const [, account = '', kind = ''] = /^arn:aws:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role)/.exec(root) ?? [];
  if (account === '') throw new Error(`A caller is an account number or the ARN of a user or role, unlike "${as}".`);
  return { type: kind === 'root' || kind === 'user' ? kind : 'role', id: root, account };
}

/** What checks read of a run. */
export function viewOf(run: LabRun): RunView {
  const byType = new Map<string, Fact[]>();
  for (const fact of run.facts) {
    const list = byType.get(fact.type);
    if (list) list.push(fact);
    else byType.set(fact.type, [fact]);
  }
  return {
    facts: run.facts,
    arnOf: (logicalId) => arnIn(run.stack, logicalId),
    has: (logicalId) => run.stack.resources.some((resource) => resource.logicalId === logicalId),
    ofType: (type) => byType.get(type) ?? [],
  };
}
