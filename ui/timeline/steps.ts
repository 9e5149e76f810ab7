// The facts worth stopping at while stepping through a run: set-up and bookkeeping are left to the table of all facts.
import type { Fact } from '@/sim/kernel/fact';

const SET_UP = new Set([
  'lambda:FunctionCreated',
  'lambda:EventInvokeConfigPut',
  'sqs:QueueCreated',
  'lambda:FunctionConcurrencyPut',
  'lambda:EventSourceMappingCreated',
  'lambda:EventSourceMappingSettled',
  'sqs:ReceiveEmpty',
  'sqs:WatchStarted',
  'sqs:WatchEnded',
  'fis:ApiErrorArmed',
  'events:EventBusCreated',
  'events:RulePut',
  'events:TargetsPut',
]);

function isStep(fact: Fact): boolean {
  return !SET_UP.has(fact.type) && !fact.type.startsWith('logs:');
}

/** Sequence numbers in order; all facts when none would be left. */
export function stepsOf(facts: readonly Fact[]): number[] {
  const steps = facts.filter(isStep).map((fact) => fact.seq);
  return steps.length > 0 ? steps : facts.map((fact) => fact.seq);
}

export function nextStep(steps: readonly number[], cursor: number): number {
  return steps.find((seq) => seq > cursor) ?? steps[steps.length - 1] ?? cursor;
}

export function previousStep(steps: readonly number[], cursor: number): number {
  return steps.findLast((seq) => seq < cursor) ?? steps[0] ?? cursor;
}

/** What tells most about how a run ended. */
const CLOSING = new Set([
  'lambda:EventProcessed',
  'lambda:EventDiscarded',
  'lambda:DeadLetterSent',
  'lambda:DeadLetterFailed',
  'lambda:InvocationEnded',
  'lambda:InvocationThrottled',
  'lambda:BatchEnded',
  'sqs:MessageDeadLettered',
  'kernel:LimitReached',
]);

/** Where the cursor stands after a run: the last fact that closes something, else the last step. */
export function closingStep(facts: readonly Fact[]): number {
  return facts.findLast((fact) => CLOSING.has(fact.type))?.seq ?? stepsOf(facts).at(-1) ?? 0;
}

/** How many steps are at or before the cursor. */
export function stepNumber(steps: readonly number[], cursor: number): number {
  return steps.filter((seq) => seq <= cursor).length;
}

/** The last fact at or before a moment. */
export function factAt(facts: readonly Fact[], moment: number): number {
  let low = 0;
  let high = facts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((facts[middle]?.at ?? 0) <= moment) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
