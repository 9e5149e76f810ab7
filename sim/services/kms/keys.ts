// Keys and aliases: made, described, disabled, deleted. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { findKey, invalid, notFound, type Refusal } from './faults';
import { defaultKeyPolicy, keyPolicyProblem } from './key-policy';
import { aliasArn, arnOf, isAlias, type Key, type KmsState, keyArn } from './state';

const DAY_MS = 24 * 3_600_000;
const WINDOW_MIN = 7;
const WINDOW_MAX = 30;

export function createKey(_state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const { Description = '', Policy, KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT', Tags } = call.input;
  if (KeySpec !== 'SYMMETRIC_DEFAULT' || KeyUsage !== 'ENCRYPT_DECRYPT') {
    return clientFault(
      'UnsupportedOperationException',
      `This simulator has symmetric encryption keys only; ${KeySpec} for ${KeyUsage} is none.`,
    );
  }
  const bypass = call.input.BypassPolicyLockoutSafetyCheck === true;
  const problem = typeof Policy === 'string' ? keyPolicyProblem(Policy, bypass) : null;
  if (problem) return clientFault('MalformedPolicyDocumentException', problem);
  const keyId = port.uuid();
  const tags = Object.fromEntries(((Tags ?? []) as JsonObject[]).map(({ TagKey, TagValue }) => [String(TagKey), String(TagValue)]));
  const arn = keyArn(port, keyId);
  const policy = typeof Policy === 'string' ? Policy : defaultKeyPolicy(port);
  port.emit('kms:KeyCreated', arn, { keyId, description: String(Description), policy, tags, managedFor: null });
  return describeKeyAt(_state, arn, port);
}

function describeKeyAt(state: Readonly<KmsState>, arn: string, port: Port): Reply {
  const found = findKey(state, arn);
  return 'fault' in found ? found : { ok: { KeyMetadata: metadataOf(found.key, port) } };
}

export function describeKey(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  return describeKeyAt(state, call.resource, port);
}

function seconds(at: number, port: Port): number {
  return Math.floor(port.epochMs - port.now + at) / 1000;
}

function metadataOf(key: Key, port: Port): JsonObject {
  return {
    AWSAccountId: key.arn.split(':')[4] ?? '',
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: seconds(key.createdAt, port),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    ...(key.deletionAt === null ? {} : { DeletionDate: seconds(key.deletionAt, port) }),
    Origin: 'AWS_KMS',
    KeyManager: key.managedFor === null ? 'CUSTOMER' : 'AWS',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}

/** AWS managed keys belong to their service. */
export function ownKey(state: Readonly<KmsState>, call: ApiCall): { key: Key } | Refusal {
  const found = findKey(state, call.resource);
  if ('fault' in found || found.key.managedFor === null) return found;
  return clientFault(
    'AccessDeniedException',
    `User: ${call.principal.id} is not authorized to change the AWS managed key ${found.key.arn}.`,
  );
}

function changeState(from: readonly Key['state'][], to: Key['state']) {
  return (state: Readonly<KmsState>, call: ApiCall, port: Port): Reply => {
    const found = ownKey(state, call);
    if ('fault' in found) return found;
    const { key } = found;
    if (!from.includes(key.state))
      return clientFault('KMSInvalidStateException', `${key.arn} is ${key.state === 'PendingDeletion' ? 'pending deletion' : key.state}.`);
    if (key.state !== to) port.emit('kms:KeyStateChanged', key.arn, { state: to, deletionAt: null });
    return { ok: {} };
  };
}

export const enableKey = changeState(['Enabled', 'Disabled'], 'Enabled');
export const disableKey = changeState(['Enabled', 'Disabled'], 'Disabled');

export function cancelKeyDeletion(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const reply = changeState(['PendingDeletion'], 'Disabled')(state, call, port);
  if ('fault' in reply) return reply;
  port.cancel(`delete ${call.resource}`);
  return { ok: { KeyId: call.resource } };
}

export function scheduleKeyDeletion(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = ownKey(state, call);
  if ('fault' in found) return found;
  const { key } = found;
  if (key.state === 'PendingDeletion') return clientFault('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  const days = Number(call.input.PendingWindowInDays ?? WINDOW_MAX);
  if (!Number.isInteger(days) || days < WINDOW_MIN || days > WINDOW_MAX) {
    return invalid(`PendingWindowInDays must be between ${WINDOW_MIN} and ${WINDOW_MAX}.`);
  }
  const deletionAt = port.now + days * DAY_MS;
  port.emit('kms:KeyStateChanged', key.arn, { state: 'PendingDeletion', deletionAt });
  port.call({ action: 'kms:DeleteKey', resource: key.arn, input: {}, background: true, key: `delete ${key.arn}` }, days * DAY_MS);
  return { ok: { KeyId: key.arn, DeletionDate: seconds(deletionAt, port), KeyState: 'PendingDeletion', PendingWindowInDays: days } };
}

/** The world's own step, when the waiting period ends. */
export function deleteKey(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  if (state.keys[call.resource]?.state === 'PendingDeletion') port.emit('kms:KeyDeleted', call.resource, {});
  return { ok: {} };
}

export function getKeyPolicy(state: Readonly<KmsState>, call: ApiCall): Reply {
  const found = findKey(state, call.resource);
  return 'fault' in found ? found : { ok: { Policy: found.key.policy, PolicyName: 'default' } };
}

export function putKeyPolicy(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = ownKey(state, call);
  if ('fault' in found) return found;
  const policy = String(call.input.Policy ?? '');
  const problem = keyPolicyProblem(policy, call.input.BypassPolicyLockoutSafetyCheck === true);
  if (problem) return clientFault('MalformedPolicyDocumentException', problem);
  port.emit('kms:KeyPolicyPut', found.key.arn, { policy });
  return { ok: {} };
}

export function listKeys(state: Readonly<KmsState>, _call: ApiCall, port: Port): Reply {
  const here = keyArn(port, '');
  const keys = Object.values(state.keys).filter(({ arn }) => arn.startsWith(here));
  return { ok: { Keys: keys.map(({ arn, keyId }) => ({ KeyId: keyId, KeyArn: arn })), Truncated: false } };
}

export function listAliases(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const here = aliasArn(port, 'alias/');
  const wanted = typeof call.input.KeyId === 'string' ? arnOf(call.input.KeyId, port) : null;
  const aliases = Object.entries(state.aliases).filter(([arn, key]) => arn.startsWith(here) && (wanted === null || key === wanted));
  const rows = aliases.map(([arn, key]) => ({
    AliasName: arn.slice(arn.indexOf('alias/')),
    AliasArn: arn,
    TargetKeyId: state.keys[key]?.keyId ?? '',
  }));
  return { ok: { Aliases: rows, Truncated: false } };
}

/** The alias and the key that it is to name, or a refusal. */
function aliasAndTarget(state: Readonly<KmsState>, call: ApiCall, port: Port): { alias: string; key: Key } | Refusal {
  const name = String(call.input.AliasName ?? '');
  if (!/^alias\/[A-Za-z0-9/_-]+$/.test(name))
    return clientFault(
      'InvalidAliasNameException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (name.startsWith('alias/aws/')) return clientFault('NotAuthorizedException', '');
  const target = arnOf(String(call.input.TargetKeyId ?? ''), port);
  if (isAlias(target)) return invalid('Aliases must refer to keys. Not aliases');
  const found = findKey(state, target);
  return 'fault' in found ? found : { alias: aliasArn(port, name), key: found.key };
}

export function createAlias(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = aliasAndTarget(state, call, port);
  if ('fault' in found) return found;
  if (state.aliases[found.alias]) return clientFault('AlreadyExistsException', `An alias with the name ${found.alias} already exists`);
  port.emit('kms:AliasSet', found.alias, { keyArn: found.key.arn });
  return { ok: {} };
}

export function updateAlias(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = aliasAndTarget(state, call, port);
  if ('fault' in found) return found;
  if (!state.aliases[found.alias]) return notFound(found.alias);
  port.emit('kms:AliasSet', found.alias, { keyArn: found.key.arn });
  return { ok: {} };
}

export function deleteAlias(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const alias = aliasArn(port, String(call.input.AliasName ?? ''));
  if (!state.aliases[alias]) return notFound(alias);
  port.emit('kms:AliasDeleted', alias, {});
  return { ok: {} };
}
