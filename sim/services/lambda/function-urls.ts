// Function URLs: an address of its own for a function or an alias. LAM-SEC-X13, LAM-VER-X12.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { conflict, type FunctionUrl, notFound, type Parsed, violation } from './function';
import { lambdaDate } from './function-view';
import { pageOf } from './paging';
import { aliasOf, isAliasName, LATEST, type Located, locate, locateUnqualified, qualifiedArn, settingsAt } from './qualifier';
import type { LambdaState } from './state';

const URL_ID_LENGTH = 32;
const URL_ID_DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

const NO_FUNCTION = 'Function does not exist';
const NO_URL = 'The resource you requested does not exist.';

export function urlOf(urlId: string, region: string): string {
  return `https://${urlId}.lambda-url.${region}.on.aws/`;
}

/** The function or alias, never a version by its number. */
function target(state: Readonly<LambdaState>, call: ApiCall, unknown: string): Located | { fault: Fault } {
  const located = locate(state, call);
  if ('fault' in located) return located.fault.code === 'ResourceNotFoundException' ? notFound(unknown) : located;
  const { fn, qualifier } = located;
  if (qualifier === null) return located;
  if (!isAliasName(qualifier)) {
    return violation(qualifier, 'qualifier', 'Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)');
  }
  return aliasOf(fn, qualifier) ? located : notFound(unknown);
}

function parseUrl(input: JsonObject, base: Pick<FunctionUrl, 'authType' | 'cors' | 'invokeMode'> | null) {
  const authType = input.AuthType ?? base?.authType ?? null;
  if (authType !== 'NONE' && authType !== 'AWS_IAM') {
    return violation(
      authType,
      'authType',
      authType === null ? 'Member must not be null' : 'Member must satisfy enum value set: [NONE, AWS_IAM]',
    );
  }
  const invokeMode = input.InvokeMode ?? base?.invokeMode ?? 'BUFFERED';
  if (invokeMode !== 'BUFFERED' && invokeMode !== 'RESPONSE_STREAM') {
    return violation(invokeMode, 'invokeMode', 'Member must satisfy enum value set: [RESPONSE_STREAM, BUFFERED]');
  }
  const cors = input.Cors === undefined ? (base?.cors ?? null) : (input.Cors as JsonObject | null);
  const parsed: Parsed<Pick<FunctionUrl, 'authType' | 'cors' | 'invokeMode'>> = {
    // An empty Cors ends it.
    value: { authType, invokeMode, cors: cors && Object.keys(cors).length > 0 ? cors : null },
  };
  return parsed;
}

/** Simplified: with RESPONSE_STREAM the answer comes as a whole too; AWS sends it in pieces. */
function view({ fn, qualifier }: Located, url: FunctionUrl): JsonObject {
  return {
    FunctionUrl: url.url,
    FunctionArn: qualifiedArn(fn.arn, qualifier),
    AuthType: url.authType,
    ...(url.cors ? { Cors: url.cors } : {}),
    CreationTime: lambdaDate(url.createdEpochMs),
    InvokeMode: url.invokeMode,
  };
}

function fullView(located: Located, url: FunctionUrl): JsonObject {
  return { ...view(located, url), LastModifiedTime: lambdaDate(url.modifiedEpochMs) };
}

export function createFunctionUrlConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = target(state, call, NO_FUNCTION);
  if ('fault' in found) return found;
  const parsed = parseUrl(call.input, null);
  if ('fault' in parsed) return parsed;
  const { fn, qualifier } = found;
  if (settingsAt(fn, qualifier).url) {
    return conflict(
      `Failed to create function url config for [functionArn = ${qualifiedArn(fn.arn, qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  }
  const urlId = Array.from({ length: URL_ID_LENGTH }, () => URL_ID_DIGITS.charAt(Math.floor(port.random() * URL_ID_DIGITS.length))).join(
    '',
  );
  const now = { createdEpochMs: port.epochMs, modifiedEpochMs: port.epochMs };
  const url: FunctionUrl = { urlId, url: urlOf(urlId, port.region), ...parsed.value, ...now };
  emitLambda(port, 'lambda:FunctionUrlCreated', fn.arn, { ...url, qualifier });
  return { ok: view(found, url) };
}

function findUrl(state: Readonly<LambdaState>, call: ApiCall): { found: Located; url: FunctionUrl } | { fault: Fault } {
  const found = target(state, call, NO_URL);
  if ('fault' in found) return found;
  const { url } = settingsAt(found.fn, found.qualifier);
  return url ? { found, url } : notFound(NO_URL);
}

export function updateFunctionUrlConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const known = findUrl(state, call);
  if ('fault' in known) return known;
  const parsed = parseUrl(call.input, known.url);
  if ('fault' in parsed) return parsed;
  const url: FunctionUrl = { ...known.url, ...parsed.value, modifiedEpochMs: port.epochMs };
  emitLambda(port, 'lambda:FunctionUrlUpdated', known.found.fn.arn, { ...url, qualifier: known.found.qualifier });
  return { ok: fullView(known.found, url) };
}

export function getFunctionUrlConfig(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const known = findUrl(state, call);
  return 'fault' in known ? known : { ok: fullView(known.found, known.url) };
}

export function deleteFunctionUrlConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const known = findUrl(state, call);
  if ('fault' in known) return known;
  const { fn, qualifier } = known.found;
  emitLambda(port, 'lambda:FunctionUrlDeleted', fn.arn, { qualifier, urlId: known.url.urlId });
  return { ok: {} };
}

export function listFunctionUrlConfigs(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const located = locateUnqualified(state, call);
  if ('fault' in located) return located.fault.code === 'ResourceNotFoundException' ? notFound(NO_FUNCTION) : located;
  const { fn } = located;
  const configs = [null, ...Object.keys(fn.qualified)].flatMap((qualifier) => {
    const { url } = settingsAt(fn, qualifier);
    return url && qualifier !== LATEST ? [fullView({ fn, qualifier }, url)] : [];
  });
  return pageOf(call.input, 'FunctionUrlConfigs', configs);
}
