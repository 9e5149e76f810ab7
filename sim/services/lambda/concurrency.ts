// How many invocations may run at a time, how fast a function may grow, and how many requests a second it takes.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
import { clientFault, type Fault } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { emitLambda, type Throttle } from './facts';
import type { AccountState, FunctionState, FunctionVersion, Invocation, LambdaState } from './state';
import { type BucketRate, takeToken, tokensAt } from './token-bucket';

/** LAM-CLD-X05: 1,000 in a Region, of which 100 cannot be reserved. */
export const ACCOUNT_CONCURRENCY = 1000;
export const UNRESERVED_MIN = 100;

/** LAM-CLD-X07: each function may add 1,000 environments every 10 s, refilled continuously. */
export const SCALING_RATE: BucketRate = { capacity: 1000, perMs: 0.1 };

/** LAM-CLD-X06: ten synchronous requests a second for each unit of concurrency. */
const REQUESTS_PER_UNIT = 10;

/** The account in the Region of a function. */
export function placeKey(region: string, account: string): string {
  return `${region}:${account}`;
}

export function newAccount(): AccountState {
  return { concurrencyLimit: ACCOUNT_CONCURRENCY, requests: { tokens: ACCOUNT_CONCURRENCY * REQUESTS_PER_UNIT, at: 0 } };
}

export function accountOf(state: Readonly<LambdaState>, place: string): AccountState {
  return state.accounts[place] ?? newAccount();
}

function functionsOf(state: Readonly<LambdaState>, place: string): FunctionState[] {
  return Object.values(state.functions).filter((fn) => fn.place === place);
}

/** What was asked for on all of a function's versions and aliases: it is set aside from the moment it was asked for. */
export function provisionedConcurrency(fn: FunctionState): number {
  let sum = 0;
  for (const qualifier in fn.qualified) sum += fn.qualified[qualifier]?.provisioned?.requested ?? 0;
  return sum;
}

/** What functions without a reservation share. Provisioned concurrency counts inside a reservation, else against this. LAM-CLD-X08. */
export function unreservedConcurrency(state: Readonly<LambdaState>, place: string): { limit: number; inUse: number } {
  let limit = accountOf(state, place).concurrencyLimit;
  let inUse = 0;
  for (const fn of functionsOf(state, place)) {
    if (fn.reservedConcurrency === null) {
      inUse += fn.concurrency - fn.provisionedInUse;
      limit -= provisionedConcurrency(fn);
    } else limit -= fn.reservedConcurrency;
  }
  return { limit, inUse };
}

function requestRate(limit: number): BucketRate {
  return { capacity: limit * REQUESTS_PER_UNIT, perMs: (limit * REQUESTS_PER_UNIT) / 1000 };
}

/** In which environment an invocation would run: one that was provisioned needs nothing of what is shared. */
export type Placement = 'provisioned' | 'idle' | 'new';

function poolOf(state: Readonly<LambdaState>, fn: FunctionState): { limit: number; inUse: number } {
  const reserved = fn.reservedConcurrency;
  if (reserved === null) return unreservedConcurrency(state, fn.place);
  return { limit: reserved - provisionedConcurrency(fn), inUse: fn.concurrency - fn.provisionedInUse };
}

/** Null when the invocation may run now. */
export function throttleOf(
  state: Readonly<LambdaState>,
  fn: FunctionState,
  isSynchronous: boolean,
  placement: Placement,
  now: Ms,
): Throttle | null {
  const reserved = fn.reservedConcurrency;
  const pool = poolOf(state, fn);
  if (placement !== 'provisioned' && pool.inUse >= pool.limit) {
    return reserved === null
      ? { reason: 'ConcurrentInvocationLimitExceeded', limitName: 'account-concurrency', ...pool }
      : { reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', limitName: 'reserved-concurrency', ...pool };
  }
  const rateReason = reserved === null ? 'FunctionInvocationRateLimitExceeded' : 'ReservedFunctionInvocationRateLimitExceeded';
  const rate = requestRate(reserved ?? accountOf(state, fn.place).concurrencyLimit);
  const requests = reserved === null ? accountOf(state, fn.place).requests : fn.requests;
  if (isSynchronous && tokensAt(requests, rate, now) < 1) {
    return { reason: rateReason, limitName: 'request-rate', limit: rate.capacity, inUse: rate.capacity };
  }
  if (placement === 'new' && tokensAt(fn.scaling, SCALING_RATE, now) < 1) {
    return { reason: rateReason, limitName: 'scaling-rate', limit: SCALING_RATE.capacity, inUse: SCALING_RATE.capacity };
  }
  return null;
}

/** The fold of an invocation that got an environment. */
export function countPlacement(state: LambdaState, fn: FunctionState, isSynchronous: boolean, isNew: boolean, at: Ms): void {
  fn.concurrency++;
  if (isNew) takeToken(fn.scaling, SCALING_RATE, at);
  if (!isSynchronous) return;
  if (fn.reservedConcurrency !== null) {
    takeToken(fn.requests, requestRate(fn.reservedConcurrency), at);
    return;
  }
  const account = accountOf(state, fn.place);
  state.accounts[fn.place] = account;
  takeToken(account.requests, requestRate(account.concurrencyLimit), at);
}

/** The refusal as a fact. It counts in the metric Throttles and in no other. LAM-LOG-X09. */
export function emitThrottle(code: FunctionVersion, invocation: Invocation, throttle: Throttle, port: Port): void {
  const { requestId, invocationType, attempt, qualifier } = invocation;
  const about = { requestId, invocationType, attempt, qualifier, executedVersion: code.version };
  emitLambda(port, 'lambda:InvocationThrottled', code.arn, { ...about, ...throttle });
}

export function throttleFault({ reason }: Throttle): { fault: Fault } {
  return clientFault('TooManyRequestsException', 'Rate Exceeded.', 429, { Type: 'User', Reason: reason });
}
