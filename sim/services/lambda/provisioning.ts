// Environments made in advance: when they come, how many a minute, and when a configuration is READY or FAILED. LAM-CLD-X09.
// https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { emitLambda } from './facts';
import { countProvisioned, newLogStream, reclaimStale } from './lifecycle';
import type { LambdaRuntime } from './live';
import { provisionedFor, qualifierVersions, settingsAt } from './qualifier';
import type { Environment, FunctionState, FunctionVersion, LambdaState } from './state';
import { creationMs } from './timing';

/** LAM-CLD-X09: "after a minute or two". Simplified: always one minute; Lambda says one or two. */
const ALLOCATION_BEGINS_AFTER_MS: Ms = 60_000;

/** LAM-CLD-X09: 6,000 environments a minute for each function. */
const ENVIRONMENTS_PER_SECOND = 100;

/** What a broken static code gives as the reason. */
const INIT_FAILURE = 'FUNCTION_ERROR_INIT_FAILURE';

/** After a configuration or the version behind its alias has changed: what is too much ends now, what is missing comes later. */
export function planProvisioning({ arn }: FunctionState, port: Port): void {
  port.call({ action: 'lambda:ReleaseProvisioned', resource: arn, input: {} });
  port.call({ action: 'lambda:AllocateProvisioned', resource: arn, input: {}, key: `provision:${arn}` }, ALLOCATION_BEGINS_AFTER_MS);
}

/** Takes back what was provisioned for a qualifier, if anything was. */
export function endProvisioning(fn: FunctionState, qualifier: string, port: Port): void {
  if (!settingsAt(fn, qualifier).provisioned) return;
  emitLambda(port, 'lambda:ProvisionedConcurrencyDeleted', fn.arn, { qualifier });
  planProvisioning(fn, port);
}

export function releaseProvisioned(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  reclaimStale(runtime, state, call.resource, port);
  return { ok: {} };
}

export function allocateProvisioned(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const fn = state.functions[call.resource];
  if (!fn) return { ok: {} };
  let left = ENVIRONMENTS_PER_SECOND;
  for (const code of Object.values(fn.versions)) {
    if (hasFailed(fn, code.version)) continue;
    const missing = provisionedFor(fn, code.version) - countProvisioned(state, fn, code.version);
    for (let i = 0; i < missing && left > 0; i++, left--) addEnvironment(code, port);
  }
  // All of this second's are made: the rest comes in the next.
  if (left === 0) {
    port.call({ action: 'lambda:AllocateProvisioned', resource: fn.arn, input: {}, key: `provision:${fn.arn}` }, 1000);
  }
  settle(state, fn, port);
  return { ok: {} };
}

function hasFailed(fn: FunctionState, version: string): boolean {
  return Object.entries(fn.qualified).some(
    ([qualifier, { provisioned }]) => provisioned?.status === 'FAILED' && qualifierVersions(fn, qualifier).includes(version),
  );
}

function addEnvironment(code: FunctionVersion, port: Port): void {
  const environmentId = port.uuid();
  const logStream = newLogStream(code.version, port);
  emitLambda(port, 'lambda:EnvironmentProvisioned', code.arn, { environmentId, logStream, executedVersion: code.version });
  port.call({ action: 'lambda:StartInit', resource: code.arn, input: { environmentId } }, creationMs(port));
}

/** An environment is ready: the configurations that it completes are told so. */
export function settleProvisioning(state: Readonly<LambdaState>, code: FunctionVersion, port: Port): void {
  const fn = state.functions[code.arn];
  if (fn) settle(state, fn, port);
}

function settle(state: Readonly<LambdaState>, fn: FunctionState, port: Port): void {
  for (const [qualifier, { provisioned }] of Object.entries(fn.qualified)) {
    if (provisioned?.status !== 'IN_PROGRESS') continue;
    const isComplete = qualifierVersions(fn, qualifier).every(
      (version) => readyEnvironments(state, fn, version).length >= provisionedFor(fn, version),
    );
    if (isComplete) emitLambda(port, 'lambda:ProvisionedConcurrencySettled', fn.arn, { qualifier, status: 'READY', statusReason: null });
  }
}

/** Static code that fails before any traffic fails the whole configuration. */
export function failProvisioning(state: Readonly<LambdaState>, code: FunctionVersion, port: Port): void {
  const fn = state.functions[code.arn];
  for (const [qualifier, { provisioned }] of Object.entries(fn?.qualified ?? {})) {
    if (!fn || provisioned?.status !== 'IN_PROGRESS' || !qualifierVersions(fn, qualifier).includes(code.version)) continue;
    const failure = { qualifier, status: 'FAILED', statusReason: INIT_FAILURE } as const;
    emitLambda(port, 'lambda:ProvisionedConcurrencySettled', fn.arn, failure);
  }
}

/** Provisioned environments of a version whose static code has run. */
export function readyEnvironments(state: Readonly<LambdaState>, fn: FunctionState, version: string): Environment[] {
  return Object.values(state.environments).filter(
    ({ functionArn, isProvisioned, code, status }) =>
      isProvisioned && functionArn === fn.arn && code.version === version && status !== 'creating' && status !== 'init',
  );
}
