// Lambda's actions for event source mappings, and which resource each of them is about.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
import type { ApiCall, ConditionContext } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Route, Service } from '../../../kernel/service';
import type { LambdaState } from '../state';
import { uuidOf } from './apply';
import { endBatch, growMapping, putOffBatch, retryBatch } from './batch';
import { mappingArn } from './change';
import { endDelete } from './delete-messages';
import { targetArn } from './function-target';
import { createMapping, deleteMapping, getMapping, listMappings, updateMapping } from './operations';
import { pollSource, takeMessages } from './poll';
import { settleMapping } from './settle';
import { takeQueueCheck } from './source-check';

type Actions = Service<LambdaState>['actions'];

export const MAPPING_ACTIONS: Actions = {
  CreateEventSourceMapping: createMapping,
  UpdateEventSourceMapping: updateMapping,
  GetEventSourceMapping: getMapping,
  ListEventSourceMappings: listMappings,
  DeleteEventSourceMapping: deleteMapping,
};

/** What Lambda does by itself, each at its time. */
export const MAPPING_STEPS: Actions = {
  TakeQueueCheck: takeQueueCheck,
  SettleMapping: settleMapping,
  PollSource: pollSource,
  TakeMessages: takeMessages,
  EndBatch: endBatch,
  PutOffBatch: putOffBatch,
  RetryBatch: (_state, call, port) => retryBatch(call, port),
  GrowMapping: growMapping,
  EndDelete: (_state, call, port) => endDelete(call, port),
};

/** Creating and listing are about no single mapping: a policy allows them on `*`. Null for other operations. */
export function routeMapping(operation: string, input: JsonObject, where: { account: string; region: string }): Route | null {
  if (!Object.hasOwn(MAPPING_ACTIONS, operation)) return null;
  const uuid = typeof input.UUID === 'string' ? input.UUID : '*';
  return { action: `lambda:${operation}`, resource: mappingArn(uuid, where) };
}

/** `lambda:FunctionArn`: the function of the mapping. */
export function mappingConditionKeys(state: Readonly<LambdaState>, call: ApiCall): ConditionContext {
  if (!call.resource.includes(':event-source-mapping:')) return {};
  const [, , , region = '', account = ''] = call.resource.split(':');
  const name = call.input.FunctionName;
  const functionArn = typeof name === 'string' ? targetArn(name, { account, region }) : state.mappings[uuidOf(call.resource)]?.functionArn;
  return functionArn ? { 'lambda:FunctionArn': functionArn } : {};
}
