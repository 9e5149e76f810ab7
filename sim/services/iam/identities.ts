// Roles, users and groups: create, read, list, delete. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
import { formatArn } from '../../kernel/arn';
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { ARN, Arguments, DESCRIPTION, DOCUMENT, PATH } from './arguments';
import { alreadyExists, deleteConflict, limitExceeded, malformed, noSuchEntity } from './faults';
import { DONE, nameMember, nameRule, type Operation, type Operations, tagsAfter, withIdentity } from './operation';
import { validatePolicy } from './policy/validate';
import {
  findIdentity,
  groupsOf,
  type IamState,
  type Identity,
  type IdentityKind,
  identitiesOf,
  identityKey,
  managedDocument,
} from './state';
import { uniqueId } from './unique-id';
import { identityView, pageOf } from './views';

const ID_PREFIXES: Record<IdentityKind, string> = { role: 'AROA', user: 'AIDA', group: 'AGPA' };
const NOUNS: Record<IdentityKind, string> = { role: 'Role', user: 'User', group: 'Group' };
/** IAM quota: characters of a trust policy without white space. */
const TRUST_POLICY_MAX = 2048;
const HOUR_S = 3600;

function create(kind: IdentityKind): Operation {
  return {
    on: kind,
    perform: (state, call, port) => {
      const args = new Arguments(call.input);
      const name = args.text(nameMember(kind), nameRule(kind));
      const path = args.optionalText('Path', PATH) ?? '/';
      const isRole = kind === 'role';
      const trustPolicy = isRole ? args.text('AssumeRolePolicyDocument', DOCUMENT) : '';
      const description = isRole ? args.optionalText('Description', DESCRIPTION) : null;
      const maxSessionSeconds = isRole ? args.integer('MaxSessionDuration', { min: HOUR_S, max: 12 * HOUR_S, fallback: HOUR_S }) : 0;
      const boundary = args.optionalText('PermissionsBoundary', ARN);
      const tags = args.tags();
      const fault = args.fault();
      if (fault) return fault;
      if (findIdentity(state, kind, port.account, name)) return alreadyExists(`${NOUNS[kind]} with name ${name} already exists.`);
      const trustFault = isRole ? checkTrustPolicy(trustPolicy) : null;
      if (trustFault) return trustFault;
      if (boundary !== null && managedDocument(state, boundary) === null) {
        return noSuchEntity(`Scope ARN: ${boundary} does not exist or is not attachable.`);
      }
      const arn = formatArn({ service: 'iam', region: '', account: port.account, resource: `${kind}${path}${name}` });
      const id = uniqueId(port, ID_PREFIXES[kind]);
      const basics = { kind, account: port.account, name, path, id, arn, createdAtEpochMs: port.epochMs };
      const created: Identity = {
        ...basics,
        inline: [],
        attached: [],
        boundary,
        tags,
        trustPolicy,
        description,
        maxSessionSeconds,
        members: [],
      };
      const data = { identity: identityKey(kind, port.account, name), created: created as unknown as JsonObject };
      port.emit(`iam:${NOUNS[kind]}Created`, arn, data);
      return { ok: { [NOUNS[kind]]: identityView(created) } };
    },
  };
}

function checkTrustPolicy(document: string): Extract<Reply, { fault: unknown }> | null {
  const problem = validatePolicy(document, 'trust');
  if (problem) return malformed(problem);
  const size = document.replace(/\s/g, '').length;
  return size > TRUST_POLICY_MAX ? limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_MAX}`) : null;
}

export function emitOn(port: Port, type: `iam:${string}`, identity: Identity, data: JsonObject = {}): void {
  port.emit(type, identity.arn, { identity: identityKey(identity.kind, identity.account, identity.name), ...data });
}

function remove(kind: IdentityKind): Operation {
  return withIdentity(kind, (identity, _args, state, _call, port) => {
    if (identity.attached.length > 0) return deleteConflict('Cannot delete entity, must detach all policies first.');
    if (identity.inline.length > 0) return deleteConflict('Cannot delete entity, must delete policies first.');
    if (identity.members.length > 0) return deleteConflict('Cannot delete entity, must remove users from group first.');
    if (kind === 'user') {
      const keys = Object.values(state.accessKeys).filter((key) => key.account === identity.account && key.userName === identity.name);
      if (keys.length > 0) return deleteConflict('Cannot delete entity, must delete access keys first.');
      if (groupsOf(state, identity).length > 0) return deleteConflict('Cannot delete entity, must remove user from all groups first.');
    }
    emitOn(port, `iam:${NOUNS[kind]}Deleted`, identity);
    return DONE;
  });
}

function list(kind: IdentityKind): Operation {
  return {
    on: { list: kind },
    perform: (state, call, port) => {
      const prefix = String(call.input.PathPrefix ?? '/');
      const found = identitiesOf(state, kind, port.account).filter(({ path }) => path.startsWith(prefix));
      return {
        ok: pageOf(
          call.input,
          `${NOUNS[kind]}s`,
          found.map((identity) => identityView(identity, true)),
        ),
      };
    },
  };
}

function tagging(kind: 'role' | 'user'): Operations {
  return {
    [`Tag${NOUNS[kind]}`]: withIdentity(kind, (identity, args, _state, _call, port) => {
      const added = args.tags();
      const fault = args.fault();
      if (fault) return fault;
      emitOn(port, 'iam:IdentityTagged', identity, { tags: tagsAfter(identity.tags, added) });
      return DONE;
    }),
    [`Untag${NOUNS[kind]}`]: withIdentity(kind, (identity, args, _state, _call, port) => {
      const keys = args.texts('TagKeys');
      const tags = identity.tags.filter(({ Key }) => !keys.includes(Key)).map((tag): JsonObject => ({ ...tag }));
      emitOn(port, 'iam:IdentityTagged', identity, { tags });
      return DONE;
    }),
    [`List${NOUNS[kind]}Tags`]: withIdentity(kind, (identity, _args, _state, call) => ({
      ok: pageOf(
        call.input,
        'Tags',
        identity.tags.map((tag): JsonObject => ({ ...tag })),
      ),
    })),
  };
}

const updateRole = withIdentity('role', (role, args, _state, call, port) => {
  const description = call.input.Description === undefined ? role.description : args.optionalText('Description', DESCRIPTION);
  const maxSessionSeconds = args.integer('MaxSessionDuration', { min: HOUR_S, max: 12 * HOUR_S, fallback: role.maxSessionSeconds });
  const fault = args.fault();
  if (fault) return fault;
  emitOn(port, 'iam:RoleUpdated', role, { description, maxSessionSeconds });
  return DONE;
});

const updateTrustPolicy = withIdentity('role', (role, args, _state, _call, port) => {
  const document = args.text('PolicyDocument', DOCUMENT);
  const fault = args.fault() ?? checkTrustPolicy(document);
  if (fault) return fault;
  emitOn(port, 'iam:TrustPolicyUpdated', role, { document });
  return DONE;
});

/** Without a name: the user whose credentials make the call. */
const getUser: Operation = {
  on: 'user',
  perform: (state, call, port) => {
    if (call.input.UserName !== undefined) return readUser.perform(state, call, port);
    if (call.principal.type === 'root') {
      const { account, id } = call.principal;
      return { ok: { User: { UserId: account, Arn: id, Path: '/', UserName: '', CreateDate: '2020-01-01T00:00:00Z' } } };
    }
    const name = ownUserName(call.principal);
    if (name === null) return mustNameUser();
    return readUser.perform(state, { ...call, input: { UserName: name } }, port);
  },
};
const readUser = withIdentity('user', (user) => ({ ok: { User: identityView(user) } }));

export function ownUserName(principal: { type: string; id: string }): string | null {
  return principal.type === 'user' ? principal.id.slice(principal.id.lastIndexOf('/') + 1) : null;
}

export function mustNameUser(): Reply {
  const message = 'Must specify userName when calling with non-User credentials';
  return { fault: { code: 'ValidationError', message, status: 400, side: 'client' } };
}

function membership(type: 'iam:UserAddedToGroup' | 'iam:UserRemovedFromGroup'): Operation {
  return withIdentity('group', (group, args, state: Readonly<IamState>, _call, port) => {
    const userName = args.text('UserName', nameRule('user'));
    const fault = args.fault();
    if (fault) return fault;
    const user = findIdentity(state, 'user', port.account, userName);
    if (!user) return noSuchEntity(`The user with name ${userName} cannot be found.`);
    const isMember = group.members.includes(user.name);
    if (type === 'iam:UserAddedToGroup') {
      // IAM quota: a user is in at most 10 groups.
      if (!isMember && groupsOf(state, user).length >= 10) return limitExceeded('Cannot exceed quota for GroupsPerUser: 10');
      if (!isMember) emitOn(port, type, group, { userName: user.name });
    } else {
      if (!isMember) return noSuchEntity(`User ${userName} is not in group ${group.name}`);
      emitOn(port, type, group, { userName: user.name });
    }
    return DONE;
  });
}

export const IDENTITY_OPERATIONS: Operations = {
  CreateRole: create('role'),
  GetRole: withIdentity('role', (role) => ({ ok: { Role: identityView(role) } })),
  ListRoles: list('role'),
  UpdateRole: updateRole,
  UpdateRoleDescription: withIdentity('role', (role, args, _state, _call, port) => {
    const description = args.text('Description', DESCRIPTION);
    const fault = args.fault();
    if (fault) return fault;
    emitOn(port, 'iam:RoleUpdated', role, { description, maxSessionSeconds: role.maxSessionSeconds });
    return { ok: { Role: identityView({ ...role, description }) } };
  }),
  UpdateAssumeRolePolicy: updateTrustPolicy,
  DeleteRole: remove('role'),
  ...tagging('role'),
  CreateUser: create('user'),
  GetUser: getUser,
  ListUsers: list('user'),
  DeleteUser: remove('user'),
  ...tagging('user'),
  CreateGroup: create('group'),
  GetGroup: withIdentity('group', (group, _args, state, call, port) => {
    const users = group.members.flatMap((name) => findIdentity(state, 'user', port.account, name) ?? []);
    return {
      ok: {
        Group: identityView(group),
        ...pageOf(
          call.input,
          'Users',
          users.map((user) => identityView(user, true)),
        ),
      },
    };
  }),
  ListGroups: list('group'),
  DeleteGroup: remove('group'),
  AddUserToGroup: membership('iam:UserAddedToGroup'),
  RemoveUserFromGroup: membership('iam:UserRemovedFromGroup'),
  ListGroupsForUser: withIdentity('user', (user, _args, state, call) => ({
    ok: pageOf(
      call.input,
      'Groups',
      groupsOf(state, user).map((group) => identityView(group, true)),
    ),
  })),
};
