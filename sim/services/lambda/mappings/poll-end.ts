// When the long poll that runs now ends. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
import type { Port } from '../../../kernel/service';
import type { Ms } from '../../../kernel/time';
import type { Mapping } from './mapping';

/** Pollers ask with long polls of 20 s. */
const LONG_POLL_MS: Ms = 20_000;

/** A long poll that runs when a mapping is disabled still receives until its end. */
export function pollEndMs(mapping: Mapping, port: Pick<Port, 'now'>): Ms {
  return LONG_POLL_MS - ((port.now - mapping.modifiedAt) % LONG_POLL_MS);
}
