// GetCallerIdentity. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
import type { Continuation, Principal } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { ServiceAction } from '../../kernel/service';
import type { StsState } from './session';

function identity(principal: Principal, userId: string): JsonObject {
  const { id, account, type } = principal;
  return { UserId: userId, Account: account, Arn: type === 'world' ? `arn:aws:iam::${account}:root` : id };
}

/** The unique id of a user or role is IAM's to tell. */
export const getCallerIdentity: ServiceAction<StsState> = (_state, { principal, replyTo }, port) => {
  const { type, id, account, session } = principal;
  if (session?.userId) return { ok: identity(principal, session.userId) };
  if (type !== 'user' && type !== 'role') return { ok: identity(principal, account) };
  const input: JsonObject = { principal: principal as unknown as JsonObject, replyTo: (replyTo ?? null) as unknown as Json };
  const next: Continuation = { to: 'call', action: 'sts:TellIdentity', resource: id, input };
  port.call({ action: 'iam:ReadIdentity', resource: session?.roleArn ?? id, input: {}, replyTo: next });
  return { later: true };
};

export const tellIdentity: ServiceAction<StsState> = (_state, { input }, port) => {
  const principal = input.principal as unknown as Principal;
  const known = (input.reply as { ok?: { id: string } }).ok;
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(principal.id)?.[1];
  const userId = known ? (session ? `${known.id}:${session}` : known.id) : principal.account;
  port.reply((input.replyTo ?? undefined) as unknown as Continuation | undefined, { ok: identity(principal, userId) });
  return { ok: {} };
};
