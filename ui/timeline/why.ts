// "Why now?": one explanation for the fact at the cursor, in the learner's own names and numbers.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
import { describeFact } from '@/sim/explain/describe';
import type { Fact } from '@/sim/kernel/fact';
import { asksWhy } from './asks-why';
import { spellDuration } from './clock';
import { asLambdaFact, shortName } from './lambda-fact';
import { code, type Explanation, partsOf, plainText, says, shorten } from './sentence';
import type { TraceIndex } from './trace-index';
import { whyEnvironment } from './why-environment';
import { whyEvent } from './why-event';
import { whyInvocation } from './why-invocation';

/** Never empty: a fact without a sentence of its own is told in the words of its service. */
export function explain(index: TraceIndex, seq: number): Explanation | null {
  const fact = index.facts[seq];
  if (!fact) return null;
  const known = asLambdaFact(fact);
  const told = known ? (whyEvent(index, known) ?? whyInvocation(index, known) ?? whyEnvironment(index, known)) : whyOther(fact);
  return told ?? { tone: asksWhy(fact) ?? 'plain', parts: partsOf(describeFact(index.facts, fact)) };
}

/** One line for tables and for screen readers. */
export function describe(index: TraceIndex, seq: number): string {
  const explanation = explain(index, seq);
  return explanation ? plainText(explanation.parts) : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function whyOther(fact: Fact): Explanation | null {
  const name = code(shortName(fact.resource));
  const { data } = fact;
  switch (fact.type) {
    case 'sqs:MessageSent':
      return { tone: 'plain', parts: says`The queue ${name} holds one more message: ${code(shorten(text(data.body)))}.` };
    case 'sqs:QueueCreated':
      return { tone: 'plain', parts: says`The queue ${name} exists and is empty.` };
    case 'sqs:MessageReceived':
      return { tone: 'plain', parts: says`Somebody reads a message of ${name}. It stays there, invisible to others, until it is deleted.` };
    case 'sqs:MessageDeleted':
      return { tone: 'plain', parts: says`A message of ${name} is deleted: it has been dealt with.` };
    case 'internet:RequestReceived': {
      const wait = Number(data.afterMs) > 0 ? ` after ${spellDuration(Number(data.afterMs))}` : ' at once';
      const effect =
        data.effect === null ? says`` : says` What it did stays done, whoever hears the answer: ${code(shorten(text(data.effect)))}.`;
      const tone = Number(data.status) >= 400 ? 'fault' : 'plain';
      return {
        tone,
        parts: says`${name} receives ${code(`${text(data.method)} ${text(data.url)}`)} and answers ${code(text(data.status))}${wait}.${effect}`,
      };
    }
    case 'fis:ApiErrorArmed':
      return { tone: 'plain', parts: says`The scenario arms a fault: the next calls of ${code(fact.resource)} will fail.` };
    case 'fis:ApiErrorInjected':
      return { tone: 'fault', parts: says`${code(text(data.action))} is refused with ${code(text(data.code))}: ${text(data.message)}` };
    case 'sqs:MessageDeadLettered':
      return {
        tone: 'wait',
        parts: says`A message of ${name} was received too often and moves to ${code(shortName(text(data.deadLetterArn)))}.`,
      };
    case 'logs:LogGroupCreated':
      return { tone: 'plain', parts: says`The log group ${code(text(data.logGroupName))} exists.` };
    case 'logs:LogStreamCreated':
      return { tone: 'plain', parts: says`A log stream opens: every environment writes to one of its own.` };
    case 'logs:LogEventsPut': {
      const lines = (data.logEvents as unknown as { message: string }[]).map((event) => event.message.trimEnd());
      const more = lines.length > 1 ? ` and ${lines.length - 1} more` : '';
      return { tone: 'plain', parts: says`The log says ${code(shorten(lines[0] ?? '', 120))}${more}.` };
    }
    default:
      return null;
  }
}
