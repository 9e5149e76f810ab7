import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { World } from '../../kernel/world';
import { createKms } from './service';

function createWorld(): World {
  return new World({
    services: [createKms()] as Service[],
    account: '111122223333',
    region: 'eu-west-1',
    seed: 1,
    startAtEpochMs: 1_793_613_600_000,
  });
}

function ask(world: World, operation: string, input: JsonObject = {}): JsonObject {
  const route = world.route('kms', operation, input);
  const answer = route && world.call({ ...route, input });
  if (!answer) throw new Error(`${operation} was not answered.`);
  return 'fault' in answer ? { code: answer.fault.code, message: answer.fault.message } : (answer.ok as JsonObject);
}

function createKey(world: World): { KeyId: string; Arn: string } {
  return ask(world, 'CreateKey', { Description: 'orders' }).KeyMetadata as unknown as { KeyId: string; Arn: string };
}

const ROOT_ONLY = (action: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: action, Resource: '*' }],
  });

describe('kms', () => {
  it('encrypts so that only the same context decrypts', () => {
    const world = createWorld();
    const { KeyId, Arn } = createKey(world);
    const sealed = ask(world, 'Encrypt', { KeyId, Plaintext: 'aGVsbG8=', EncryptionContext: { a: '1' } });
    expect(sealed.KeyId).toBe(Arn);
    const CiphertextBlob = String(sealed.CiphertextBlob);
    expect(ask(world, 'Decrypt', { CiphertextBlob, EncryptionContext: { a: '1' } })).toMatchObject({ Plaintext: 'aGVsbG8=', KeyId: Arn });
    expect(ask(world, 'Decrypt', { CiphertextBlob }).code).toBe('InvalidCiphertextException');
    expect(ask(world, 'Decrypt', { CiphertextBlob: 'AAAA', KeyId }).code).toBe('InvalidCiphertextException');
    const other = createKey(world).KeyId;
    expect(ask(world, 'Decrypt', { CiphertextBlob, KeyId: other, EncryptionContext: { a: '1' } }).code).toBe('IncorrectKeyException');
  });

  it('finds keys by alias, and makes the keys that AWS manages when they are first used', () => {
    const world = createWorld();
    const { KeyId, Arn } = createKey(world);
    expect(ask(world, 'CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId })).toEqual({});
    expect(ask(world, 'CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId }).code).toBe('AlreadyExistsException');
    expect((ask(world, 'DescribeKey', { KeyId: 'alias/orders' }).KeyMetadata as JsonObject).Arn).toBe(Arn);
    expect(ask(world, 'GenerateDataKey', { KeyId: 'alias/orders', KeySpec: 'AES_256' })).toMatchObject({ KeyId: Arn });
    expect(ask(world, 'DescribeKey', { KeyId: 'alias/other' })).toEqual({
      code: 'NotFoundException',
      message: 'Alias arn:aws:kms:eu-west-1:111122223333:alias/other is not found.',
    });
    const managed = ask(world, 'DescribeKey', { KeyId: 'alias/aws/sns' }).KeyMetadata as JsonObject;
    expect(managed).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
    expect(ask(world, 'PutKeyPolicy', { KeyId: String(managed.KeyId), Policy: ROOT_ONLY('kms:*') }).code).toBe('AccessDeniedException');
  });

  it.each<[string, string | undefined]>([
    [ROOT_ONLY('kms:*'), undefined],
    [ROOT_ONLY('kms:Decrypt'), 'MalformedPolicyDocumentException'],
    ['{', 'MalformedPolicyDocumentException'],
    ['{"Statement":[]}', 'MalformedPolicyDocumentException'],
  ])('judges the key policy %s', (Policy, code) => {
    const world = createWorld();
    const { KeyId, Arn } = createKey(world);
    expect(ask(world, 'PutKeyPolicy', { KeyId, Policy }).code).toBe(code);
    if (code === undefined) expect(world.resourcePolicy(Arn)).toEqual(JSON.parse(Policy));
  });

  it('does nothing with keys that are disabled or wait for their deletion', () => {
    const world = createWorld();
    const { KeyId, Arn } = createKey(world);
    ask(world, 'DisableKey', { KeyId });
    expect(ask(world, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).toEqual({
      code: 'DisabledException',
      message: `${Arn} is disabled.`,
    });
    ask(world, 'EnableKey', { KeyId });
    expect(ask(world, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 6 }).code).toBe('ValidationException');
    expect(ask(world, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })).toMatchObject({ KeyState: 'PendingDeletion' });
    expect(ask(world, 'Encrypt', { KeyId, Plaintext: 'aGVsbG8=' }).code).toBe('KMSInvalidStateException');
    ask(world, 'CancelKeyDeletion', { KeyId });
    ask(world, 'EnableKey', { KeyId });
    world.runUntil(8 * 86_400_000);
    expect((ask(world, 'DescribeKey', { KeyId }).KeyMetadata as JsonObject).KeyState).toBe('Enabled');
    ask(world, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    world.runUntil(world.now + 7 * 86_400_000);
    expect(ask(world, 'DescribeKey', { KeyId }).code).toBe('NotFoundException');
  });

  it('describes and tags keys', () => {
    const world = createWorld();
    const { KeyId } = createKey(world);
    const tag = (TagKey: string, TagValue: string): JsonObject => ({ TagKey, TagValue });
    expect(ask(world, 'TagResource', { KeyId, Tags: [tag('team', 'red'), tag('stage', 'test')] })).toEqual({});
    expect(ask(world, 'UntagResource', { KeyId, TagKeys: ['stage'] })).toEqual({});
    expect(ask(world, 'ListResourceTags', { KeyId })).toEqual({ Tags: [tag('team', 'red')], Truncated: false });
    expect(ask(world, 'TagResource', { KeyId, Tags: [tag('aws:team', 'red')] }).code).toBe('TagException');
    ask(world, 'UpdateKeyDescription', { KeyId, Description: 'bills' });
    expect(ask(world, 'DescribeKey', { KeyId }).KeyMetadata).toMatchObject({ Description: 'bills' });
    expect(ask(world, 'ListKeyPolicies', { KeyId })).toMatchObject({ PolicyNames: ['default'] });
    expect(String(ask(world, 'GenerateRandom', { NumberOfBytes: 3 }).Plaintext)).toHaveLength(4);
    expect(ask(world, 'GenerateRandom', {}).code).toBe('ValidationException');
  });
});
