// Functions made, changed, read and deleted. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { toMicroseconds } from '../../kernel/time';
import { abandon } from './async-queue';
import { placeKey } from './concurrency';
import { defaultSettings, parseSettings } from './configuration';
import { emitLambda } from './facts';
import { checkRevision, configurationOf, conflict, type FunctionConfiguration, functionNotFound, invalid, violation } from './function';
import { codeLocation, configurationView, listItem, PENDING_VIEW, stateView, UPDATE_IN_PROGRESS } from './function-view';
import { withLayers } from './layers';
import { reclaimStale } from './lifecycle';
import type { LambdaRuntime } from './live';
import { parsePackage } from './package';
import { pageOf } from './paging';
import { endProvisioning } from './provisioning';
import { aliasOf, codeAt, LATEST, locate, parseReference, qualifiedArn, versionOf } from './qualifier';
import { NETWORK_MS, refuseWhileBusy } from './readiness';
import type { FunctionState, LambdaState } from './state';
import { parseTags } from './tags';
import { publishFrom } from './versions';

export function createFunction(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const named = typeof input.FunctionName === 'string' ? parseReference(input.FunctionName, port) : null;
  if (!named || !/^[a-zA-Z0-9-_]{1,64}$/.test(named.name) || named.qualifier !== null) {
    return violation(
      input.FunctionName,
      'functionName',
      'Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+, up to 64 characters',
    );
  }
  if (state.functions[call.resource]) return conflict(`Function already exist: ${named.name}`);
  const settings = parseSettings(input, defaultSettings(named.name), port);
  if ('fault' in settings) return settings;
  const code = parsePackage((input.Code ?? {}) as JsonObject);
  if ('fault' in code) return code;
  const layered = withLayers(state, { ...settings.value, functionName: named.name, ...code.value }, call, port);
  if ('fault' in layered) return layered;
  const tags = parseTags(input.Tags, {});
  if ('fault' in tags) return tags;
  emitLambda(port, 'lambda:FunctionCreated', call.resource, {
    ...layered.value,
    tags: tags.value,
    revisionId: port.uuid(),
    modifiedEpochMs: port.epochMs,
    activeAt: toMicroseconds(port.now + runtime.creationMs + (settings.value.vpc ? NETWORK_MS : 0)),
  });
  const fn = state.functions[call.resource] as FunctionState;
  if (input.Publish !== true) return { ok: { ...configurationView(fn, null), ...PENDING_VIEW } };
  const version = publishFrom(fn, fn.description, port);
  return { ok: { ...configurationView(version, null), ...PENDING_VIEW } };
}

/** What stands in the way of an update: a function that is not ready, another update, another writer. */
function refuseUpdate(fn: FunctionState, input: JsonObject, port: Port): { fault: Fault } | null {
  const busy = refuseWhileBusy(fn, port);
  return busy ?? checkRevision(input.RevisionId, fn.revisionId);
}

export function updateFunctionCode(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  const refused = refuseUpdate(fn, call.input, port);
  if (refused) return refused;
  const code = parsePackage(call.input);
  if ('fault' in code) return code;
  const architecture = (call.input.Architectures as FunctionConfiguration['architecture'][] | undefined)?.[0] ?? fn.architecture;
  const changed = { ...configurationOf(fn), ...code.value, architecture };
  if (call.input.DryRun === true) return { ok: { ...configurationView({ ...fn, ...changed }, null), ...stateOf(fn, port) } };
  const updated = update(runtime, state, fn, 'code', changed, port);
  if (call.input.Publish !== true) return { ok: updatedView(updated, port) };
  const version = publishFrom(updated, updated.description, port);
  return { ok: { ...configurationView(version, version.version), ...stateOf(updated, port), ...UPDATE_IN_PROGRESS } };
}

export function updateFunctionConfiguration(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn } = located;
  const refused = refuseUpdate(fn, call.input, port);
  if (refused) return refused;
  const settings = parseSettings(call.input, configurationOf(fn), port);
  if ('fault' in settings) return settings;
  const layered = withLayers(state, settings.value, call, port);
  if ('fault' in layered) return layered;
  return { ok: updatedView(update(runtime, state, fn, 'configuration', layered.value, port), port) };
}

/** New environments run the new $LATEST; idle ones of the old end at once, busy ones after their invocation. */
function update(
  runtime: LambdaRuntime,
  state: Readonly<LambdaState>,
  fn: FunctionState,
  what: 'code' | 'configuration',
  changed: FunctionConfiguration,
  port: Port,
): FunctionState {
  const isMoved = changed.vpc !== null && changed.vpc !== fn.vpc;
  emitLambda(port, 'lambda:FunctionUpdated', fn.arn, {
    ...changed,
    what,
    revisionId: port.uuid(),
    modifiedEpochMs: port.epochMs,
    updatedAt: toMicroseconds(port.now + runtime.creationMs + (isMoved ? NETWORK_MS : 0)),
  });
  reclaimStale(runtime, state, fn.arn, port);
  return state.functions[fn.arn] as FunctionState;
}

function stateOf(fn: FunctionState, port: Port): JsonObject {
  return stateView(fn, { now: port.now, lastInvokedAt: fn.lastInvokedAt });
}

function updatedView(fn: FunctionState, port: Port): JsonObject {
  return { ...configurationView(fn, null), ...stateOf(fn, port), ...UPDATE_IN_PROGRESS };
}

/** The configuration behind a qualifier, as GetFunction and GetFunctionConfiguration show it. */
function readConfiguration(state: Readonly<LambdaState>, call: ApiCall, port: Port) {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn, qualifier } = located;
  const code = codeAt(fn, qualifier);
  if (!code) return functionNotFound(qualifiedArn(fn.arn, qualifier));
  const view = { ...configurationView(code, qualifier), ...stateView(code, { now: port.now, lastInvokedAt: fn.lastInvokedAt }) };
  return { fn, code, view: { ...view, RevisionId: aliasOf(fn, qualifier)?.revisionId ?? code.revisionId } };
}

export function getFunctionConfiguration(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const read = readConfiguration(state, call, port);
  return 'fault' in read ? read : { ok: read.view };
}

export function getFunction(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const read = readConfiguration(state, call, port);
  if ('fault' in read) return read;
  const { fn, code, view } = read;
  return {
    ok: {
      Configuration: view,
      Code: codeLocation(code),
      ...(Object.keys(fn.tags).length > 0 ? { Tags: fn.tags } : {}),
      ...(fn.reservedConcurrency === null ? {} : { Concurrency: { ReservedConcurrentExecutions: fn.reservedConcurrency } }),
    },
  };
}

export function listFunctions(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const place = placeKey(port.region, port.account);
  const functions = Object.values(state.functions).filter((fn) => fn.place === place);
  if (call.input.FunctionVersion === undefined)
    return pageOf(
      call.input,
      'Functions',
      functions.map((fn) => listItem(fn, null)),
    );
  const all = functions.flatMap((fn) => [listItem(fn, LATEST), ...Object.values(fn.versions).map((code) => listItem(code, code.version))]);
  return pageOf(call.input, 'Functions', all);
}

/** Deletes the function with all that belongs to it, or one version. Running invocations come to their end. LAM-VER-X08. */
export function deleteFunction(runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn, qualifier } = located;
  if (qualifier === LATEST) return invalid('$LATEST version cannot be deleted without deleting the function.');
  if (qualifier === null) {
    for (const event of Object.values(state.events)) if (event.functionArn === fn.arn) abandon(event, port);
    for (const each of Object.keys(fn.qualified)) endProvisioning(fn, each, port);
    emitLambda(port, 'lambda:FunctionDeleted', fn.arn, {});
  } else {
    if (aliasOf(fn, qualifier)) return invalid('Deletion of aliases is not currently supported.');
    // What is not there is deleted already.
    if (!versionOf(fn, qualifier)) return { ok: { StatusCode: 204 } };
    const users = Object.values(fn.aliases).filter(({ version, additional }) => version === qualifier || additional?.version === qualifier);
    if (users.length > 0) {
      return conflict(`Unable to delete version because the following aliases reference it: [${users.map(({ name }) => name).join(', ')}]`);
    }
    endProvisioning(fn, qualifier, port);
    emitLambda(port, 'lambda:VersionDeleted', fn.arn, { version: qualifier });
  }
  reclaimStale(runtime, state, fn.arn, port);
  return { ok: { StatusCode: 204 } };
}
