// AssumeRole: the role's trust policy was IAM's matter; here are the limits of the session and its credentials.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
import { Arguments } from '../../kernel/arguments';
import { type ApiCall, type Continuation, clientFault, type Principal, type PrincipalSession, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port, ServiceAction } from '../../kernel/service';
import { credentialsView, newSession, type StsState } from './session';

const HOUR_S = 3600;
/** Characters of a session policy. */
const POLICY_MAX = 2048;
const SESSION_TAGS_MAX = 50;
const POLICY_ARNS_MAX = 10;
const NAME = { min: 2, max: 64, pattern: '[\\w+=,.@-]*' };

interface SessionRequest {
  sessionName: string;
  seconds: number;
  policy: string | null;
  policyArns: string[];
  tags: Record<string, string>;
  sourceIdentity: string | null;
  mfa: boolean;
}

export const assumeRole: ServiceAction<StsState> = (_state, call, port) => {
  const request = parseRequest(call);
  if ('fault' in request) return request;
  if (call.principal.type === 'root') return clientFault('AccessDenied', 'Roles may not be assumed by root accounts.', 403);
  if (call.principal.session?.roleArn && request.seconds > HOUR_S) {
    return clientFault(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  const input: JsonObject = {
    request: request as unknown as JsonObject,
    caller: call.principal.id,
    replyTo: (call.replyTo ?? null) as unknown as Json,
  };
  const replyTo: Continuation = { to: 'call', action: 'sts:IssueRoleSession', resource: call.resource, input };
  port.call({ action: 'iam:ReadIdentity', resource: call.resource, input: {}, replyTo });
  return { later: true };
};

function parseRequest({ input }: ApiCall): SessionRequest | Extract<Reply, { fault: unknown }> {
  const args = new Arguments(input);
  const roleArn = args.text('RoleArn', {
    min: 20,
    max: 2048,
    pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+',
  });
  const sessionName = args.text('RoleSessionName', NAME);
  const policy = args.optionalText('Policy', { min: 1, max: POLICY_MAX });
  const seconds = args.integer('DurationSeconds', { min: 900, max: 12 * HOUR_S, fallback: HOUR_S });
  args.optionalText('ExternalId', { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' });
  const sourceIdentity = args.optionalText('SourceIdentity', NAME);
  const fault = args.fault();
  if (fault) return fault;
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(roleArn)) return clientFault('ValidationError', `${roleArn} is invalid`);
  if (policy !== null && !isPolicy(policy)) return clientFault('MalformedPolicyDocument', 'This policy contains invalid Json');
  const policyArns = (Array.isArray(input.PolicyArns) ? (input.PolicyArns as JsonObject[]) : []).map(({ arn }) => String(arn));
  if (policyArns.length > POLICY_ARNS_MAX) return clientFault('ValidationError', `Cannot exceed quota for PolicyArns: ${POLICY_ARNS_MAX}`);
  const pairs = (Array.isArray(input.Tags) ? (input.Tags as JsonObject[]) : []).map(({ Key, Value }): [string, string] => [
    String(Key),
    String(Value),
  ]);
  if (pairs.length > SESSION_TAGS_MAX) return clientFault('ValidationError', `Cannot exceed quota for session tags: ${SESSION_TAGS_MAX}`);
  const mfa = input.SerialNumber !== undefined && input.TokenCode !== undefined;
  return { sessionName, seconds, policy, policyArns, tags: Object.fromEntries(pairs), sourceIdentity, mfa };
}

function isPolicy(text: string): boolean {
  try {
    const policy = JSON.parse(text) as Json;
    return typeof policy === 'object' && policy !== null && 'Statement' in policy;
  } catch {
    return false;
  }
}

interface KnownRole {
  arn: string;
  name: string;
  id: string;
  maxSessionSeconds: number;
}

/** Goes on when IAM has told about the role. */
export const issueRoleSession: ServiceAction<StsState> = (_state, { input, resource }, port) => {
  const replyTo = (input.replyTo ?? undefined) as unknown as Continuation | undefined;
  const request = input.request as unknown as SessionRequest;
  const answer = input.reply as { ok?: Json };
  // Whether a role exists is nobody's business who may not assume it, so AWS refuses in the same words.
  const denied = `User: ${input.caller} is not authorized to perform: sts:AssumeRole on resource: ${resource}`;
  const role = answer.ok as unknown as KnownRole | undefined;
  port.reply(replyTo, role ? issue(role, request, port) : clientFault('AccessDenied', denied, 403));
  return { ok: {} };
};

function issue(role: KnownRole, request: SessionRequest, port: Port): { ok: Json } | Extract<Reply, { fault: unknown }> {
  const { sessionName, seconds, policy, policyArns, tags, sourceIdentity, mfa } = request;
  if (seconds > role.maxSessionSeconds) {
    return clientFault('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  const account = role.arn.split(':')[4] as string;
  const arn = `arn:aws:sts::${account}:assumed-role/${role.name}/${sessionName}`;
  const userId = `${role.id}:${sessionName}`;
  const details: PrincipalSession = {
    roleArn: role.arn,
    userId,
    issuedAtEpochMs: port.epochMs,
    expiresAtEpochMs: port.epochMs + seconds * 1000,
    ...(policy === null ? {} : { policies: [policy] }),
    ...(policyArns.length > 0 ? { policyArns } : {}),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
    ...(sourceIdentity === null ? {} : { sourceIdentity }),
    ...(mfa ? { mfa } : {}),
  };
  const principal: Principal = { type: 'role', id: arn, account, session: details };
  const session = newSession(port, principal, seconds);
  port.emit('sts:RoleAssumed', role.arn, { session: session as unknown as JsonObject });
  const packed = (policy?.length ?? 0) + Object.entries(tags).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    ok: {
      Credentials: credentialsView(session),
      AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      ...(packed > 0 ? { PackedPolicySize: Math.ceil((100 * packed) / POLICY_MAX) } : {}),
      ...(sourceIdentity === null ? {} : { SourceIdentity: sourceIdentity }),
    },
  };
}
