// What a front end answers before a request reaches its service: it could not be read, or named nothing that exists.
// https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html
import type { Fault } from '../kernel/call';

export class WireError extends Error {
  readonly fault: Fault;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.fault = { code, message, status, side: status < 500 ? 'client' : 'server' };
  }
}

/** A value of the wrong type or form, as AWS's JSON front ends say it. */
export function serializationError(message: string): WireError {
  return new WireError('SerializationException', message);
}

/** The same in the Query protocol. */
export function malformedInput(message: string): WireError {
  return new WireError('MalformedInput', message);
}

/** An answer that the API cannot carry: a fault of the simulator's service, not of the client. */
export function unwritable(path: string, why: string): WireError {
  return new WireError('InternalFailure', `The service answered with a ${path} that ${why}.`, 500);
}
