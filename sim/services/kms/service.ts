// AWS KMS, as far as encrypted queues and topics need it. https://docs.aws.amazon.com/kms/latest/APIReference/
// Simplified: symmetric encryption keys only, without grants, rotation or several Regions.
import { formatArn, parseArn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Fact } from '../../kernel/fact';
import type { JsonObject } from '../../kernel/json';
import type { Port, Route, Service, ServiceAction } from '../../kernel/service';
import { readSealed } from './ciphertext';
import { decrypt, encrypt, generateDataKey, generateDataKeyWithoutPlaintext } from './cryptography';
import { findKey, notFound } from './faults';
import { generateRandom, listKeyPolicies, listResourceTags, tagResource, untagResource, updateKeyDescription } from './key-details';
import { defaultKeyPolicy, managedKeyPolicy } from './key-policy';
import {
  cancelKeyDeletion,
  createAlias,
  createKey,
  deleteAlias,
  deleteKey,
  describeKey,
  disableKey,
  enableKey,
  getKeyPolicy,
  listAliases,
  listKeys,
  putKeyPolicy,
  scheduleKeyDeletion,
  updateAlias,
} from './keys';
import { aliasArn, arnOf, isAlias, type Key, type KmsState, keyArn } from './state';

const OPERATIONS: Record<string, ServiceAction<KmsState>> = {
  CancelKeyDeletion: cancelKeyDeletion,
  CreateAlias: createAlias,
  CreateKey: createKey,
  Decrypt: decrypt,
  DeleteAlias: deleteAlias,
  DescribeKey: describeKey,
  DisableKey: disableKey,
  EnableKey: enableKey,
  Encrypt: encrypt,
  GenerateRandom: generateRandom,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GetKeyPolicy: getKeyPolicy,
  ListAliases: listAliases,
  ListKeyPolicies: listKeyPolicies,
  ListKeys: listKeys,
  ListResourceTags: listResourceTags,
  PutKeyPolicy: putKeyPolicy,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAlias: updateAlias,
  UpdateKeyDescription: updateKeyDescription,
};

/** Services with a key of their own in every account, made when it is first used. */
const MANAGED: ReadonlySet<string> = new Set(['sns', 'sqs', 'lambda', 's3', 'dynamodb', 'kinesis']);

/** Steps of the world: requests that name a key by its alias, and the end of a waiting period. */
const STEPS: Record<string, ServiceAction<KmsState>> = {
  ...Object.fromEntries(Object.keys(OPERATIONS).map((operation) => [`UseAliasFor${operation}`, useAlias(operation)])),
  DeleteKey: deleteKey,
};

export function createKms(): Service<KmsState> {
  return {
    prefix: 'kms',
    initial: () => ({ keys: {}, aliases: {} }),
    actions: { ...OPERATIONS, ...STEPS },
    apply: applyKms,
    internal: new Set(Object.keys(STEPS)),
    route,
    conditionKeys: (state, { resource }) => {
      const tags = Object.entries(state.keys[resource]?.tags ?? {});
      return Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
    },
    resourcePolicy: (state, arn) => {
      const found = findKey(state, arn);
      if (!('fault' in found)) return JSON.parse(found.key.policy) as JsonObject;
      // Whoever may use keys hears that this one does not exist, rather than that its policy is silent.
      const parts = parseArn(arn);
      return parts?.resource.startsWith('key/') ? (JSON.parse(defaultKeyPolicy(parts)) as JsonObject) : null;
    },
  };
}

/** IAM decides on keys, never on aliases: a request that names an alias is first turned into one that names its key. */
function route(operation: string, input: JsonObject, where: { account: string; region: string }): Route | null {
  if (!OPERATIONS[operation]) return null;
  const action = `kms:${operation}` as const;
  if (operation.endsWith('Alias')) return { action, resource: aliasArn(where, String(input.AliasName ?? '')) };
  const sealed = operation === 'Decrypt' && input.KeyId === undefined ? readSealed(String(input.CiphertextBlob ?? '')) : null;
  if (sealed) return { action, resource: sealed.key };
  // Without a key there is no key policy to ask: the identity's own policies decide.
  if (input.KeyId === undefined || operation === 'ListAliases') {
    return { action, resource: formatArn({ service: 'kms', ...where, resource: '*' }) };
  }
  const resource = arnOf(String(input.KeyId), where);
  return isAlias(resource) ? { action: `kms:UseAliasFor${operation}`, resource } : { action, resource };
}

/** The world's own step: makes the same call on the key, by the same caller. */
function useAlias(operation: string): ServiceAction<KmsState> {
  return (state: Readonly<KmsState>, call: ApiCall, port: Port): Reply => {
    ensureManagedKey(state, call.resource, port);
    const key = state.aliases[call.resource];
    if (!key) return notFound(call.resource);
    port.call({
      action: `kms:${operation}`,
      resource: key,
      input: { ...call.input, KeyId: key },
      principal: call.principal,
      origin: call.origin,
      ...(call.context ? { context: call.context } : {}),
      ...(call.replyTo ? { replyTo: call.replyTo } : {}),
    });
    return { later: true };
  };
}

function ensureManagedKey(state: Readonly<KmsState>, alias: string, port: Port): void {
  const service = /:alias\/aws\/([a-z0-9]+)$/.exec(alias)?.[1];
  if (!service || !MANAGED.has(service) || state.aliases[alias]) return;
  const keyId = port.uuid();
  const arn = keyArn(port, keyId);
  const description = `Default key that protects my ${service.toUpperCase()} data when no other key is defined`;
  port.emit('kms:KeyCreated', arn, { keyId, description, policy: managedKeyPolicy(service, port), tags: {}, managedFor: service });
  port.emit('kms:AliasSet', alias, { keyArn: arn });
}

function applyKms(state: KmsState, fact: Fact): void {
  const { data, resource } = fact;
  const key = state.keys[resource];
  switch (fact.type) {
    case 'kms:KeyCreated':
      state.keys[resource] = {
        arn: resource,
        keyId: data.keyId as string,
        managedFor: data.managedFor as string | null,
        description: data.description as string,
        state: 'Enabled',
        createdAt: fact.at,
        policy: data.policy as string,
        tags: { ...(data.tags as Record<string, string>) },
        deletionAt: null,
      };
      break;
    case 'kms:KeyStateChanged':
      if (!key) break;
      key.state = data.state as Key['state'];
      key.deletionAt = data.deletionAt as number | null;
      break;
    case 'kms:KeyPolicyPut':
      if (key) key.policy = data.policy as string;
      break;
    case 'kms:KeyTagged':
      if (key) key.tags = { ...(data.tags as Record<string, string>) };
      break;
    case 'kms:KeyDescribed':
      if (key) key.description = data.description as string;
      break;
    case 'kms:KeyDeleted':
      delete state.keys[resource];
      for (const [alias, target] of Object.entries(state.aliases)) if (target === resource) delete state.aliases[alias];
      break;
    case 'kms:AliasSet':
      state.aliases[resource] = data.keyArn as string;
      break;
    case 'kms:AliasDeleted':
      delete state.aliases[resource];
      break;
  }
}
