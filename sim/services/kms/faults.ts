// KMS's errors in AWS's words. https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html

import type { Arn } from '../../kernel/arn';
import { clientFault, type Reply } from '../../kernel/call';
import { isAlias, type Key, type KmsState } from './state';

export type Refusal = Extract<Reply, { fault: unknown }>;

export function notFound(arn: Arn): Refusal {
  return clientFault('NotFoundException', isAlias(arn) ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
}

export function invalid(message: string): Refusal {
  return clientFault('ValidationException', message);
}

export function invalidCiphertext(): Refusal {
  return clientFault('InvalidCiphertextException', '');
}

export function findKey(state: Readonly<KmsState>, arn: Arn): { key: Key } | Refusal {
  const key = state.keys[isAlias(arn) ? (state.aliases[arn] ?? '') : arn];
  return key ? { key } : notFound(arn);
}

/** A key that can be used for encryption now. */
export function usableKey(state: Readonly<KmsState>, arn: Arn): { key: Key } | Refusal {
  const found = findKey(state, arn);
  if ('fault' in found || found.key.state === 'Enabled') return found;
  if (found.key.state === 'Disabled') return clientFault('DisabledException', `${found.key.arn} is disabled.`);
  return clientFault('KMSInvalidStateException', `${found.key.arn} is pending deletion.`);
}
