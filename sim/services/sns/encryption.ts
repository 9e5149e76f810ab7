// Publishing to an encrypted topic: the publisher must be able to use the topic's key. SNS-12, SNS-X34.
// https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
// Simplified: SNS keeps a data key for some minutes; here every publish asks for one.
import { type ApiCall, type Continuation, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port, ServiceAction } from '../../kernel/service';
import { publish, publishBatch } from './publish';
import type { SnsState } from './state';

type Step = 'GenerateDataKey' | 'Decrypt';

interface Held {
  step: Step;
  call: ApiCall;
}

const PUBLISH: Record<string, ServiceAction<SnsState>> = { 'sns:Publish': publish, 'sns:PublishBatch': publishBatch };

/** Publish or PublishBatch; for an encrypted topic after its key was asked for, which answers later. */
export function publishEncrypted(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const topic = state.topics[String(call.input.TopicArn ?? call.input.TargetArn ?? '')];
  const keyId = topic?.attributes.KmsMasterKeyId;
  if (!keyId) return perform(state, call, port);
  askKey(keyId, 'GenerateDataKey', call, null, port);
  return { later: true };
}

/** IAM's action is Publish for a batch too; the input tells the two apart. */
function perform(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const isBatch = call.input.PublishBatchRequestEntries !== undefined;
  return (PUBLISH[isBatch ? 'sns:PublishBatch' : 'sns:Publish'] as ServiceAction<SnsState>)(state, call, port);
}

function askKey(keyId: string, step: Step, call: ApiCall, ciphertext: string | null, port: Port): void {
  const EncryptionContext = { 'aws:sns:topicArn': call.resource };
  const input: JsonObject =
    step === 'GenerateDataKey'
      ? { KeyId: keyId, KeySpec: 'AES_256', EncryptionContext }
      : { CiphertextBlob: ciphertext, KeyId: keyId, EncryptionContext };
  const route = port.route('kms', step, input);
  const replyTo: Continuation = {
    to: 'call',
    action: 'sns:ContinuePublish',
    resource: call.resource,
    input: { held: { step, call } as unknown as JsonObject },
  };
  if (!route) {
    port.reply(replyTo, clientFault('NotFoundException', `Key '${keyId}' does not exist`));
    return;
  }
  const service = `sns.${port.region}.amazonaws.com`;
  const context = { 'kms:ViaService': service, 'aws:CalledVia': ['sns.amazonaws.com'] };
  port.call({ ...route, input, principal: call.principal, origin: call.origin, context: { ...call.context, ...context }, replyTo });
}

/** The key's answer: the next step, the publish itself, or the publisher's refusal. */
export function continuePublish(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { held, reply } = call.input as unknown as { held: Held; reply: { ok?: JsonObject; fault?: Fault } };
  const publishing = held.call;
  if (reply.fault) {
    port.reply(publishing.replyTo, kmsFault(reply.fault, port));
    return { ok: {} };
  }
  const keyId = state.topics[publishing.resource]?.attributes.KmsMasterKeyId;
  if (held.step === 'GenerateDataKey' && keyId) {
    askKey(keyId, 'Decrypt', publishing, String(reply.ok?.CiphertextBlob ?? ''), port);
    return { ok: {} };
  }
  const answer = perform(state, publishing, port);
  if (!('later' in answer)) port.reply(publishing.replyTo, answer);
  return { ok: {} };
}

const CODES: Record<string, string> = {
  AccessDeniedException: 'KMSAccessDenied',
  AccessDenied: 'KMSAccessDenied',
  DisabledException: 'KMSDisabled',
  KMSInvalidStateException: 'KMSInvalidState',
  NotFoundException: 'KMSNotFound',
  ThrottlingException: 'KMSThrottling',
};

function kmsFault(fault: Fault, port: Port): { fault: Fault } {
  const code = CODES[fault.code] ?? 'InvalidSecurity';
  const origin = `(Service: AWSKMS; Status Code: ${fault.status}; Error Code: ${fault.code}; Request ID: ${port.uuid()}; Proxy: null)`;
  return clientFault(code, `${fault.message} ${origin}`, 400);
}
