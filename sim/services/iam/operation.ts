// One API operation: what kind of resource it is about, and what it does.
import type { Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { ServiceAction } from '../../kernel/service';
import { Arguments, LONG_NAME, NAME } from './arguments';
import { noSuchIdentity } from './faults';
import { findIdentity, type IamState, type Identity, type IdentityKind } from './state';

export type IamAction = ServiceAction<IamState>;

export interface Operation {
  /** What IAM asks permission on. `list`: all entities of a kind. `any`: no resource. */
  on: IdentityKind | 'policy' | 'policyArn' | 'any' | { list: IdentityKind | 'policy' };
  perform: IamAction;
}

export type Operations = Record<string, Operation>;

/** `RoleName`, `UserName`, `GroupName` */
export function nameMember(kind: IdentityKind): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Name`;
}

export function nameRule(kind: IdentityKind): typeof NAME {
  return kind === 'group' ? LONG_NAME : NAME;
}

/** An operation on an entity that exists: validates its name and finds it. */
export function withIdentity(
  kind: IdentityKind,
  perform: (identity: Identity, args: Arguments, ...rest: Parameters<IamAction>) => Reply,
): Operation {
  return {
    on: kind,
    perform: (state, call, port) => {
      const args = new Arguments(call.input);
      const name = args.text(nameMember(kind), nameRule(kind));
      if (name === '') return args.fault() ?? noSuchIdentity(kind, name);
      const identity = findIdentity(state, kind, port.account, name);
      if (!identity) return args.fault() ?? noSuchIdentity(kind, name);
      return perform(identity, args, state, call, port);
    },
  };
}

export const DONE: Reply = { ok: {} };

export function tagsAfter(tags: readonly { Key: string; Value: string }[], added: readonly { Key: string; Value: string }[]): JsonObject[] {
  const merged = new Map(tags.map((tag) => [tag.Key, tag.Value]));
  for (const { Key, Value } of added) merged.set(Key, Value);
  return [...merged].map(([Key, Value]) => ({ Key, Value }));
}
