// What a key carries besides its policy: description and tags. https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { base64 } from './ciphertext';
import { findKey, invalid } from './faults';
import { ownKey } from './keys';
import type { KmsState } from './state';

const TAGS_MAX = 50;
const RANDOM_BYTES_MAX = 1024;

export function tagResource(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = ownKey(state, call);
  if ('fault' in found) return found;
  const given = ((call.input.Tags ?? []) as JsonObject[]).map(({ TagKey, TagValue }): [string, string] => [
    String(TagKey),
    String(TagValue),
  ]);
  if (given.some(([key]) => /^aws:/i.test(key))) {
    return clientFault('TagException', 'User is not authorized to tag with aws: prefix, which is reserved for AWS use.');
  }
  const tags = { ...found.key.tags, ...Object.fromEntries(given) };
  if (Object.keys(tags).length > TAGS_MAX) return clientFault('LimitExceededException', `A key can have ${TAGS_MAX} tags at most.`);
  port.emit('kms:KeyTagged', found.key.arn, { tags });
  return { ok: {} };
}

export function untagResource(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = ownKey(state, call);
  if ('fault' in found) return found;
  const gone = (call.input.TagKeys ?? []) as Json[];
  const tags = Object.fromEntries(Object.entries(found.key.tags).filter(([key]) => !gone.includes(key)));
  port.emit('kms:KeyTagged', found.key.arn, { tags });
  return { ok: {} };
}

export function listResourceTags(state: Readonly<KmsState>, call: ApiCall): Reply {
  const found = findKey(state, call.resource);
  if ('fault' in found) return found;
  const Tags = Object.entries(found.key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  return { ok: { Tags, Truncated: false } };
}

export function updateKeyDescription(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = ownKey(state, call);
  if ('fault' in found) return found;
  port.emit('kms:KeyDescribed', found.key.arn, { description: String(call.input.Description ?? '') });
  return { ok: {} };
}

/** A key has one policy, and it is called default. */
export function listKeyPolicies(state: Readonly<KmsState>, call: ApiCall): Reply {
  const found = findKey(state, call.resource);
  return 'fault' in found ? found : { ok: { PolicyNames: ['default'], Truncated: false } };
}

export function generateRandom(_state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const length = Number(call.input.NumberOfBytes ?? 0);
  if (!Number.isInteger(length) || length < 1 || length > RANDOM_BYTES_MAX) {
    return invalid(`NumberOfBytes must be between 1 and ${RANDOM_BYTES_MAX}.`);
  }
  return { ok: { Plaintext: base64(Uint8Array.from({ length }, () => Math.floor(port.random() * 256))) } };
}
