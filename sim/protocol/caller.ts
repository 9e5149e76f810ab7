// Who makes a request: the holder of the access key that signed it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
// Simplified: the signature itself is not checked, only whose key it names; AWS refuses one that does not fit.
import { type Arn, parseArn } from '../kernel/arn';
import { clientFault, type Fault, type Principal } from '../kernel/call';
import type { View } from '../kernel/guard';
import { principalOfKey } from '../services/sts/credentials';

/** One principal, for whom every key stands that this world did not issue; or a say on each key. */
export type Caller = Principal | ((accessKeyId: string) => { principal: Principal } | { fault: Fault });

/** The principal of an ARN: an account's root, a user, a role or a session of one. */
export function principalNamed(arn: Arn): Principal {
  const { service, account = '', resource = '' } = parseArn(arn) ?? {};
  const kind = resource.split('/')[0];
  if (/^\d{12}$/.test(account)) {
    if (service === 'iam' && resource === 'root') return { type: 'root', id: arn, account };
    if (service === 'iam' && kind === 'user') return { type: 'user', id: arn, account };
    if (service === 'iam' && kind === 'role') return { type: 'role', id: arn, account };
    const [, role = ''] = resource.split('/');
    const session = { roleArn: `arn:aws:iam::${account}:role/${role}` };
    if (service === 'sts' && kind === 'assumed-role' && role !== '') return { type: 'role', id: arn, account, session };
  }
  throw new RangeError(
    `A caller is named by an ARN such as arn:aws:iam::111122223333:user/ana, or of a root, role or assumed-role, unlike "${arn}".`,
  );
}

/** Keys that CreateAccessKey or AssumeRole of this world made, whether they still count or not. */
function isIssued(view: View, accessKeyId: string): boolean {
  const issued = [
    view.hasService('sts') ? view.state<{ sessions?: object } | null>('sts')?.sessions : undefined,
    view.hasService('iam') ? view.state<{ accessKeys?: object } | null>('iam')?.accessKeys : undefined,
  ];
  return issued.some((keys) => keys !== undefined && Object.hasOwn(keys, accessKeyId));
}

export function callerOf(view: View, caller: Caller, accessKeyId: string | null): { principal: Principal } | { fault: Fault } {
  if (typeof caller === 'function') {
    return accessKeyId === null
      ? clientFault('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
      : caller(accessKeyId);
  }
  return accessKeyId !== null && isIssued(view, accessKeyId) ? principalOfKey(view, accessKeyId) : { principal: caller };
}
