// Log lines as CloudWatch Logs shows them, up to the cursor. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
import type { Fact } from '@/sim/kernel/fact';

export interface LogLine {
  /** Unique in the list. */
  id: string;
  group: string;
  stream: string;
  /** Unix milliseconds. */
  timestamp: number;
  message: string;
  fact: number;
  tone: 'platform' | 'plain' | 'fault';
}

/** Log lines are written by facts of their own, right behind what they tell: those of the same moment belong to the cursor. */
export function logsUntil(facts: readonly Fact[], cursor: number): number {
  let until = cursor;
  while (facts[until + 1]?.type.startsWith('logs:') && facts[until + 1]?.at === facts[cursor]?.at) until++;
  return until;
}

const PLATFORM = /^(START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_START|EXTENSION|XRAY) ?/;
const FAULT = /\t(ERROR|FATAL)\t|Status: (timeout|error)|Task timed out after/;

export function logLinesOf(facts: readonly Fact[], cursor: number): LogLine[] {
  const lines: LogLine[] = [];
  for (const fact of facts) {
    if (fact.seq > cursor) break;
    if (fact.type !== 'logs:LogEventsPut') continue;
    const events = fact.data.logEvents as unknown as { timestamp: number; message: string }[];
    const group = fact.resource.replace(/^.*:log-group:/, '');
    for (const event of events) {
      const message = event.message.replace(/\n+$/, '');
      const tone = FAULT.test(message) ? 'fault' : PLATFORM.test(message) ? 'platform' : 'plain';
      lines.push({
        id: `${fact.seq}.${lines.length}`,
        group,
        stream: String(fact.data.logStreamName),
        timestamp: event.timestamp,
        message,
        fact: fact.seq,
        tone,
      });
    }
  }
  return lines;
}
