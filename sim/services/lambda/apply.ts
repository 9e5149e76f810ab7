// The fold: what each fact of Lambda does to its functions, environments and queue.
import { parseArn } from '../../kernel/arn';
import type { Fact } from '../../kernel/fact';
import { countPlacement, newAccount, placeKey, SCALING_RATE } from './concurrency';
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
    const arn = parseArn(fact.resource);
    state.functions[fact.resource] = {
      ...configuration,
      arn: fact.resource,
      eventInvoke: DEFAULT_EVENT_INVOKE,
      eventInvokeModifiedAt: null,
      place: placeKey(arn?.region ?? '', arn?.account ?? ''),
      policy: null,
      reservedConcurrency: null,
      concurrency: 0,
      scaling: { tokens: SCALING_RATE.capacity, at: fact.at },
      requests: { tokens: 0, at: fact.at },
    };
  },
  'lambda:EventInvokeConfigPut': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (!fn) return;
    fn.eventInvoke = lambdaData(fact, 'lambda:EventInvokeConfigPut');
    fn.eventInvokeModifiedAt = fact.at;
  },
  'lambda:EventInvokeConfigDeleted': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (!fn) return;
    fn.eventInvoke = DEFAULT_EVENT_INVOKE;
    fn.eventInvokeModifiedAt = null;
  },
  'lambda:PermissionAdded': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (!fn) return;
    const { statement, revisionId } = lambdaData(fact, 'lambda:PermissionAdded');
    fn.policy = { statements: [...(fn.policy?.statements ?? []), statement], revisionId };
  },
  'lambda:PermissionRemoved': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (!fn) return;
    const { statementId, revisionId } = lambdaData(fact, 'lambda:PermissionRemoved');
    const statements = (fn.policy?.statements ?? []).filter(({ Sid }) => Sid !== statementId);
    fn.policy = statements.length > 0 ? { statements, revisionId } : null;
  },
  'lambda:FunctionConcurrencyPut': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (!fn) return;
    const { reservedConcurrency } = lambdaData(fact, 'lambda:FunctionConcurrencyPut');
    fn.reservedConcurrency = reservedConcurrency;
    // As many as the bucket holds: `tokensAt` cuts it to its capacity.
    fn.requests = { tokens: Number.MAX_SAFE_INTEGER, at: fact.at };
  },
  'lambda:FunctionConcurrencyDeleted': (state, fact) => {
    const fn = state.functions[fact.resource];
    if (fn) fn.reservedConcurrency = null;
  },
  'lambda:AccountConcurrencySet': (state, fact) => {
    const { place, concurrencyLimit } = lambdaData(fact, 'lambda:AccountConcurrencySet');
    state.accounts[place] = { ...(state.accounts[place] ?? newAccount()), concurrencyLimit };
  },
  'lambda:AttemptScheduled': (state, fact) => {
    const { requestId, reason } = lambdaData(fact, 'lambda:AttemptScheduled');
    const event = state.events[requestId];
    if (event && reason === 'throttle') event.throttles++;
  },
  'lambda:EventQueued': (state, fact) => {
    const event = lambdaData(fact, 'lambda:EventQueued');
    state.events[event.requestId] = { ...event, functionArn: fact.resource, queuedAt: fact.at, attempts: 0, throttles: 0 };
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
    const fn = state.functions[fact.resource];
    if (fn) countPlacement(state, fn, invocation.invocationType === 'RequestResponse', true, fact.at);
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
    const fn = state.functions[fact.resource];
    // A new environment was counted when it was made for this invocation.
    if (fn && !environment.invocation) countPlacement(state, fn, invocationType === 'RequestResponse', false, fact.at);
    environment.status = 'busy';
    environment.invocation = { requestId, invocationType, attempt, payload, replyTo };
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
    const fn = state.functions[fact.resource];
    if (fn) fn.concurrency--;
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
