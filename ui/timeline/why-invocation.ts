// What an invocation finds when it starts, what it waits for, and why it ends as it does.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import { formatClock, formatDuration, spellDuration } from './clock';
import { errorLine, type LambdaFact, shortName } from './lambda-fact';
import { code, type Explanation, type Part, says, shorten } from './sentence';
import { attemptsOf, type OfType, type TraceIndex } from './trace-index';

export function whyInvocation(index: TraceIndex, fact: LambdaFact): Explanation | null {
  switch (fact.type) {
    case 'lambda:InvocationStarted':
      return whyStarted(index, fact);
    case 'lambda:InvocationEnded':
      return whyEnded(index, fact);
    case 'lambda:RequestSent': {
      const { operation, target, environmentId, requestId } = fact.data;
      const started = index.lastBefore(
        fact.seq,
        'lambda:InvocationStarted',
        (other) => other.data.environmentId === environmentId && other.data.requestId === requestId,
      );
      const left = started ? says` Its deadline is ${formatClock(started.data.deadlineAt)}.` : says``;
      return {
        tone: 'warm',
        parts: says`The handler calls ${code(operation)} on ${code(shortName(target))} and waits. Waiting uses no CPU, but it is billed.${left}`,
      };
    }
    case 'lambda:RequestAnswered': {
      const { ok, answer, callId, environmentId } = fact.data;
      const sent = index.lastBefore(
        fact.seq,
        'lambda:RequestSent',
        (other) => other.data.callId === callId && other.data.environmentId === environmentId,
      );
      const after = sent ? ` after ${spellDuration(fact.at - sent.at)}` : '';
      const who: Part = sent ? { fact: sent.seq, text: shortName(sent.data.target) } : 'The other side';
      return ok
        ? { tone: 'warm', parts: says`${who} answered${after}. The handler goes on.` }
        : { tone: 'fault', parts: says`${who} failed${after}: ${code(shorten(answer))}. In the handler this is a thrown error.` };
    }
    default:
      return null;
  }
}

function whyStarted(index: TraceIndex, fact: OfType<'lambda:InvocationStarted'>): Explanation {
  const { environmentId, attempt, coldStart, suppressedInit, requestId, invocationType } = fact.data;
  const place = says`environment ${index.environmentNumber(environmentId)}`;
  const attempts = attemptsOf(index, fact.seq, requestId);
  const which =
    invocationType === 'Event'
      ? attempts && attempts.max > 1
        ? `Attempt ${attempt} of at most ${attempts.max}`
        : `Attempt ${attempt}`
      : 'The invocation';
  if (suppressedInit) {
    return {
      tone: 'cold',
      parts: says`${which} starts in ${place}, which was reset: init runs again, this time inside the invocation, billed and against its timeout.`,
    };
  }
  if (coldStart) return { tone: 'warm', parts: says`${which} starts in ${place}, which is new: module variables hold their first values.` };
  const before = index.lastBefore(fact.seq, 'lambda:InvocationEnded', (other) => other.data.environmentId === environmentId);
  const left = before ? says`what ${{ fact: before.seq, text: 'the one before' }} left in them` : says`what earlier ones left in them`;
  return { tone: 'warm', parts: says`${which} starts in ${place}, which is warm: no init, and module variables hold ${left}.` };
}

function whyEnded(index: TraceIndex, fact: OfType<'lambda:InvocationEnded'>): Explanation {
  const { status, payload, durationMs, billedMs, initDurationMs, error, attempt, requestId, environmentId, memoryMB } = fact.data;
  const started = index.lastBefore(
    fact.seq,
    'lambda:InvocationStarted',
    (other) => other.data.requestId === requestId && other.data.attempt === attempt,
  );
  const asynchronous = started?.data.invocationType === 'Event';
  const which = asynchronous ? `Attempt ${attempt}` : 'The invocation';
  const init = initDurationMs === null ? '' : `, init of ${formatDuration(initDurationMs)} included`;
  const bill = says` It ran ${formatDuration(durationMs)}, billed ${billedMs} ms${init}.`;
  const next = asynchronous ? ' Nobody waits for it: what happens next is up to Lambda.' : ' The caller gets the error.';
  const gone = says` Environment ${index.environmentNumber(environmentId)} is reset after it: its module variables are lost.`;
  switch (status) {
    case 'success':
      return { tone: 'warm', parts: says`${which} returned ${code(shorten(payload))}.${bill}` };
    case 'error':
      return {
        tone: 'fault',
        parts: says`${which} ended in a function error: ${code(error ? shorten(errorLine(error), 120) : 'unknown')}.${next}`,
      };
    case 'timeout':
      return {
        tone: 'fault',
        parts: says`${which} was still running after ${spellDuration(durationMs)}, the function's timeout, so Lambda stopped it. What it had done outside stays done.${gone}`,
      };
    case 'out-of-memory':
      return { tone: 'fault', parts: says`${which} needed more than its ${memoryMB} MB of memory, so the process was killed.${gone}` };
    case 'exited':
      return { tone: 'fault', parts: says`The process of ${which.toLowerCase()} ended before it had answered.${gone}` };
    case 'init-error':
      return {
        tone: 'fault',
        parts: says`${which} never reached the handler: ${code(error ? shorten(errorLine(error), 120) : 'init failed')}.${gone}`,
      };
  }
}
