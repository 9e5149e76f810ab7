// EventBridge's errors in AWS's words. https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
import { clientFault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';

type Refusal = ReturnType<typeof clientFault>;

export function invalid(message: string): Refusal {
  return clientFault('ValidationException', message);
}

export function notFound(message: string): Refusal {
  return clientFault('ResourceNotFoundException', message);
}

export function alreadyExists(message: string): Refusal {
  return clientFault('ResourceAlreadyExistsException', message);
}

export function limitExceeded(message: string): Refusal {
  return clientFault('LimitExceededException', message);
}

export interface Constraint {
  required?: boolean;
  min?: number;
  max?: number;
  pattern?: RegExp;
  oneOf?: readonly string[];
}

/** Members are named as in the request; AWS's message names them with a small first letter. */
export function checkMembers(input: JsonObject, constraints: Record<string, Constraint>): Refusal | null {
  const errors: string[] = [];
  for (const [member, constraint] of Object.entries(constraints)) {
    const value = input[member];
    const error =
      value === undefined || value === null ? (constraint.required ? 'Member must not be null' : null) : breach(value, constraint);
    if (!error) continue;
    const shown = value === undefined || value === null ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    errors.push(`Value ${shown} at '${name}' failed to satisfy constraint: ${error}`);
  }
  if (errors.length === 0) return null;
  return invalid(`${errors.length} validation error${errors.length > 1 ? 's' : ''} detected: ${errors.join('; ')}`);
}

function breach(value: Json, { min, max, pattern, oneOf }: Constraint): string | null {
  if (typeof value === 'number') {
    if (min !== undefined && value < min) return `Member must have value greater than or equal to ${min}`;
    return max !== undefined && value > max ? `Member must have value less than or equal to ${max}` : null;
  }
  if (typeof value !== 'string' && !Array.isArray(value)) return null;
  if (min !== undefined && value.length < min) return `Member must have length greater than or equal to ${min}`;
  if (max !== undefined && value.length > max) return `Member must have length less than or equal to ${max}`;
  if (typeof value !== 'string') return null;
  if (oneOf && !oneOf.includes(value)) return `Member must satisfy enum value set: [${oneOf.join(', ')}]`;
  if (pattern && !pattern.test(value)) return `Member must satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, '')}`;
  return null;
}
