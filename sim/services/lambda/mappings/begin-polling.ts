// A poller starts, or starts again when a place for a batch is free.
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import type { Ms } from '../../../kernel/time';
import type { Mapping } from './mapping';

/** What the poller carries from call to call. */
export interface Gathering {
  records: JsonObject[];
  bytes: number;
  /** When the first record came: the window counts from here. */
  since: Ms | null;
  /** Receives that failed one after the other. */
  failures: number;
  /** The queue has just said that there is something. */
  isCalled: boolean;
}

export const NOTHING: Readonly<Gathering> = { records: [], bytes: 0, since: null, failures: 0, isCalled: false };

export function poll({ arn }: Mapping, gathering: Gathering, port: Port): void {
  const input = { gathering: { ...gathering } as unknown as Json };
  port.call({ action: 'lambda:PollSource', resource: arn, input, trace: null });
}

export function beginPolling(mapping: Mapping, port: Port): void {
  poll(mapping, NOTHING, port);
}
