// The answer to an attempt: done, tried again, or given up. SNS-10, SNS-X11.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import { type ApiCall, clientFault, type Fault, type Reply, serverFault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { OutgoingCall, Port } from '../../kernel/service';
import { HTTP_TIMEOUT_MS, send, timeoutKey } from './begin-attempt';
import { httpPolicy } from './delivery-policy';
import { attemptsMax, scheduleOf, waitBefore } from './retry-phases';
import { fail, type ProviderAnswer, succeed } from './settle';
import type { Protocol, SnsState } from './state';

interface AttemptInput {
  deliveryId: string;
  attempt: number;
  call?: OutgoingCall;
  reply: { ok?: JsonObject; fault?: Fault };
}

/** In the last phase of an endpoint that AWS manages, a fact stands for an hour of attempts, 20 s apart. */
const ATTEMPTS_PER_FACT = 180;

const THROTTLES: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'RequestThrottled',
  'TooManyRequestsException',
  'KMS.ThrottlingException',
  'KmsThrottled',
  'OverLimit',
]);

export function endAttempt(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { deliveryId, attempt, call: sent, reply } = call.input as unknown as AttemptInput;
  const delivery = state.deliveries[deliveryId];
  // Answers that come after the timeout, or after the subscription ended, change nothing.
  if (!delivery || delivery.attempt > attempt) return { ok: {} };
  if (sent?.action === 'internet:Request') port.cancel(timeoutKey(deliveryId));
  const subscription = state.subscriptions[delivery.subscriptionArn];
  const topic = subscription && state.topics[subscription.topicArn];
  if (!topic) return { ok: {} };
  const { protocol } = subscription;
  const outcome = outcomeOf(protocol, reply, port);
  if ('statusCode' in outcome) {
    succeed(state, delivery, attempt, outcome, port);
    return { ok: {} };
  }
  const { fault, isRetryable } = outcome;
  const schedule = scheduleOf(protocol, () => httpPolicy(topic, subscription).retry);
  const next = isRetryable && sent ? waitBefore(schedule, attempt + 1) : null;
  const isQuiet = next?.phase === 'post-backoff' && schedule.postBackoff > ATTEMPTS_PER_FACT && attempt % ATTEMPTS_PER_FACT !== 0;
  if (!isQuiet) {
    port.emit('sns:DeliveryAttempted', topic.arn, {
      deliveryId,
      messageId: delivery.messageId,
      subscriptionArn: delivery.subscriptionArn,
      protocol,
      attempt,
      /** Attempts since the last fact about this delivery. */
      attempts: attempt - delivery.attempt + 1,
      attemptsMax: attemptsMax(schedule),
      error: { code: fault.code, message: fault.message, status: fault.status },
      isRetryable,
    });
  }
  if (!next || !sent) {
    fail(state, delivery, attempt, isRetryable ? 'RetriesExhausted' : 'ClientError', fault, port);
    return { ok: {} };
  }
  if (!isQuiet) {
    port.emit('sns:DeliveryRetryScheduled', topic.arn, {
      deliveryId,
      messageId: delivery.messageId,
      subscriptionArn: delivery.subscriptionArn,
      attempt: attempt + 1,
      phase: next.phase,
      waitMs: next.waitMs,
      dueAt: port.now + next.waitMs,
    });
  }
  send(topic.arn, deliveryId, attempt + 1, sent, next.waitMs, port);
  return { ok: {} };
}

/** An HTTP/S endpoint that has not answered in time failed as a server does. */
export function timeOutAttempt(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { fault } = serverFault('RequestTimeout', `The endpoint did not answer within ${HTTP_TIMEOUT_MS / 1000} seconds.`, 504);
  return endAttempt(state, { ...call, input: { ...call.input, reply: { fault: { ...fault } as unknown as JsonObject } } }, port);
}

type Outcome = ProviderAnswer | { fault: Fault; isRetryable: boolean };

function outcomeOf(protocol: Protocol, reply: AttemptInput['reply'], port: Port): Outcome {
  if (reply.fault) {
    const { fault } = reply;
    const isUnreachable = fault.status === 0;
    const isRetryable =
      isUnreachable || fault.side === 'server' || fault.status >= 500 || fault.status === 429 || THROTTLES.has(fault.code);
    return { fault, isRetryable };
  }
  const ok = reply.ok ?? {};
  switch (protocol) {
    case 'http':
    case 'https': {
      const statusCode = Number(ok.status);
      const providerResponse = String(ok.body ?? '').slice(0, 1024);
      if (statusCode >= 200 && statusCode < 300) return { statusCode, providerResponse };
      const isRetryable = statusCode >= 500 || statusCode === 429;
      return { fault: clientFault(`HTTP${statusCode}`, `The endpoint answered ${statusCode}.`, statusCode).fault, isRetryable };
    }
    case 'sqs':
      return { statusCode: 200, providerResponse: JSON.stringify({ sqsRequestId: port.uuid(), sqsMessageId: ok.MessageId ?? null }) };
    case 'lambda':
      return { statusCode: 202, providerResponse: JSON.stringify({ lambdaRequestId: port.uuid() }) };
    default:
      return { statusCode: 200, providerResponse: '' };
  }
}
