// AWS Security Token Service: who am I, and temporary credentials. https://docs.aws.amazon.com/STS/latest/APIReference/
// Simplified: tags are not handed on through chains of roles, and signatures are not checked.
import { formatArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Service } from '../../kernel/service';
import { assumeRole, issueRoleSession } from './assume-role';
import { getCallerIdentity, tellIdentity } from './caller-identity';
import type { Session, StsState } from './session';
import { getSessionToken } from './session-token';

const OPERATIONS = new Set(['AssumeRole', 'GetCallerIdentity', 'GetSessionToken', 'GetAccessKeyInfo']);

export function createSts(): Service<StsState> {
  return {
    prefix: 'sts',
    initial: () => ({ sessions: {} }),
    actions: {
      AssumeRole: assumeRole,
      GetCallerIdentity: getCallerIdentity,
      GetSessionToken: getSessionToken,
      GetAccessKeyInfo: (state, { input, principal }) => {
        const id = String(input.AccessKeyId ?? '');
        const session = Object.hasOwn(state.sessions, id) ? state.sessions[id] : undefined;
        return { ok: { Account: session?.principal.account ?? principal.account } };
      },
      IssueRoleSession: issueRoleSession,
      TellIdentity: tellIdentity,
    },
    internal: new Set(['IssueRoleSession', 'TellIdentity']),
    apply: (state, fact) => {
      if (fact.type !== 'sts:RoleAssumed' && fact.type !== 'sts:SessionTokenIssued') return;
      const session = JSON.parse(JSON.stringify(fact.data.session)) as Session;
      state.sessions[session.accessKeyId] = session;
    },
    route: (operation, input: JsonObject, { account }) => {
      if (!OPERATIONS.has(operation)) return null;
      const everything = formatArn({ service: 'sts', region: '', account, resource: '*' });
      const role = typeof input.RoleArn === 'string' && input.RoleArn !== '' ? input.RoleArn : everything;
      return { action: `sts:${operation}`, resource: operation === 'AssumeRole' ? role : everything };
    },
  };
}
