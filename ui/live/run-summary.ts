// One finished run in a line: what it was set to, how long it took, what it cost.
import type { Fact } from '@/sim/kernel/fact';
import { billOf } from '@/ui/timeline/bill';
import type { RuntimeSettings } from './runtime-setup';

export interface RunSummary {
  /** Counts from 1 since the last reset. */
  number: number;
  memoryMB: number;
  /** Invocations that ended, retries included. */
  invocations: number;
  /** In milliseconds, without init. 0 when none ended. */
  longestMs: number;
  billedMs: number;
  /** In US dollars, for a million invocations like the last one, which is warm when the environment was kept. */
  millionCost: number;
}

export function summaryOf(facts: readonly Fact[], settings: Pick<RuntimeSettings, 'memoryMB'>, number: number): RunSummary {
  const { lines, billedMs } = billOf(facts);
  return {
    number,
    memoryMB: settings.memoryMB,
    invocations: lines.length,
    longestMs: Math.max(0, ...lines.map((line) => line.durationMs)),
    billedMs,
    millionCost: (lines.at(-1)?.cost ?? 0) * 1_000_000,
  };
}
