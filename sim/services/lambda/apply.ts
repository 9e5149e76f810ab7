// The fold: what each fact of Lambda does to its functions, environments and queue.
import type { Fact } from '../../kernel/fact';
import { type LambdaFactType, lambdaData } from './facts';
import { DEFAULT_EVENT_INVOKE } from './function';
import type { Environment, LambdaState } from './state';

type Fold = (state: LambdaState, fact: Fact) => void;

function environmentOf(state: LambdaState, fact: Fact): Environment | undefined {
  return state.environments[fact.data.environmentId as string];
}

const FOLDS: Partial<Record<LambdaFactType, Fold>> = {
  'lambda:FunctionCreated': (state, fact) => {
    const configuration = lambdaData(fact, 'lambda:FunctionCreated');
    state.functions[fact.resource] = { ...configuration, arn: fact.resource, eventInvoke: DEFAULT_EVENT_INVOKE };
  },
  'lambda:EventInvokeConfigPut': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (fn) fn.eventInvoke = lambdaData(fact, 'lambda:EventInvokeConfigPut');
  },
  'lambda:EventQueued': (state, fact) => {
    const event = lambdaData(fact, 'lambda:EventQueued');
    state.events[event.requestId] = { ...event, functionArn: fact.resource, queuedAt: fact.at, attempts: 0 };
  },
  'lambda:EnvironmentCreated': (state, fact) => {
    const { environmentId, logStream, ...invocation } = lambdaData(fact, 'lambda:EnvironmentCreated');
    state.environments[environmentId] = {
      environmentId,
      functionArn: fact.resource,
      logStream,
      status: 'creating',
      invocation,
      startedAt: fact.at,
      deadlineAt: fact.at,
      initDurationMs: null,
      lastUsedAt: fact.at,
    };
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
    const { requestId, invocationType, attempt, payload, replyTo, deadlineAt } = lambdaData(fact, 'lambda:InvocationStarted');
    environment.status = 'busy';
    environment.invocation = { requestId, invocationType, attempt, payload, replyTo };
    environment.startedAt = fact.at;
    environment.deadlineAt = deadlineAt;
    const event = state.events[requestId];
    if (event) event.attempts = attempt;
  },
  'lambda:InvocationEnded': (state, fact) => {
    const environment = environmentOf(state, fact);
    if (!environment) return;
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
  FOLDS[fact.type as LambdaFactType]?.(state, fact);
}
