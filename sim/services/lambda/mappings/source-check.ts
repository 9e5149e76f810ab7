// Before a mapping comes into being Lambda tries the execution role on the queue, and compares the timeouts.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
import type { ApiCall, Fault, Reply } from '../../../kernel/call';
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { invalid } from '../function';
import type { LambdaState } from '../state';
import { finishChange, type PendingChange } from './change';
import { codeOfTarget } from './function-target';
import { askQueue, isDenied, type QueueReply, replyIn } from './queue-call';

/** What is asked of the queue in turn. The first two lack what they need, so that they only tell whether they may be asked. */
const PROBES: readonly { operation: string; input: JsonObject }[] = [
  { operation: 'ReceiveMessage', input: { MaxNumberOfMessages: 0 } },
  { operation: 'DeleteMessage', input: {} },
  { operation: 'GetQueueAttributes', input: { AttributeNames: ['VisibilityTimeout'] } },
];

export function checkQueue(state: Readonly<LambdaState>, change: PendingChange, step: number, port: Port): void {
  const probe = PROBES[step];
  const { functionArn, eventSourceArn } = change.configuration;
  const fn = codeOfTarget(state, functionArn);
  if (!probe || !fn) return;
  const input = { change: change as unknown as Json, step };
  const replyTo = { to: 'call', action: 'lambda:TakeQueueCheck', resource: fn.arn, input } as const;
  askQueue(fn, eventSourceArn, probe.operation, probe.input, replyTo, port);
}

export function takeQueueCheck(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { change, step } = call.input as unknown as { change: PendingChange; step: number };
  const reply = replyIn(call.input);
  const operation = PROBES[step]?.operation ?? '';
  const refusal = reply.fault ? refusalOf(operation, reply.fault) : null;
  const answer = (outcome: { fault: Fault } | { ok: Json }) => port.reply(change.replyTo ?? undefined, outcome);
  if (refusal) answer(refusal);
  else if (step < PROBES.length - 1) checkQueue(state, change, step + 1, port);
  else {
    const tooShort = compareTimeouts(state, change, reply);
    answer(tooShort ?? finishChange(state, change, port));
  }
  return { ok: {} };
}

/** A probe that the queue itself found wrong was allowed to ask. */
function refusalOf(operation: string, fault: Fault): { fault: Fault } | null {
  if (isDenied(fault)) return invalid(`The function execution role does not have permissions to call ${operation} on SQS`);
  if (fault.code === 'InvalidParameterValue' || fault.code === 'MissingParameter') return null;
  return invalid(`Error occurred while ${operation}. SQS Error Code: ${fault.code}. SQS Error Message: ${fault.message}`);
}

function compareTimeouts(state: Readonly<LambdaState>, change: PendingChange, { ok }: QueueReply): { fault: Fault } | null {
  const visibility = Number((ok?.Attributes as JsonObject | undefined)?.VisibilityTimeout ?? 30);
  const timeout = (codeOfTarget(state, change.configuration.functionArn)?.timeoutMs ?? 0) / 1000;
  if (visibility >= timeout) return null;
  return invalid(`Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`);
}
