// What the host answers later: calls of AWS services and fetches.
import { host, parse } from './host';
import { nextId } from './ids';

export interface HostFault {
  name: string;
  message: string;
  status: number;
  side: 'client' | 'server';
}

interface Waiting {
  resolve: (body: string) => void;
  reject: (fault: HostFault) => void;
}

const PENDING_REQUESTS_MAX = 2000;
const waiting = new Map<number, Waiting>();

function open(send: (id: number) => void): Promise<string> {
  if (waiting.size >= PENDING_REQUESTS_MAX)
    throw new RangeError(`More than ${PENDING_REQUESTS_MAX} requests are pending: a limit of this simulator`);
  const id = nextId();
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    send(id);
  });
}

/** Answers with JSON text, or rejects with a `HostFault`. */
export function sendRequest(service: string, operation: string, inputJson: string): Promise<string> {
  return open((id) => host.request(id, service, operation, inputJson));
}

export function sendFetch(requestJson: string): Promise<string> {
  return open((id) => host.fetch(id, requestJson));
}

/** Entry point of the host. */
export function resume(id: number, isOk: number, text: string): void {
  const entry = waiting.get(id);
  if (!entry) return;
  waiting.delete(id);
  if (isOk) entry.resolve(text);
  else entry.reject(parse(text) as HostFault);
}

export function hasActiveRequests(): boolean {
  return waiting.size > 0;
}
