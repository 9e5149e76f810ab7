// Lambda's facts as segments: init, invocations and idle time of each environment; waits in the function's own queue.
import type { Fact } from '@/sim/kernel/fact';
import { formatDuration } from './clock';
import { asLambdaFact, errorLine, STATUS_WORDS } from './lambda-fact';
import type { Lane, LaneSheet } from './lane-sheet';

/** A wait shorter than this is not drawn: the event was taken at once. In milliseconds. */
const WAIT_FROM_MS = 1;

function beginCall(sheet: LaneSheet, lane: Lane, fact: Fact, requestId: string): void {
  sheet.begin(`call ${requestId}`, lane, fact, { kind: 'wait', label: 'waits', title: 'a caller waits for the answer' });
}

/** LAM-INV-S3: a function error is answered with 200 as well. */
function answerOf(isError: boolean) {
  return isError
    ? { kind: 'fault' as const, label: '200, error', title: 'a caller waited and got 200 with a function error' }
    : { label: '200', title: 'a caller waited and got 200' };
}

export function drawLambda(sheet: LaneSheet, fact: Fact): void {
  const known = asLambdaFact(fact);
  if (!known) return;
  const environment = (id: string): Lane => sheet.lane(`environment ${fact.resource} ${id}`, 'environment', fact.resource);
  const queue = (): Lane => sheet.lane(`lambda-queue ${fact.resource}`, 'lambda-queue', fact.resource);
  const caller = (): Lane => sheet.lane(`caller ${fact.resource}`, 'caller', fact.resource);
  switch (known.type) {
    case 'lambda:EnvironmentCreated':
      if (known.data.invocationType === 'RequestResponse') beginCall(sheet, caller(), fact, known.data.requestId);
      environment(known.data.environmentId);
      return;
    case 'lambda:InitStarted': {
      const lane = environment(known.data.environmentId);
      sheet.begin(lane.id, lane, fact, { kind: 'cold', label: 'init', title: 'initialising' });
      return;
    }
    case 'lambda:InitEnded': {
      const { environmentId, status, durationMs, error } = known.data;
      const took = formatDuration(durationMs);
      if (status === 'success') sheet.end(environment(environmentId).id, fact, { title: `init, ${took}` });
      else
        sheet.end(environment(environmentId).id, fact, {
          kind: 'fault',
          label: 'init',
          title: error ? `init failed: ${errorLine(error)}` : `init: ${status}`,
        });
      return;
    }
    case 'lambda:InvocationStarted': {
      const { environmentId, requestId, attempt, invocationType, suppressedInit, coldStart } = known.data;
      const lane = environment(environmentId);
      sheet.end(`wait ${requestId}`, fact);
      if (invocationType === 'RequestResponse' && !coldStart) beginCall(sheet, caller(), fact, requestId);
      const init = suppressedInit ? ', init again' : '';
      const title = invocationType === 'Event' ? `attempt ${attempt}${init}, running` : `invocation${init}, running`;
      sheet.begin(lane.id, lane, fact, { kind: 'warm', label: 'invoke', title });
      return;
    }
    case 'lambda:InvocationEnded': {
      const { environmentId, status, durationMs, error, attempt, requestId } = known.data;
      const call = sheet.end(`call ${requestId}`, fact, answerOf(error !== null));
      const word = STATUS_WORDS[status];
      const detail = status === 'error' && error ? `: ${errorLine(error)}` : '';
      const title = `${call ? 'invocation' : `attempt ${attempt}`}, ${word}${detail}, ${formatDuration(durationMs)}`;
      sheet.end(environment(environmentId).id, fact, { kind: status === 'success' ? 'warm' : 'fault', label: word, title });
      return;
    }
    case 'lambda:EnvironmentFrozen': {
      const lane = environment(known.data.environmentId);
      sheet.begin(lane.id, lane, fact, { kind: 'ash', label: 'frozen', title: 'frozen: memory kept, no CPU' });
      return;
    }
    case 'lambda:EnvironmentReset': {
      const lane = environment(known.data.environmentId);
      sheet.begin(lane.id, lane, fact, { kind: 'ash', label: 'reset', title: 'reset: memory lost, /tmp kept' });
      return;
    }
    case 'lambda:EnvironmentReclaimed': {
      const lane = environment(known.data.environmentId);
      sheet.end(lane.id, fact);
      lane.marks.push({ kind: 'gone', at: fact.at, title: `environment reclaimed (${known.data.reason})`, fact: fact.seq });
      return;
    }
    case 'lambda:AttemptScheduled': {
      const { requestId, attempt, waitMs, dueAt, reason } = known.data;
      if (waitMs < WAIT_FROM_MS) return;
      const received = reason === 'received';
      const title = received
        ? 'in the queue until an environment takes it'
        : `waits ${formatDuration(waitMs)} for attempt ${attempt}, after a function error`;
      sheet.begin(
        `wait ${requestId}`,
        queue(),
        fact,
        { kind: 'wait', label: received ? 'queued' : `wait ${formatDuration(waitMs)}`, title },
        dueAt,
      );
      return;
    }
    case 'lambda:InvocationThrottled':
      if (known.data.invocationType === 'RequestResponse')
        caller().marks.push({ kind: 'fault', at: fact.at, title: 'a call answered at once: 429, throttled', fact: fact.seq });
      return;
    case 'lambda:EventDiscarded': {
      const where = known.data.deadLetterArn === null ? 'dropped, no dead-letter queue' : 'given up, to the dead-letter queue';
      sheet.end(`wait ${known.data.requestId}`, fact);
      queue().marks.push({ kind: 'fault', at: fact.at, title: `event ${where}`, fact: fact.seq });
      return;
    }
    case 'lambda:DeadLetterFailed':
      queue().marks.push({ kind: 'fault', at: fact.at, title: `dead letter lost: ${known.data.errorCode}`, fact: fact.seq });
      return;
    default:
      return;
  }
}
