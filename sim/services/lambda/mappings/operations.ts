// The API of event source mappings: create, update, get, list, delete.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
import { parseArn } from '../../../kernel/arn';
import type { ApiCall, Reply } from '../../../kernel/call';
import type { Port } from '../../../kernel/service';
import { emitLambda } from '../facts';
import { conflict, functionNotFound, invalid } from '../function';
import type { LambdaState } from '../state';
import { parseTags } from '../tags';
import { settlingMs } from '../timing';
import { uuidOf } from './apply';
import { finishChange, inUse, isBusy, mappingArn, noMapping, type PendingChange } from './change';
import { checkSource, readConfiguration, viewOf } from './configuration';
import { codeOfTarget, targetArn } from './function-target';
import type { Mapping, MappingConfiguration } from './mapping';
import { checkQueue } from './source-check';

const PAGE_DEFAULT = 100;
const PAGE_MAX = 10_000;
const BATCH_SIZE_DEFAULT = 10;

export function createMapping(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkSource(input.EventSourceArn);
  if (refusal) return refusal;
  const eventSourceArn = input.EventSourceArn as string;
  const functionArn = targetArn(String(input.FunctionName ?? ''), port);
  if (!codeOfTarget(state, functionArn)) return invalid('Function does not exist');
  const tags = parseTags(input.Tags, {});
  if ('fault' in tags) return tags;
  const base: MappingConfiguration = {
    uuid: '',
    eventSourceArn,
    functionArn,
    batchSize: BATCH_SIZE_DEFAULT,
    windowMs: 0,
    patterns: [],
    reportsItemFailures: false,
    maximumConcurrency: null,
    kept: {},
    tags: tags.value,
  };
  const parsed = readConfiguration(base, input);
  if ('fault' in parsed) return parsed;
  const twin = Object.values(state.mappings).find((other) => other.eventSourceArn === eventSourceArn && other.functionArn === functionArn);
  if (twin) {
    const name = functionArn.split(':').slice(6).join(':');
    const text = `An event source mapping with SQS arn (" ${eventSourceArn} ") and function (" ${name} ") already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`;
    return conflict(text);
  }
  if (parseArn(eventSourceArn)?.region !== port.region) {
    return invalid(`The queue must be in the Region of the function, ${port.region}.`);
  }
  const change = {
    configuration: parsed.value,
    isEnabled: input.Enabled !== false,
    kind: 'create',
    replyTo: call.replyTo ?? null,
  } as const;
  checkQueue(state, change, 0, port);
  return { later: true };
}

export function updateMapping(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const mapping = state.mappings[uuidOf(call.resource)];
  if (!mapping) return noMapping();
  if (isBusy(mapping)) return inUse('update');
  const functionArn = input.FunctionName === undefined ? mapping.functionArn : targetArn(String(input.FunctionName), port);
  if (!codeOfTarget(state, functionArn))
    return input.FunctionName === undefined ? functionNotFound(mapping.functionArn) : invalid('Function does not exist');
  const parsed = readConfiguration({ ...configurationOf(mapping), functionArn }, input);
  if ('fault' in parsed) return parsed;
  const isEnabled = typeof input.Enabled === 'boolean' ? input.Enabled : mapping.status === 'Enabled';
  const change: PendingChange = { configuration: parsed.value, isEnabled, kind: 'update', replyTo: call.replyTo ?? null };
  // A mapping that is only switched off needs no queue: it may be gone.
  if (!isEnabled && functionArn === mapping.functionArn) return finishChange(state, change, port);
  checkQueue(state, change, 0, port);
  return { later: true };
}

function configurationOf(mapping: Mapping): MappingConfiguration {
  const { uuid, eventSourceArn, functionArn, batchSize, windowMs, patterns, reportsItemFailures, maximumConcurrency, kept, tags } = mapping;
  return { uuid, eventSourceArn, functionArn, batchSize, windowMs, patterns, reportsItemFailures, maximumConcurrency, kept, tags };
}

export function getMapping(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const mapping = state.mappings[uuidOf(call.resource)];
  return mapping ? { ok: viewOf(mapping, port) } : noMapping();
}

export function deleteMapping(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const mapping = state.mappings[uuidOf(call.resource)];
  if (!mapping) return noMapping();
  if (isBusy(mapping)) return inUse('delete');
  emitLambda(port, 'lambda:EventSourceMappingUpdated', mapping.arn, { status: 'Deleting' });
  port.call({ action: 'lambda:SettleMapping', resource: mapping.arn, input: {}, trace: null }, settlingMs(port));
  return { ok: viewOf(mapping, port) };
}

export function listMappings(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { EventSourceArn: source, FunctionName: name, Marker: marker, MaxItems: max } = call.input;
  const wanted = typeof name === 'string' ? targetArn(name, port) : null;
  if (wanted && !codeOfTarget(state, wanted)) return functionNotFound(wanted);
  const all = Object.values(state.mappings)
    .filter(({ arn }) => arn.startsWith(mappingArn('', port)))
    .filter(({ eventSourceArn, functionArn }) => (!source || eventSourceArn === source) && (!wanted || functionArn === wanted))
    .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
  const rest = typeof marker === 'string' ? all.filter(({ uuid }) => uuid > marker) : all;
  const page = rest.slice(0, Math.min(typeof max === 'number' ? max : PAGE_DEFAULT, PAGE_MAX));
  const next = rest.length > page.length ? page.at(-1)?.uuid : undefined;
  return { ok: { EventSourceMappings: page.map((mapping) => viewOf(mapping, port)), ...(next ? { NextMarker: next } : {}) } };
}
