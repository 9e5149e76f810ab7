// Encrypted queues: who sends must be able to make and open a data key, who receives to open it; the keys are kept for a while.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
// Simplified: a receive opens the data key that the queue used last, whichever key its messages were encrypted with; SQS opens each message's own.
import { type ApiCall, type Continuation, clientFault, type Fault, type Principal, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port, ServiceAction } from '../../kernel/service';
import type { Queue, QueueAction, SqsState } from './queue';
import { nextReceivableAt } from './receivable';

type Use = 'send' | 'receive';
type Step = 'GenerateDataKey' | 'Decrypt';

interface Held {
  use: Use;
  step: Step;
  call: ApiCall;
  /** The sealed data key. */
  ciphertext: string | null;
}

/** The action as it is, after its caller has shown that the queue's key is open to it. */
export function encrypted(use: Use, action: QueueAction): QueueAction {
  return (queue, call, port, state) => {
    const needs = use === 'send' ? needsKeyToSend(queue, call.principal, port) : needsKeyToReceive(queue, call.principal, port);
    if (!needs) return action(queue, call, port, state);
    askKey(queue, use, call, port);
    return { later: true };
  };
}

function isKept(queue: Readonly<Queue>, use: Use, { id }: Principal, port: Port): boolean {
  const until = queue.dataKeysKept[`${use} ${id}`];
  return until !== undefined && until > port.now;
}

function needsKeyToSend(queue: Readonly<Queue>, principal: Principal, port: Port): boolean {
  return queue.settings.kmsMasterKeyId !== null && !isKept(queue, 'send', principal, port);
}

/** Nothing is opened while there is nothing to receive. */
export function needsKeyToReceive(queue: Readonly<Queue>, principal: Principal, port: Port): boolean {
  if (queue.settings.kmsMasterKeyId === null || queue.dataKey === null || isKept(queue, 'receive', principal, port)) return false;
  const at = nextReceivableAt(queue);
  return at !== null && at <= port.now;
}

export function askKey(queue: Readonly<Queue>, use: Use, call: ApiCall, port: Port): void {
  const held: Held = { use, step: use === 'send' ? 'GenerateDataKey' : 'Decrypt', call, ciphertext: use === 'send' ? null : queue.dataKey };
  ask(queue, held, port);
}

function ask(queue: Readonly<Queue>, held: Held, port: Port): void {
  const { step, call, ciphertext } = held;
  const keyId = queue.settings.kmsMasterKeyId ?? '';
  const EncryptionContext = { 'aws:sqs:arn': queue.arn };
  const input: JsonObject =
    step === 'GenerateDataKey'
      ? { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext }
      : { CiphertextBlob: ciphertext, EncryptionContext };
  const route = port.route('kms', step, input);
  const replyTo: Continuation = {
    to: 'call',
    action: 'sqs:UseDataKey',
    resource: queue.arn,
    input: { held: { ...held, keyArn: route?.resource ?? keyId } as unknown as JsonObject },
  };
  if (!route) {
    port.reply(replyTo, clientFault('NotFoundException', `Key '${keyId}' does not exist`));
    return;
  }
  const context = {
    ...call.context,
    'kms:ViaService': `sqs.${port.region}.amazonaws.com`,
    'aws:CalledVia': ['sqs.amazonaws.com'],
  };
  port.call({ ...route, input, principal: call.principal, origin: call.origin, context, replyTo });
}

/** The key's answer. `actions`: what goes on when the key is open, by the names of the calls that waited for it. */
export function continueWithKey(actions: Record<string, QueueAction>): ServiceAction<SqsState> {
  return (state, { input, resource }, port): Reply => {
    const { held, reply } = input as unknown as { held: Held & { keyArn: string }; reply: { ok?: JsonObject; fault?: Fault } };
    const { use, step, call, keyArn } = held;
    const queue = state.queues[resource];
    if (!queue) {
      port.reply(call.replyTo, clientFault('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.'));
      return { ok: {} };
    }
    const principal = call.principal.id;
    if (reply.fault) {
      const { code, message } = reply.fault;
      port.emit('sqs:DataKeyRefused', resource, { action: call.action, operation: `kms:${step}`, principal, keyArn, code, message });
      port.reply(call.replyTo, kmsFault(reply.fault, port));
      return { ok: {} };
    }
    const ciphertext = step === 'GenerateDataKey' ? String(reply.ok?.CiphertextBlob ?? '') : held.ciphertext;
    if (step === 'GenerateDataKey') {
      ask(queue, { use, step: 'Decrypt', call, ciphertext }, port);
      return { ok: {} };
    }
    const keptUntil = port.now + queue.settings.kmsDataKeyReusePeriodSeconds * 1000;
    port.emit('sqs:DataKeyKept', resource, { use, principal, keyArn, ciphertext, keptUntil });
    const answer = actions[call.action]?.(queue, call, port, state) ?? { ok: {} };
    if (!('later' in answer)) port.reply(call.replyTo, answer);
    return { ok: {} };
  };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors */
const CODES: Record<string, string> = {
  AccessDenied: 'KMS.AccessDeniedException',
  AccessDeniedException: 'KMS.AccessDeniedException',
  DisabledException: 'KMS.DisabledException',
  InvalidKeyUsageException: 'KMS.InvalidKeyUsageException',
  KMSInvalidStateException: 'KMS.InvalidStateException',
  NotFoundException: 'KMS.NotFoundException',
  ThrottlingException: 'KMS.ThrottlingException',
};

function kmsFault({ code, message, status }: Fault, port: Port): { fault: Fault } {
  const origin = `(Service: AWSKMS; Status Code: ${status}; Error Code: ${code}; Request ID: ${port.uuid()}; Proxy: null)`;
  return clientFault(CODES[code] ?? 'KMS.InvalidStateException', `${message} ${origin}`);
}
