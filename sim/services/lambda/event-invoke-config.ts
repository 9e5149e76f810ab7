// How a function treats asynchronous events: retries, age, and where the outcome goes. LAM-INV-X12, LAM-INV-A5.
// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { DEFAULT_EVENT_INVOKE, type EventInvokeConfig, functionNotFound, type Parsed, wholeIn } from './function';
import type { FunctionState, LambdaState } from './state';

/** LAM-INV-A5: S3 takes failures only. */
const TARGETS = { OnSuccess: ['sqs', 'sns', 'lambda', 'events'], OnFailure: ['sqs', 'sns', 'lambda', 'events', 's3'] } as const;

/** Members that are left out keep what `base` has: the default for Put, the present configuration for Update. */
function parseEventInvokeConfig(fn: FunctionState, input: JsonObject, base: EventInvokeConfig): Parsed<EventInvokeConfig> {
  const retries = wholeIn(input.MaximumRetryAttempts, 'maximumRetryAttempts', 0, 2, base.maximumRetryAttempts);
  if ('fault' in retries) return retries;
  const age = wholeIn(input.MaximumEventAgeInSeconds, 'maximumEventAgeInSeconds', 60, 21_600, base.maximumEventAgeMs / 1000);
  if ('fault' in age) return age;
  const given = input.DestinationConfig as { OnSuccess?: JsonObject; OnFailure?: JsonObject } | undefined;
  const destinations = { onSuccessArn: base.onSuccessArn, onFailureArn: base.onFailureArn };
  if (given) {
    const onSuccess = parseDestination(fn, given.OnSuccess?.Destination, 'OnSuccess');
    if ('fault' in onSuccess) return onSuccess;
    const onFailure = parseDestination(fn, given.OnFailure?.Destination, 'OnFailure');
    if ('fault' in onFailure) return onFailure;
    destinations.onSuccessArn = onSuccess.value;
    destinations.onFailureArn = onFailure.value;
  }
  return { value: { maximumRetryAttempts: retries.value, maximumEventAgeMs: age.value * 1000, ...destinations } };
}

function parseDestination(fn: FunctionState, given: unknown, member: keyof typeof TARGETS): Parsed<Arn | null> {
  if (given === undefined || given === null || given === '') return { value: null };
  const arn = parseArn(String(given));
  const refused = (message: string) => clientFault('InvalidParameterValueException', message, 400, { Type: 'User' });
  if (!arn || !(TARGETS[member] as readonly string[]).includes(arn.service)) {
    return refused(`The destination ARN ${given} is invalid for ${member}.`);
  }
  if (given === fn.arn || String(given).startsWith(`${fn.arn}:`)) {
    return refused("You can't specify the function as a destination for itself.");
  }
  if (arn.resource.endsWith('.fifo'))
    return refused(`The destination ARN ${given} is invalid: FIFO queues and topics cannot be destinations.`);
  return { value: String(given) };
}

/** Versions and aliases have none yet: only the function itself, unqualified or as $LATEST. */
function functionOf(state: Readonly<LambdaState>, call: ApiCall): { fn: FunctionState } | { fault: Fault } {
  const fn = state.functions[call.resource];
  const qualifier = call.input.Qualifier ?? '$LATEST';
  return fn && qualifier === '$LATEST'
    ? { fn }
    : functionNotFound(qualifier === '$LATEST' ? call.resource : `${call.resource}:${qualifier}`);
}

function output(fn: FunctionState, port: Port): JsonObject {
  const { maximumRetryAttempts, maximumEventAgeMs, onSuccessArn, onFailureArn } = fn.eventInvoke;
  return {
    LastModified: (port.epochMs - port.now + (fn.eventInvokeModifiedAt ?? 0)) / 1000,
    FunctionArn: `${fn.arn}:$LATEST`,
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeMs / 1000,
    DestinationConfig: {
      OnSuccess: onSuccessArn ? { Destination: onSuccessArn } : {},
      OnFailure: onFailureArn ? { Destination: onFailureArn } : {},
    },
  };
}

function hasNone(fn: FunctionState): { fault: Fault } {
  return clientFault('ResourceNotFoundException', `The function ${fn.arn}:$LATEST doesn't have an EventInvokeConfig`, 404, {
    Type: 'User',
  });
}

function writing(baseOf: (fn: FunctionState) => EventInvokeConfig | null) {
  return (state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply => {
    const found = functionOf(state, call);
    if ('fault' in found) return found;
    const base = baseOf(found.fn);
    if (!base) return hasNone(found.fn);
    const parsed = parseEventInvokeConfig(found.fn, call.input, base);
    if ('fault' in parsed) return parsed;
    emitLambda(port, 'lambda:EventInvokeConfigPut', call.resource, parsed.value);
    return { ok: output(found.fn, port) };
  };
}

export const putFunctionEventInvokeConfig = writing(() => DEFAULT_EVENT_INVOKE);
export const updateFunctionEventInvokeConfig = writing((fn) => (fn.eventInvokeModifiedAt === null ? null : fn.eventInvoke));

export function getFunctionEventInvokeConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = functionOf(state, call);
  if ('fault' in found) return found;
  return found.fn.eventInvokeModifiedAt === null ? hasNone(found.fn) : { ok: output(found.fn, port) };
}

export function listFunctionEventInvokeConfigs(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = functionOf(state, call);
  if ('fault' in found) return found;
  return { ok: { FunctionEventInvokeConfigs: found.fn.eventInvokeModifiedAt === null ? [] : [output(found.fn, port)] } };
}

export function deleteFunctionEventInvokeConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = functionOf(state, call);
  if ('fault' in found) return found;
  if (found.fn.eventInvokeModifiedAt === null) return hasNone(found.fn);
  emitLambda(port, 'lambda:EventInvokeConfigDeleted', call.resource, {});
  return { ok: {} };
}
