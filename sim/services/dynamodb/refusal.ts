// What DynamoDB refuses a call with, thrown from wherever the reason is found, before anything has changed.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
import { clientFault, type Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';

export class Refusal extends Error {
  readonly fault: Fault;

  constructor(code: string, message: string, body?: JsonObject) {
    super(message);
    this.name = code;
    this.fault = clientFault(code, message, 400, body).fault;
  }
}

/** Most of what can be wrong with a request. */
export function invalid(message: string): Refusal {
  return new Refusal('ValidationException', message);
}

export function invalidParameter(message: string): Refusal {
  return invalid(`One or more parameter values were invalid: ${message}`);
}

/** What calls on items say; calls on tables name the table. */
export function noTable(name?: string): Refusal {
  return new Refusal(
    'ResourceNotFoundException',
    name === undefined ? 'Requested resource not found' : `Requested resource not found: Table: ${name} not found`,
  );
}
