// Who makes a request: the holder of the access key that signed it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
// Simplified: the signature itself is not checked, only whose key it names.
import { clientFault, type Fault, type Principal } from '../kernel/call';
import type { View } from '../kernel/guard';
import { principalOfKey } from '../services/sts/credentials';

/** One principal, for whom every key stands that this world did not issue; or a say on each key. */
export type Caller = Principal | ((accessKeyId: string) => { principal: Principal } | { fault: Fault });

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
