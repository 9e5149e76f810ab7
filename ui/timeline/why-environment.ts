// Why an execution environment comes to be, sleeps or goes.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import { formatDuration, spellDuration } from './clock';
import { errorLine, type LambdaFact, shortName } from './lambda-fact';
import { code, type Explanation, says, shorten } from './sentence';
import type { TraceIndex } from './trace-index';
import { failureWords } from './why-event';

export function whyEnvironment(index: TraceIndex, fact: LambdaFact): Explanation | null {
  switch (fact.type) {
    case 'lambda:FunctionCreated': {
      const { functionName, memoryMB, timeoutMs, deadLetterArn } = fact.data;
      const letter = deadLetterArn === null ? 'no dead-letter queue' : `dead letters to ${shortName(deadLetterArn)}`;
      return {
        tone: 'plain',
        parts: says`The function ${code(functionName)} exists: ${memoryMB} MB, timeout ${spellDuration(timeoutMs)}, ${letter}. Nothing runs yet.`,
      };
    }
    case 'lambda:EnvironmentCreated':
      return {
        tone: 'cold',
        parts: says`${coldReason(index, fact)}, so Lambda creates environment ${index.environmentNumber(fact.data.environmentId)}: a cold start.`,
      };
    case 'lambda:InitStarted':
      return { tone: 'cold', parts: says`The code is loaded and everything outside the handler runs, once for this environment.` };
    case 'lambda:InitEnded': {
      const { status, durationMs, error } = fact.data;
      if (status === 'success')
        return { tone: 'cold', parts: says`Init took ${formatDuration(durationMs)}. From here on the environment is warm.` };
      if (status === 'timeout')
        return { tone: 'fault', parts: says`Init was not done after ${spellDuration(durationMs)}, so Lambda gave it up.` };
      return {
        tone: 'fault',
        parts: says`Init failed: ${code(error ? shorten(errorLine(error), 120) : 'unknown error')}. The handler was never reached.`,
      };
    }
    case 'lambda:EventInvokeConfigPut':
      return {
        tone: 'plain',
        parts: says`From now on the function's events are tried at most ${fact.data.maximumRetryAttempts + 1} times.`,
      };
    case 'lambda:EnvironmentFrozen':
      return {
        tone: 'ash',
        parts: says`Environment ${index.environmentNumber(fact.data.environmentId)} is frozen: memory kept, no CPU. Whatever it began and did not await goes on only if another invocation thaws it.`,
      };
    case 'lambda:EnvironmentReset':
      return {
        tone: 'ash',
        parts: says`Lambda resets environment ${index.environmentNumber(fact.data.environmentId)} after ${failureWords(fact.data.reason)}. Its module variables are lost, ${code('/tmp')} is kept, and the next invocation runs init again.`,
      };
    case 'lambda:EnvironmentReclaimed': {
      const { environmentId, reason } = fact.data;
      const why = reason === 'idle' ? 'was idle long enough' : 'was taken back, as AWS may do whenever it likes';
      return {
        tone: 'ash',
        parts: says`Environment ${index.environmentNumber(environmentId)} ${why}. It is gone, and its module variables and ${code('/tmp')} with it.`,
      };
    }
    default:
      return null;
  }
}

/** Why none of the environments that there were could take the event. */
function coldReason(index: TraceIndex, fact: Extract<LambdaFact, { type: 'lambda:EnvironmentCreated' }>): string {
  const own = (other: LambdaFact) => other.resource === fact.resource;
  const before = index.lastBefore(fact.seq, 'lambda:EnvironmentCreated', own);
  if (!before) return 'There is no environment yet';
  const alive = new Set<string>();
  for (const other of index.facts) {
    if (other.seq >= fact.seq) break;
    if (other.resource !== fact.resource) continue;
    if (other.type === 'lambda:EnvironmentCreated') alive.add(String(other.data.environmentId));
    if (other.type === 'lambda:EnvironmentReclaimed') alive.delete(String(other.data.environmentId));
  }
  if (alive.size === 0) return 'No environment is left';
  return alive.size === 1 ? 'The one environment there is has work' : `All ${alive.size} environments have work`;
}
