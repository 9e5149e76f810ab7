// How a delivery goes on after a try: done, tried again, or given up to the dead-letter queue or to nothing.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
import type { ApiCall, Fault, Reply } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import type { EventsState, Invocation } from '../state';
import { type Failure, failureOf, retryPolicyOf, waitBefore } from './failure';

export function settle(invocation: Invocation, reply: { fault?: Fault }, port: Port): void {
  if (reply.fault) fail(invocation, failureOf(reply.fault), port);
  else port.emit('events:TargetDelivered', invocation.ruleArn, { ...identity(invocation), attempts: invocation.attempts });
}

function identity(invocation: Invocation): JsonObject {
  return { invocationId: invocation.id, eventId: invocation.eventId, targetId: invocation.target.Id, targetArn: invocation.target.Arn };
}

export function fail(invocation: Invocation, failure: Failure, port: Port): void {
  const { code: errorCode, message: errorMessage } = failure;
  const retries = invocation.attempts - 1;
  if (!failure.isRetryable) {
    giveUp(invocation, failure, null, port);
    return;
  }
  const policy = retryPolicyOf(invocation);
  if (retries >= policy.attempts) {
    giveUp(invocation, failure, 'MaximumRetryAttempts', port);
    return;
  }
  const retry = retries + 1;
  const waitMs = waitBefore(retry, port);
  const ageMs = port.now - invocation.createdAt;
  if (ageMs + waitMs > policy.ageMs) {
    giveUp(invocation, failure, 'MaximumEventAgeInSeconds', port);
    return;
  }
  port.emit('events:TargetRetryScheduled', invocation.ruleArn, {
    ...identity(invocation),
    errorCode,
    errorMessage,
    retry,
    retriesMax: policy.attempts,
    ageMs,
    ageMaxMs: policy.ageMs,
    waitMs,
    dueAt: port.now + waitMs,
  });
  port.call({ action: 'events:InvokeTarget', resource: invocation.ruleArn, input: { invocationId: invocation.id } }, waitMs);
}

type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | null;

function giveUp(invocation: Invocation, failure: Failure, exhausted: Exhausted, port: Port): void {
  const queue = (invocation.target.DeadLetterConfig as { Arn?: string } | undefined)?.Arn;
  const { code: errorCode, message: errorMessage } = failure;
  port.emit('events:TargetFailed', invocation.ruleArn, {
    ...identity(invocation),
    errorCode,
    errorMessage,
    exhausted,
    attempts: invocation.attempts,
    deadLetterArn: queue ?? null,
  });
  if (!queue) {
    port.emit('events:EventDropped', invocation.ruleArn, {
      ...identity(invocation),
      reason: 'no-dead-letter-queue',
      errorCode,
      errorMessage,
    });
    return;
  }
  const text = (value: string) => ({ DataType: 'String' as const, StringValue: value });
  const attributes = {
    RULE_ARN: text(invocation.ruleArn),
    TARGET_ARN: text(invocation.target.Arn),
    ERROR_CODE: text(errorCode),
    ERROR_MESSAGE: text(errorMessage || errorCode),
    RETRY_ATTEMPTS: { DataType: 'Number' as const, StringValue: String(Math.max(0, invocation.attempts - 1)) },
    ...(exhausted ? { EXHAUSTED_RETRY_CONDITION: text(exhausted) } : {}),
  };
  // EB-X18: the rule, not a target's role, needs the queue's permission.
  port.deliver(
    queue,
    { body: invocation.event, attributes },
    {
      principal: { type: 'service', id: 'events.amazonaws.com', account: port.account },
      context: { 'aws:SourceArn': invocation.ruleArn, 'aws:SourceAccount': port.account },
      replyTo: {
        to: 'call',
        action: 'events:SettleDeadLetter',
        resource: invocation.ruleArn,
        input: { invocationId: invocation.id, queue },
      },
    },
  );
}

/** EB-X18: an event that the queue does not take is gone. */
export function settleDeadLetter(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { invocationId, queue, reply } = call.input as unknown as { invocationId: string; queue: string; reply: { fault?: Fault } };
  const invocation = state.invocations[invocationId];
  if (!invocation) return { ok: {} };
  if (!reply.fault) port.emit('events:EventDeadLettered', invocation.ruleArn, { ...identity(invocation), deadLetterArn: queue });
  else {
    const { code: errorCode, message: errorMessage } = failureOf(reply.fault);
    port.emit('events:EventDropped', invocation.ruleArn, {
      ...identity(invocation),
      reason: 'dead-letter-queue-failed',
      deadLetterArn: queue,
      errorCode,
      errorMessage,
    });
  }
  return { ok: {} };
}
