// What topics wrote about their deliveries, and functions about their work, up to a fact of the trace. SNS-09.
// https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';

export interface LogLine {
  group: string;
  message: string;
  at: Ms;
  fact: number;
}

/** The service's own lines around an invocation. */
const PLATFORM = /^(START|END|REPORT|INIT_START|XRAY) /;

export function logLinesOf(facts: readonly Fact[], cursor: number): LogLine[] {
  return facts
    .filter(({ seq, type }) => type === 'logs:LogEventsPut' && seq <= cursor)
    .flatMap(({ resource, data, at, seq }) => {
      const group = resource.split(':log-group:')[1] ?? resource;
      const events = data.logEvents as unknown as { message: string }[];
      return events.filter(({ message }) => !PLATFORM.test(message)).map(({ message }) => ({ group, message, at, fact: seq }));
    });
}
