// From an access key id to the principal behind it: users' long-term keys and sessions' temporary ones.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html
import { clientFault, type Fault, type Principal } from '../../kernel/call';
import type { View } from '../../kernel/guard';
import type { StsState } from './session';

/** What is read of IAM's state. */
interface LongTermKeys {
  accessKeys: Record<string, { account: string; userName: string; status: string }>;
  identities: Record<string, { kind: string; account: string; name: string; arn: string }>;
}

/** A fault for keys that are unknown, inactive or expired. */
export function principalOfKey(view: View, accessKeyId: string): { principal: Principal } | { fault: Fault } {
  const sessions = view.hasService('sts') ? view.state<StsState>('sts').sessions : {};
  const session = Object.hasOwn(sessions, accessKeyId) ? sessions[accessKeyId] : undefined;
  if (session) {
    if (session.expiresAtEpochMs > view.epochMs) return { principal: session.principal };
    return clientFault('ExpiredToken', 'The security token included in the request is expired', 403);
  }
  const unknown = clientFault('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
  if (!view.hasService('iam')) return unknown;
  const { accessKeys, identities } = view.state<LongTermKeys>('iam');
  const key = Object.hasOwn(accessKeys, accessKeyId) ? accessKeys[accessKeyId] : undefined;
  if (key?.status !== 'Active') return unknown;
  const user = identities[`${key.account}/user/${key.userName.toLowerCase()}`];
  return user ? { principal: { type: 'user', id: user.arn, account: key.account } } : unknown;
}
