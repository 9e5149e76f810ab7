// An invocation or an init that did not end well: what ended it, and what it was doing.
// https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
import type { Fact } from '../kernel/fact';
import { firstAfter, lastBefore } from './causes';
import type { Answer, Change, Explainer, Step, Subject } from './explanation';
import { code, counted, errorLine, named, quoted, shorten, spell, textOf } from './names';
import { deniedBefore } from './retry';

interface Ended {
  environmentId: string;
  requestId: string;
  attempt: number;
  status: string;
  error: { errorType: string; errorMessage: string; trace: string[] } | null;
  durationMs: number;
  memoryMB: number;
  maxMemoryUsedMB: number;
}

const SUBJECTS: Record<string, Subject> = {
  timeout: 'timeout',
  'out-of-memory': 'out-of-memory',
  'init-error': 'init-failure',
};

export const explainEnd: Explainer = (trace, fact): Answer | null => {
  const ended = fact.data as unknown as Ended;
  if (ended.status === 'success') return null;
  const fn = named(fact.resource);
  const started = lastBefore(
    trace,
    fact.seq,
    ({ type, data }) => type === 'lambda:InvocationStarted' && data.requestId === ended.requestId && data.attempt === ended.attempt,
  );
  const steps: Step[] = [...startSteps(started, ended), ...requestSteps(trace, fact, started, ended), endStep(ended)];
  const next = nextAttempt(trace, fact, started);
  return {
    subject: SUBJECTS[ended.status] ?? 'error',
    title: titleOf(fn, ended),
    steps,
    change: changesFor(ended, steps, fn),
    ...(next ? { next } : {}),
  };
};

function titleOf(fn: string, { status, error, durationMs, memoryMB }: Ended): string {
  const line = code(shorten(errorLine(error ?? undefined), 160));
  switch (status) {
    case 'timeout':
      return `${fn} was still running after ${spell(durationMs)}, its timeout, so Lambda stopped it.`;
    case 'out-of-memory':
      return `${fn} needed more than its ${memoryMB} MB of memory, so its process was killed.`;
    case 'init-error':
      return `${fn} never reached its handler: the code outside of it failed with ${line}.`;
    case 'exited':
      return `The process of ${fn} ended before the handler had answered.`;
    default:
      return `The handler of ${fn} failed with ${line}.`;
  }
}

function startSteps(started: Fact | null, { attempt }: Ended): Step[] {
  if (!started) return [];
  const { coldStart, suppressedInit, invocationType } = started.data;
  const which = invocationType === 'Event' ? `Attempt ${attempt}` : 'The invocation';
  const where = suppressedInit
    ? 'an environment that was reset, with its init inside the invocation'
    : coldStart
      ? 'a new environment'
      : 'a warm environment';
  return [
    {
      verdict: 'info',
      text: `${which} started in ${where}.`,
      data: { coldStart: coldStart ?? null, suppressedInit: suppressedInit ?? null },
      facts: [started.seq],
    },
  ];
}

/** Calls that are spelled out. */
const CALLS_MAX = 8;

/** What the handler asked of others: answered, failed, or still open at the end. */
function requestSteps(trace: readonly Fact[], fact: Fact, started: Fact | null, { environmentId, requestId }: Ended): Step[] {
  if (!started) return [];
  const own = trace.slice(started.seq, fact.seq).filter(({ data }) => data.environmentId === environmentId && data.requestId === requestId);
  const sent = own.filter(({ type }) => type === 'lambda:RequestSent');
  const steps = sent.map((request): Step => {
    const { callId, operation, target } = request.data;
    const answered = own.find(({ type, data }) => type === 'lambda:RequestAnswered' && data.callId === callId);
    const name = `${code(textOf(operation))} on ${named(target)}`;
    const data = { callId: callId ?? 0, operation: operation ?? '', target: target ?? '' };
    if (!answered) {
      const text = `It still waited for ${name}, since ${spell(fact.at - request.at)}.`;
      return { verdict: 'fail', text, data: { ...data, waitedMs: fact.at - request.at }, facts: [request.seq] };
    }
    const facts = [request.seq, answered.seq];
    if (answered.data.ok === true)
      return { verdict: 'pass', text: `${name} was answered after ${spell(answered.at - request.at)}.`, data, facts };
    return { verdict: 'fail', text: `${name} failed: ${code(shorten(textOf(answered.data.answer), 160))}.`, data, facts };
  });
  // Of many, the last ones and those that did not go well.
  return steps.length <= CALLS_MAX
    ? steps
    : [
        ...steps
          .slice(0, -CALLS_MAX)
          .filter(({ verdict }) => verdict === 'fail')
          .slice(0, CALLS_MAX),
        ...steps.slice(-CALLS_MAX),
      ];
}

function endStep({ status, error, durationMs, memoryMB, maxMemoryUsedMB }: Ended): Step {
  const data = { status, durationMs, memoryMB, maxMemoryUsedMB, error: error ? { ...error } : null };
  switch (status) {
    case 'timeout':
      return { verdict: 'fail', text: `After ${spell(durationMs)} the timeout ended it. What it had done outside stays done.`, data };
    case 'out-of-memory':
      return { verdict: 'fail', text: `It had used ${maxMemoryUsedMB} MB of ${memoryMB} MB and asked for more.`, data };
    default: {
      const place = error?.trace.find((line) => /:\d+:\d+\)?$/.test(line))?.trim();
      return { verdict: 'fail', text: `${code(shorten(errorLine(error ?? undefined), 200))}${place ? `, ${code(place)}` : ''}.`, data };
    }
  }
}

function changesFor({ status, memoryMB, durationMs }: Ended, steps: readonly Step[], fn: string): Change[] {
  const open = steps.find(({ data }) => typeof data.waitedMs === 'number');
  switch (status) {
    case 'timeout':
      return [
        ...(open
          ? [{ text: `Give the call to ${named(open.data.target)} a timeout of its own, shorter than the function's.`, data: open.data }]
          : []),
        { text: `Raise the timeout of ${fn} above ${spell(durationMs)}, at most 15 minutes.`, data: { timeoutMs: durationMs } },
      ];
    case 'out-of-memory':
      return [
        { text: `Give ${fn} more than ${memoryMB} MB, which also gives it more CPU, or let it hold less at a time.`, data: { memoryMB } },
      ];
    default:
      return [];
  }
}

function nextAttempt(trace: readonly Fact[], fact: Fact, started: Fact | null): { atMs: number; text: string } | null {
  if (started?.data.invocationType !== 'Event') return null;
  const later = firstAfter(
    trace,
    fact.seq,
    ({ type, data }) => data.requestId === fact.data.requestId && /^lambda:(AttemptScheduled|EventDiscarded|EventProcessed)$/.test(type),
  );
  if (later?.type !== 'lambda:AttemptScheduled') return null;
  return { atMs: Number(later.data.dueAt), text: `Lambda tries again after ${spell(Number(later.data.waitMs))}.` };
}

/** Static code that failed or took too long; Lambda tries it once more inside the invocation. */
export const explainInitEnd: Explainer = (_trace, fact): Answer | null => {
  const { status, durationMs, error } = fact.data as unknown as { status: string; durationMs: number; error: Ended['error'] };
  if (status === 'success') return null;
  const fn = named(fact.resource);
  const isTimeout = status === 'timeout';
  return {
    subject: 'init-failure',
    title: isTimeout
      ? `Init of ${fn} was not done within ${spell(durationMs)}, so Lambda gave it up.`
      : `Init of ${fn} failed: ${code(shorten(errorLine(error ?? undefined), 160))}.`,
    steps: [
      isTimeout
        ? {
            verdict: 'fail',
            text: `The code outside the handler ran for ${spell(durationMs)}; on demand it has 10 seconds.`,
            data: { durationMs },
          }
        : { verdict: 'fail', text: `${code(shorten(errorLine(error ?? undefined), 200))}`, data: { error: error ? { ...error } : null } },
      {
        verdict: 'info',
        text: 'Lambda runs it once more inside the invocation, where it counts against the function’s timeout and is billed.',
        data: {},
      },
    ],
    change: [{ text: 'Do less outside the handler, or do it on first use.', data: {} }],
  };
};

/** A call that a handler made and that failed. */
export const explainAnswer: Explainer = (trace, fact): Answer | null => {
  if (fact.data.ok === true) return null;
  const sent = lastBefore(
    trace,
    fact.seq,
    ({ type, data }) => type === 'lambda:RequestSent' && data.callId === fact.data.callId && data.environmentId === fact.data.environmentId,
  );
  const what = sent ? `${code(textOf(sent.data.operation))} on ${named(sent.data.target)}` : 'a call';
  const steps: Step[] = [
    {
      verdict: 'fail',
      text: `The answer: ${code(shorten(textOf(fact.data.answer), 240))}.`,
      data: { answer: fact.data.answer ?? '' },
      ...(sent ? { facts: [sent.seq] } : {}),
    },
    ...deniedBefore(trace, fact),
    { verdict: 'info', text: 'In the handler this is a thrown error.', data: {} },
  ];
  return { subject: 'error', title: `${named(fact.resource)} called ${what}, and the call failed.`, steps };
};

/** A fault that somebody switched on. */
export const explainInjected: Explainer = (trace, fact): Answer => {
  const { action } = fact.data;
  const armed = lastBefore(trace, fact.seq, ({ type, resource }) => type === 'fis:ApiErrorArmed' && resource === action);
  const used =
    trace.slice(armed?.seq ?? 0, fact.seq).filter(({ type, data }) => type === 'fis:ApiErrorInjected' && data.action === action).length + 1;
  const steps: Step[] = armed
    ? [
        {
          verdict: 'info',
          text: `It was switched on for ${counted(Number(armed.data.times), 'call')}; this is number ${used}.`,
          data: { times: armed.data.times ?? 0, used },
          facts: [armed.seq],
        },
      ]
    : [];
  return {
    subject: 'error',
    title: `${code(textOf(action))} failed on purpose, with ${code(textOf(fact.data.code))}: ${quoted(fact.data.message)}`,
    steps,
  };
};

export const explainLimit: Explainer = (_trace, fact): Answer => ({
  subject: 'limit',
  title: `The run ended: the world's limit ${code(textOf(fact.data.limit))} of ${Number(fact.data.max).toLocaleString('en-US')} was reached.`,
  steps: [
    {
      verdict: 'info',
      text: 'Most often something calls itself over and over: look at what the last facts have in common.',
      data: fact.data,
    },
  ],
});
