// IAM's errors with their codes, HTTP status and texts. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
import { clientFault, type Fault } from '../../kernel/call';
import type { IdentityKind } from './state';

type Refusal = { fault: Fault };

export function noSuchEntity(message: string): Refusal {
  return clientFault('NoSuchEntity', message, 404);
}

export function noSuchIdentity(kind: IdentityKind, name: string): Refusal {
  return noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
}

export function noSuchPolicy(arn: string): Refusal {
  return noSuchEntity(`Policy ${arn} was not found.`);
}

export function alreadyExists(message: string): Refusal {
  return clientFault('EntityAlreadyExists', message, 409);
}

export function deleteConflict(message: string): Refusal {
  return clientFault('DeleteConflict', message, 409);
}

export function limitExceeded(message: string): Refusal {
  return clientFault('LimitExceeded', message, 409);
}

export function malformed(message: string): Refusal {
  return clientFault('MalformedPolicyDocument', message);
}
