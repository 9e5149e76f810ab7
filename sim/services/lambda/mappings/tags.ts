// Tags of event source mappings, through the same operations as those of functions.
// https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html
import type { ApiCall, Reply } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port, ServiceAction } from '../../../kernel/service';
import { emitLambda } from '../facts';
import type { LambdaState } from '../state';
import { parseTags } from '../tags';
import { uuidOf } from './apply';
import { noMapping } from './change';
import type { Mapping } from './mapping';

type TagAction = (mapping: Mapping, input: JsonObject, port: Port) => Reply;

const ACTIONS: Record<'TagResource' | 'UntagResource' | 'ListTags', TagAction> = {
  TagResource: (mapping, { Tags }, port) => {
    const tags = parseTags(Tags, mapping.tags);
    if ('fault' in tags) return tags;
    emitLambda(port, 'lambda:EventSourceMappingTagsSet', mapping.arn, { tags: tags.value });
    return { ok: {} };
  },
  UntagResource: (mapping, { TagKeys }, port) => {
    const removed = new Set((TagKeys ?? []) as string[]);
    const tags = Object.fromEntries(Object.entries(mapping.tags).filter(([key]) => !removed.has(key)));
    emitLambda(port, 'lambda:EventSourceMappingTagsSet', mapping.arn, { tags });
    return { ok: {} };
  },
  ListTags: (mapping) => ({ ok: { Tags: mapping.tags } }),
};

/** The action for mappings where the resource is one, else the given one. */
export function orOfMapping(operation: keyof typeof ACTIONS, otherwise: ServiceAction<LambdaState>): ServiceAction<LambdaState> {
  return (state, call: ApiCall, port) => {
    if (!call.resource.includes(':event-source-mapping:')) return otherwise(state, call, port);
    const mapping = state.mappings[uuidOf(call.resource)];
    return mapping ? ACTIONS[operation](mapping, call.input, port) : noMapping();
  };
}
