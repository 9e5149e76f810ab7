// Tags and resource-based policies of tables and streams.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalid, Refusal } from './refusal';
import type { DynamoDbState } from './state';
import { tableOf } from './table-names';

export function readTags(given: Json | undefined): Record<string, string> {
  const pairs = (given ?? []) as { Key: string; Value: string }[];
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

export function tagResource(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = tableOf(state, call, 'named');
  port.emit('dynamodb:TagsSet', table.arn, { tags: { ...table.tags, ...readTags(call.input.Tags) } });
  return { ok: {} };
}

export function untagResource(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = tableOf(state, call, 'named');
  const gone = new Set(call.input.TagKeys as string[]);
  port.emit('dynamodb:TagsSet', table.arn, { tags: Object.fromEntries(Object.entries(table.tags).filter(([key]) => !gone.has(key))) });
  return { ok: {} };
}

export function listTagsOfResource(state: Readonly<DynamoDbState>, call: ApiCall): Reply {
  const { tags } = tableOf(state, call, 'named');
  return { ok: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } };
}

/** Simplified: a table's policy; in AWS a stream may have one of its own. */
export function putResourcePolicy(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = tableOf(state, call, 'named');
  const revision = port.uuid();
  port.emit('dynamodb:ResourcePolicySet', table.arn, { policy: readPolicy(call.input.Policy), revision });
  return { ok: { RevisionId: revision } };
}

function readPolicy(text: Json | undefined): JsonObject {
  try {
    return JSON.parse(String(text)) as JsonObject;
  } catch {
    throw invalid('This resource-based policy contains invalid JSON.');
  }
}

export function getResourcePolicy(state: Readonly<DynamoDbState>, call: ApiCall): Reply {
  const { policy, policyRevision, arn } = tableOf(state, call, 'named');
  if (!policy) throw new Refusal('PolicyNotFoundException', `Resource-based policy not found for the provided ResourceArn: ${arn}`);
  return { ok: { Policy: JSON.stringify(policy), RevisionId: policyRevision } };
}

export function deleteResourcePolicy(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const { policyRevision, arn } = tableOf(state, call, 'named');
  port.emit('dynamodb:ResourcePolicySet', arn, { policy: null, revision: null });
  return { ok: policyRevision === null ? {} : { RevisionId: policyRevision } };
}
