// Lambda's facts with their data typed, and the small questions that panels ask of them.

import { parseArn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';
import type { ErrorRecord, InvocationStatus, LambdaFacts, LambdaFactType } from '@/sim/services/lambda/facts';

export type LambdaFact = { [T in LambdaFactType]: Omit<Fact, 'type' | 'data'> & { type: T; data: LambdaFacts[T] } }[LambdaFactType];

/** Null for facts of other services. The data's shape is the service's promise (sim/services/lambda/facts.ts). */
export function asLambdaFact(fact: Fact): LambdaFact | null {
  return fact.type.startsWith('lambda:') ? (fact as unknown as LambdaFact) : null;
}

/** What people call a resource: `charge`, `orders-dlq`, `payments.example`. */
export function shortName(resource: string): string {
  const arn = parseArn(resource);
  if (!arn) return resource.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const parts = arn.resource.split(/[:/]/).filter((part) => part !== '');
  return (arn.service === 'lambda' && parts[0] === 'function' ? parts[1] : parts[parts.length - 1]) ?? resource;
}

export const STATUS_WORDS: Record<InvocationStatus, string> = {
  success: 'ok',
  error: 'error',
  timeout: 'timeout',
  'out-of-memory': 'out of memory',
  exited: 'exited',
  'init-error': 'init failed',
};

/** `Error: card network down` */
export function errorLine(error: ErrorRecord): string {
  return error.errorMessage === '' ? error.errorType : `${error.errorType}: ${error.errorMessage}`;
}

export interface SourceLine {
  path: string;
  line: number;
}

/** Where in the learner's own files an error was thrown: the first frame of the stack that names one of them. */
export function sourceLineOf(error: ErrorRecord, paths: readonly string[]): SourceLine | null {
  for (const frame of error.trace) {
    const match = /([\w./@-]+\.(?:mjs|cjs|js|mts|cts|ts)):(\d+)(?::\d+)?\)?\s*$/.exec(frame);
    if (!match) continue;
    const name = (match[1] ?? '').replace(/^.*\/var\/task\//, '').replace(/^\.?\//, '');
    const path = paths.find((candidate) => candidate === name) ?? paths.find((candidate) => candidate.endsWith(`/${name}`));
    if (path) return { path, line: Number(match[2]) };
  }
  return null;
}

/** The error that the cursor stands on or just behind: until something is started again. */
export function errorAt(facts: readonly Fact[], cursor: number): ErrorRecord | null {
  for (let seq = Math.min(cursor, facts.length - 1); seq >= 0; seq--) {
    const fact = facts[seq];
    const known = fact ? asLambdaFact(fact) : null;
    if (known?.type === 'lambda:InvocationStarted' || known?.type === 'lambda:InitStarted') return null;
    if (known?.type === 'lambda:InvocationEnded' || known?.type === 'lambda:InitEnded') return known.data.error;
  }
  return null;
}
