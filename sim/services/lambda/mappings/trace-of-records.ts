// The trace header of a batch: that of the message with the longest chain of invocations behind it.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
import type { JsonObject } from '../../../kernel/json';
import { lineageOf } from '../recursion';

export function traceOfRecords(records: readonly JsonObject[]): string | null {
  let longest: { trace: string; count: number } | null = null;
  for (const { attributes } of records) {
    const trace = (attributes as JsonObject).AWSTraceHeader;
    if (typeof trace !== 'string') continue;
    const counts = (lineageOf(trace) ?? '').split('|').map((entry) => Number.parseInt(entry, 10) || 0);
    const count = Math.max(...counts);
    if (!longest || count > longest.count) longest = { trace, count };
  }
  return longest?.trace ?? null;
}
