// What invocations cost: GB-seconds of billed time and requests. Facts LAM-06, LAM-LOG-X04 and the price arithmetic of section 2J.
// https://aws.amazon.com/lambda/pricing/
import type { Fact } from '@/sim/kernel/fact';
import { asLambdaFact } from './lambda-fact';

/** US dollars, x86 in us-east-1, first tier, without the free tier. */
export const GB_SECOND_COST = 0.0000166667;
export const REQUEST_COST = 0.2 / 1_000_000;

export interface BillLine {
  /** The fact that ended the invocation. */
  fact: number;
  at: number;
  memoryMB: number;
  durationMs: number;
  initDurationMs: number | null;
  billedMs: number;
  gbSeconds: number;
  cost: number;
}

export interface Bill {
  lines: BillLine[];
  billedMs: number;
  gbSeconds: number;
  cost: number;
}

export function costOf(memoryMB: number, billedMs: number): { gbSeconds: number; cost: number } {
  const gbSeconds = (memoryMB / 1024) * (billedMs / 1000);
  return { gbSeconds, cost: gbSeconds * GB_SECOND_COST + REQUEST_COST };
}

/** Of the invocations that ended at or before the fact `until`. */
export function billOf(facts: readonly Fact[], until = Number.POSITIVE_INFINITY): Bill {
  const lines: BillLine[] = [];
  for (const fact of facts) {
    if (fact.seq > until) break;
    const known = asLambdaFact(fact);
    if (known?.type !== 'lambda:InvocationEnded') continue;
    const { memoryMB, durationMs, initDurationMs, billedMs } = known.data;
    lines.push({ fact: fact.seq, at: fact.at, memoryMB, durationMs, initDurationMs, billedMs, ...costOf(memoryMB, billedMs) });
  }
  const sum = (key: 'billedMs' | 'gbSeconds' | 'cost') => lines.reduce((total, line) => total + line[key], 0);
  return { lines, billedMs: sum('billedMs'), gbSeconds: sum('gbSeconds'), cost: sum('cost') };
}

/** `$0.42`, `$12.50`, `$0.000000452`: three figures below a cent. */
export function formatCost(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 0.01) return `$${dollars.toFixed(2)}`;
  return `$${dollars.toFixed(Math.max(2, 2 - Math.floor(Math.log10(dollars))))}`;
}
