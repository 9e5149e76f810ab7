// Tags of functions. https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { functionNotFound, invalid, type Parsed } from './function';
import { splitArn } from './qualifier';
import type { FunctionState, LambdaState } from './state';

const TAGS_MAX = 50;
const KEY_LENGTH_MAX = 128;
const VALUE_LENGTH_MAX = 256;

/** `given` over `base`. */
export function parseTags(given: unknown, base: Record<string, string>): Parsed<Record<string, string>> {
  const added = Object.entries((given ?? {}) as Record<string, string>);
  for (const [key, value] of added) {
    if (key.length < 1 || key.length > KEY_LENGTH_MAX) return invalid(`The tag key ${key} must have 1 to ${KEY_LENGTH_MAX} characters.`);
    if (String(value).length > VALUE_LENGTH_MAX)
      return invalid(`The value of tag ${key} must have at most ${VALUE_LENGTH_MAX} characters.`);
    if (key.toLowerCase().startsWith('aws:')) return invalid(`The tag key ${key} must not start with aws:, which is reserved.`);
  }
  const tags = { ...base, ...Object.fromEntries(added) };
  return Object.keys(tags).length > TAGS_MAX ? invalid('Number of tags exceeds resource tag limit.') : { value: tags };
}

function taggedFunction(state: Readonly<LambdaState>, call: ApiCall): { fn: FunctionState } | { fault: Fault } {
  const { functionArn, qualifier } = splitArn(call.resource);
  if (qualifier !== null) return invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  const fn = state.functions[functionArn];
  return fn ? { fn } : functionNotFound(functionArn);
}

export function tagResource(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = taggedFunction(state, call);
  if ('fault' in found) return found;
  if (Object.keys((call.input.Tags ?? {}) as object).length === 0) {
    return invalid('An error occurred and the request cannot be processed.');
  }
  const tags = parseTags(call.input.Tags, found.fn.tags);
  if ('fault' in tags) return tags;
  emitLambda(port, 'lambda:TagsSet', found.fn.arn, { tags: tags.value });
  return { ok: {} };
}

export function untagResource(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = taggedFunction(state, call);
  if ('fault' in found) return found;
  const removed = new Set((call.input.TagKeys ?? []) as string[]);
  const tags = Object.fromEntries(Object.entries(found.fn.tags).filter(([key]) => !removed.has(key)));
  emitLambda(port, 'lambda:TagsSet', found.fn.arn, { tags });
  return { ok: {} };
}

export function listTags(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const found = taggedFunction(state, call);
  return 'fault' in found ? found : { ok: { Tags: found.fn.tags } };
}
