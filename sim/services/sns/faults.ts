// SNS's errors in AWS's words. https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
import { clientFault, type Reply } from '../../kernel/call';

export type Refusal = Extract<Reply, { fault: unknown }>;

export function invalid(what: string): Refusal {
  return clientFault('InvalidParameter', `Invalid parameter: ${what}`);
}

/** Of message attributes. */
export function invalidValue(message: string): Refusal {
  return clientFault('ParameterValueInvalid', message);
}

export function notFound(what: string): Refusal {
  return clientFault('NotFound', `${what} does not exist`, 404);
}

export function forbidden(message: string): Refusal {
  return clientFault('AuthorizationError', message, 403);
}
