// Long-term credentials of users. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { Arguments } from './arguments';
import { limitExceeded, noSuchEntity, noSuchIdentity } from './faults';
import { mustNameUser, ownUserName } from './identities';
import { DONE, type IamAction, type Operation, type Operations } from './operation';
import { type AccessKey, findIdentity, type IamState, type Identity } from './state';
import { accessKeyId, secretAccessKey } from './unique-id';
import { accessKeyView, pageOf } from './views';

/** IAM quota. */
const KEYS_MAX = 2;

/** Without UserName the operations are about the caller's own keys. */
function ofUser(perform: (user: Identity, args: Arguments, ...rest: Parameters<IamAction>) => Reply): Operation {
  return {
    on: 'user',
    perform: (state, call, port) => {
      const name = (call.input.UserName as string | undefined) ?? ownUserName(call.principal);
      if (name === null) return mustNameUser();
      const user = findIdentity(state, 'user', port.account, name);
      return user ? perform(user, new Arguments(call.input), state, call, port) : noSuchIdentity('user', name);
    },
  };
}

function keysOf(state: Readonly<IamState>, user: Identity): AccessKey[] {
  return Object.values(state.accessKeys).filter((key) => key.account === user.account && key.userName === user.name);
}

function ofKey(perform: (key: AccessKey, args: Arguments, ...rest: Parameters<IamAction>) => Reply): Operation {
  return ofUser((user, args, state, call, port) => {
    const id = args.text('AccessKeyId', { min: 16, max: 128, pattern: '[\\w]+' });
    const fault = args.fault();
    if (fault) return fault;
    const key = keysOf(state, user).find((candidate) => candidate.id === id);
    return key ? perform(key, args, state, call, port) : noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  });
}

export const ACCESS_KEY_OPERATIONS: Operations = {
  CreateAccessKey: ofUser((user, _args, state, _call, port) => {
    if (keysOf(state, user).length >= KEYS_MAX) return limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_MAX}`);
    const secret = secretAccessKey(port);
    const owner = { account: user.account, userName: user.name };
    const accessKey: AccessKey = { id: accessKeyId(port), secret, ...owner, status: 'Active', createdAtEpochMs: port.epochMs };
    port.emit('iam:AccessKeyCreated', user.arn, { accessKey: accessKey as unknown as JsonObject });
    return { ok: { AccessKey: { ...accessKeyView(accessKey), SecretAccessKey: secret } } };
  }),
  ListAccessKeys: ofUser((user, _args, state, call) => ({
    ok: pageOf(call.input, 'AccessKeyMetadata', keysOf(state, user).map(accessKeyView)),
  })),
  UpdateAccessKey: ofKey((key, args, _state, call, port) => {
    const status = args.oneOf('Status', ['Active', 'Inactive']);
    const fault = args.fault();
    if (fault) return fault;
    port.emit('iam:AccessKeyUpdated', call.resource, { accessKeyId: key.id, status });
    return DONE;
  }),
  DeleteAccessKey: ofKey((key, _args, _state, call, port) => {
    port.emit('iam:AccessKeyDeleted', call.resource, { accessKeyId: key.id });
    return DONE;
  }),
  GetAccessKeyLastUsed: {
    on: 'any',
    perform: (state, call) => {
      const id = String(call.input.AccessKeyId ?? '');
      const key = Object.hasOwn(state.accessKeys, id) ? state.accessKeys[id] : undefined;
      if (!key) return noSuchEntity(`The Access Key with id ${id} cannot be found.`);
      // Simplified: every key reads as never used; IAM records service, Region and time of the last use.
      return { ok: { UserName: key.userName, AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } } };
    },
  },
};
