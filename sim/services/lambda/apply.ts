// The fold: what each fact of Lambda does to its functions, environments and queue.
import type { Fact } from '../../kernel/fact';
import { type Fold, FUNCTION_FOLDS } from './apply-functions';
import { countPlacement, newAccount } from './concurrency';
import { type LambdaFactType, lambdaData } from './facts';
import { applyMapping } from './mappings/apply';
import { versionOf } from './qualifier';
import type { Environment, FunctionState, LambdaState } from './state';

function environmentOf(state: LambdaState, fact: Fact): Environment | undefined {
  return state.environments[fact.data.environmentId as string];
}

/** The function that an environment counts for; null when it was deleted since, even if another has its name. */
function ownerOf(state: LambdaState, environment: Environment): FunctionState | null {
  const fn = state.functions[environment.functionArn];
  return fn && fn.functionId === environment.code.functionId ? fn : null;
}

type Given = Pick<Environment, 'environmentId' | 'logStream' | 'code' | 'invocation' | 'isProvisioned'>;

function addEnvironment(state: LambdaState, fact: Fact, given: Given): void {
  state.environments[given.environmentId] = {
    ...given,
    functionArn: fact.resource,
    status: 'creating',
    startedAt: fact.at,
    deadlineAt: fact.at,
    initDurationMs: null,
    lastUsedAt: fact.at,
  };
}

const FOLDS: Partial<Record<LambdaFactType, Fold>> = {
  ...FUNCTION_FOLDS,
  'lambda:FunctionRecursionConfigPut': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (fn) fn.recursiveLoop = lambdaData(fact, 'lambda:FunctionRecursionConfigPut').recursiveLoop;
  },
  'lambda:AccountConcurrencySet': (state, fact) => {
    const { place, concurrencyLimit } = lambdaData(fact, 'lambda:AccountConcurrencySet');
    state.accounts[place] = { ...(state.accounts[place] ?? newAccount()), concurrencyLimit };
  },
  'lambda:AttemptScheduled': (state, fact) => {
    const { requestId, reason } = lambdaData(fact, 'lambda:AttemptScheduled');
    const event = state.events[requestId];
    if (event && (reason === 'throttle' || reason === 'system-error')) event.throttles++;
  },
  'lambda:EventQueued': (state, fact) => {
    const event = lambdaData(fact, 'lambda:EventQueued');
    state.events[event.requestId] = { ...event, functionArn: fact.resource, queuedAt: fact.at, attempts: 0, throttles: 0 };
  },
  'lambda:EnvironmentCreated': (state, fact) => {
    const { environmentId, logStream, executedVersion, ...invocation } = lambdaData(fact, 'lambda:EnvironmentCreated');
    const fn = state.functions[fact.resource];
    const code = fn && versionOf(fn, executedVersion);
    if (!fn || !code) return;
    addEnvironment(state, fact, { environmentId, logStream, code, invocation, isProvisioned: false });
    countPlacement(state, fn, invocation.invocationType === 'RequestResponse', true, fact.at);
  },
  'lambda:EnvironmentProvisioned': (state, fact) => {
    const { environmentId, logStream, executedVersion } = lambdaData(fact, 'lambda:EnvironmentProvisioned');
    const fn = state.functions[fact.resource];
    const code = fn && versionOf(fn, executedVersion);
    if (code) addEnvironment(state, fact, { environmentId, logStream, code, invocation: null, isProvisioned: true });
  },
  'lambda:InitStarted': (state, fact) => {
    const environment = environmentOf(state, fact);
    if (!environment) return;
    environment.status = 'init';
    environment.startedAt = fact.at;
  },
  'lambda:InitEnded': (state, fact) => {
    const environment = environmentOf(state, fact);
    if (!environment) return;
    const { status, durationMs } = lambdaData(fact, 'lambda:InitEnded');
    environment.status = status === 'success' ? 'idle' : 'reset';
    environment.initDurationMs = status === 'success' ? durationMs : null;
  },
  'lambda:InvocationStarted': (state, fact) => {
    const environment = environmentOf(state, fact);
    if (!environment) return;
    const data = lambdaData(fact, 'lambda:InvocationStarted');
    const { requestId, invocationType, attempt, payload, replyTo, qualifier, deadlineAt } = data;
    const fn = ownerOf(state, environment);
    // A new environment was counted when it was made for this invocation.
    if (fn && !environment.invocation) {
      countPlacement(state, fn, invocationType === 'RequestResponse', false, fact.at);
      if (environment.isProvisioned) fn.provisionedInUse++;
    }
    if (fn) fn.lastInvokedAt = fact.at;
    environment.status = 'busy';
    environment.invocation = {
      ...{ requestId, invocationType, attempt, payload, replyTo, qualifier },
      ...(data.lineage ? { lineage: data.lineage } : {}),
      ...(data.wantsTail ? { wantsTail: data.wantsTail } : {}),
    };
    environment.startedAt = fact.at;
    environment.deadlineAt = deadlineAt;
    const event = state.events[requestId];
    if (event) {
      event.attempts = attempt;
      event.throttles = 0;
    }
  },
  'lambda:InvocationEnded': (state, fact) => {
    const environment = environmentOf(state, fact);
    if (!environment) return;
    const fn = ownerOf(state, environment);
    if (fn) {
      fn.concurrency--;
      if (environment.isProvisioned) fn.provisionedInUse--;
    }
    environment.status = 'idle';
    environment.invocation = null;
    environment.initDurationMs = null;
    environment.lastUsedAt = fact.at;
  },
  'lambda:EnvironmentReset': (state, fact) => {
    const environment = environmentOf(state, fact);
    if (environment) environment.status = 'reset';
  },
  'lambda:EnvironmentReclaimed': (state, fact) => {
    delete state.environments[fact.data.environmentId as string];
  },
  'lambda:EventProcessed': (state, fact) => {
    delete state.events[fact.data.requestId as string];
  },
  'lambda:EventDiscarded': (state, fact) => {
    delete state.events[fact.data.requestId as string];
  },
};

export function applyLambda(state: LambdaState, fact: Fact): void {
  const fold = FOLDS[fact.type as LambdaFactType];
  if (fold) fold(state, fact);
  else applyMapping(state, fact);
}
