// How a function treats asynchronous events: retries, age, and where the outcome goes. LAM-INV-X12, LAM-INV-A5.
// https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { DEFAULT_EVENT_INVOKE, type EventInvokeConfig, invalid, notFound, type Parsed, wholeIn } from './function';
import { pageOf } from './paging';
import { codeAt, LATEST, type Located, locate, locateUnqualified, qualifiedArn, refuseUnknown, settingsAt, targetOf } from './qualifier';
import type { FunctionState, FunctionVersion, LambdaState } from './state';

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
  const isSet = {
    retries: base.isSet.retries || input.MaximumRetryAttempts !== undefined,
    age: base.isSet.age || input.MaximumEventAgeInSeconds !== undefined,
  };
  return { value: { maximumRetryAttempts: retries.value, maximumEventAgeMs: age.value * 1000, isSet, ...destinations } };
}

function parseDestination(fn: FunctionState, given: unknown, member: keyof typeof TARGETS): Parsed<Arn | null> {
  if (given === undefined || given === null || given === '') return { value: null };
  const arn = parseArn(String(given));
  if (!arn || !(TARGETS[member] as readonly string[]).includes(arn.service)) {
    const shown = (name: string) => (name === member ? `${name}(destination=${given})` : 'null');
    return invalid(
      `The provided destination config DestinationConfig(onSuccess=${shown('OnSuccess')}, onFailure=${shown('OnFailure')}) is invalid.`,
    );
  }
  if (given === fn.arn || String(given).startsWith(`${fn.arn}:`)) {
    return invalid("You can't specify the function as a destination for itself.");
  }
  if (arn.resource.endsWith('.fifo')) {
    return invalid(`The destination ARN ${given} is invalid: FIFO queues and topics cannot be destinations.`);
  }
  return { value: String(given) };
}

function output({ fn, qualifier }: Located, port: Port): JsonObject {
  const { eventInvoke, eventInvokeModifiedAt } = settingsAt(fn, qualifier);
  const { maximumRetryAttempts, maximumEventAgeMs, isSet, onSuccessArn, onFailureArn } = eventInvoke;
  return {
    LastModified: (port.epochMs - port.now + (eventInvokeModifiedAt ?? 0)) / 1000,
    FunctionArn: qualifiedArn(fn.arn, qualifier ?? LATEST),
    ...(isSet.retries ? { MaximumRetryAttempts: maximumRetryAttempts } : {}),
    ...(isSet.age ? { MaximumEventAgeInSeconds: maximumEventAgeMs / 1000 } : {}),
    DestinationConfig: {
      OnSuccess: onSuccessArn ? { Destination: onSuccessArn } : {},
      OnFailure: onFailureArn ? { Destination: onFailureArn } : {},
    },
  };
}

function hasNone({ fn, qualifier }: Located): { fault: Fault } {
  return notFound(`The function ${qualifiedArn(fn.arn, qualifier ?? LATEST)} doesn't have an EventInvokeConfig`);
}

function isConfigured({ fn, qualifier }: Located): boolean {
  return settingsAt(fn, qualifier).eventInvokeModifiedAt !== null;
}

const NO_FUNCTION = "The function doesn't exist.";

/** Put begins with the defaults, Update with what there is. */
function writing(isUpdate: boolean) {
  return (state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply => {
    const { input } = call;
    if (input.MaximumRetryAttempts === undefined && input.MaximumEventAgeInSeconds === undefined && input.DestinationConfig === undefined) {
      return invalid('You must specify at least one of error handling or destination setting.');
    }
    const found = locate(state, call);
    if ('fault' in found) return found.fault.code === 'ResourceNotFoundException' ? notFound(NO_FUNCTION) : found;
    if (refuseUnknown(found)) return notFound(NO_FUNCTION);
    if (isUpdate && !isConfigured(found)) return hasNone(found);
    const { fn, qualifier } = found;
    const parsed = parseEventInvokeConfig(fn, input, isUpdate ? settingsAt(fn, qualifier).eventInvoke : DEFAULT_EVENT_INVOKE);
    if ('fault' in parsed) return parsed;
    emitLambda(port, 'lambda:EventInvokeConfigPut', fn.arn, { ...parsed.value, qualifier });
    return { ok: output(found, port) };
  };
}

/** Destinations that a right call names, and the code whose role must reach them. Null for a call that is refused anyway. */
export function destinationsAskedFor(state: Readonly<LambdaState>, call: ApiCall): { code: FunctionVersion; arns: Arn[] } | null {
  const found = locate(state, call);
  if ('fault' in found) return null;
  const code = codeAt(found.fn, found.qualifier);
  const parsed = parseEventInvokeConfig(found.fn, call.input, DEFAULT_EVENT_INVOKE);
  if (!code || 'fault' in parsed) return null;
  const { onSuccessArn, onFailureArn } = parsed.value;
  return { code, arns: [onSuccessArn, onFailureArn].filter((arn) => arn !== null) };
}

export const putFunctionEventInvokeConfig = writing(false);
export const updateFunctionEventInvokeConfig = writing(true);

/** The settings that there are, or the refusal that there are none: for a function that is not there too. */
function findConfigured(state: Readonly<LambdaState>, call: ApiCall): Located | { fault: Fault } {
  const found = locate(state, call);
  if ('fault' in found) {
    const { functionArn, qualifier } = targetOf(call);
    if (found.fault.code !== 'ResourceNotFoundException') return found;
    return notFound(`The function ${qualifiedArn(functionArn, qualifier ?? LATEST)} doesn't have an EventInvokeConfig`);
  }
  return isConfigured(found) ? found : hasNone(found);
}

export function getFunctionEventInvokeConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = findConfigured(state, call);
  return 'fault' in found ? found : { ok: output(found, port) };
}

export function listFunctionEventInvokeConfigs(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located.fault.code === 'ResourceNotFoundException' ? notFound(NO_FUNCTION) : located;
  const { fn } = located;
  const configured = [null, ...Object.keys(fn.qualified)].map((qualifier) => ({ fn, qualifier })).filter(isConfigured);
  return pageOf(
    call.input,
    'FunctionEventInvokeConfigs',
    configured.map((each) => output(each, port)),
  );
}

export function deleteFunctionEventInvokeConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = findConfigured(state, call);
  if ('fault' in found) return found;
  emitLambda(port, 'lambda:EventInvokeConfigDeleted', found.fn.arn, { qualifier: found.qualifier });
  return { ok: {} };
}
