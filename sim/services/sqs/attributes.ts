// Attributes that a queue is configured with: ranges and refusals. EDA-X01 to EDA-X05.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
import { type Arn, parseArn } from '../../kernel/arn';
import { clientFault, type Fault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Queue, QueueSettings, SqsState } from './queue';

type Refusal = { fault: Fault };
/** Writes one attribute into the settings. False when the value is out of range or malformed. */
type Setter = (settings: QueueSettings, value: Json) => boolean;

type NumericSetting = {
  [K in keyof QueueSettings]: QueueSettings[K] extends number ? K : never;
}[keyof QueueSettings];

function whole(setting: NumericSetting, min: number, max: number): Setter {
  return (settings, value) => {
    const number = Number(value);
    if (String(value).trim() === '' || !Number.isInteger(number) || number < min || number > max) return false;
    settings[setting] = number;
    return true;
  };
}

function flag(setting: 'contentBasedDeduplication' | 'sqsManagedSseEnabled'): Setter {
  return (settings, value) => {
    settings[setting] = String(value) === 'true';
    return /^(true|false)$/.test(String(value));
  };
}

/** Empty text takes the setting away. Null when it is not a JSON object. */
function parseObject(value: Json): JsonObject | '' | null {
  let parsed: Json = value;
  if (typeof value === 'string') {
    if (value.trim() === '') return '';
    try {
      parsed = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : null;
}

const SETTERS: Record<string, Setter> = {
  DelaySeconds: whole('delaySeconds', 0, 900),
  MaximumMessageSize: whole('maximumMessageSize', 1024, 1_048_576),
  MessageRetentionPeriod: whole('messageRetentionPeriod', 60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: whole('receiveMessageWaitTimeSeconds', 0, 20),
  VisibilityTimeout: whole('visibilityTimeout', 0, 43_200),
  KmsDataKeyReusePeriodSeconds: whole('kmsDataKeyReusePeriodSeconds', 60, 86_400),
  SqsManagedSseEnabled: flag('sqsManagedSseEnabled'),
  KmsMasterKeyId: (settings, value) => {
    settings.kmsMasterKeyId = typeof value === 'string' && value !== '' ? value : null;
    if (settings.kmsMasterKeyId) settings.sqsManagedSseEnabled = false;
    return typeof value === 'string';
  },
  Policy: (settings, value) => {
    const policy = parseObject(value);
    settings.policy = policy || null;
    return policy !== null;
  },
  RedriveAllowPolicy: (settings, value) => {
    const policy = parseObject(value);
    settings.redriveAllow = null;
    if (policy === '' || policy === null) return policy === '';
    const { redrivePermission: permission, sourceQueueArns: sources } = policy;
    const byQueue = permission === 'byQueue';
    if (!byQueue && permission !== 'allowAll' && permission !== 'denyAll') return false;
    // A list of one to ten queues belongs to byQueue, and to nothing else.
    if (byQueue !== Array.isArray(sources) || (Array.isArray(sources) && (sources.length === 0 || sources.length > 10))) return false;
    settings.redriveAllow = { redrivePermission: permission, ...(byQueue ? { sourceQueueArns: (sources as Json[]).map(String) } : {}) };
    return true;
  },
};

const FIFO_SETTERS: Record<string, Setter> = {
  ContentBasedDeduplication: flag('contentBasedDeduplication'),
  DeduplicationScope: (settings, value) => {
    settings.deduplicationScope = value as QueueSettings['deduplicationScope'];
    return value === 'queue' || value === 'messageGroup';
  },
  FifoThroughputLimit: (settings, value) => {
    settings.fifoThroughputLimit = value as QueueSettings['fifoThroughputLimit'];
    return value === 'perQueue' || value === 'perMessageGroupId';
  },
};

/** `base` with the attributes of a call. FifoQueue is for the creation of a queue alone. */
export function parseAttributes(
  base: QueueSettings,
  attributes: JsonObject,
  arn: Arn,
  state: Readonly<SqsState>,
): { settings: QueueSettings } | Refusal {
  const settings = { ...base };
  for (const [name, value] of Object.entries(attributes)) {
    const setter = name === 'RedrivePolicy' ? null : (SETTERS[name] ?? (settings.isFifo ? FIFO_SETTERS[name] : undefined));
    if (setter === undefined) return clientFault('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (setter === null) {
      const refusal = setRedrive(settings, value as Json, arn, state);
      if (refusal) return refusal;
    } else if (!setter(settings, value as Json)) return invalidValue(name);
  }
  if (settings.kmsMasterKeyId && String(attributes.SqsManagedSseEnabled) === 'true') {
    return clientFault(
      'InvalidAttributeValue',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  // High throughput needs both: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
  if (settings.fifoThroughputLimit === 'perMessageGroupId' && settings.deduplicationScope !== 'messageGroup') {
    return invalidValue('FifoThroughputLimit');
  }
  return { settings };
}

function invalidValue(name: string): Refusal {
  return clientFault('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

/** `{"deadLetterTargetArn":"…","maxReceiveCount":5}`, as text or as an object. EDA-X05: maxReceiveCount defaults to 10. */
function setRedrive(settings: QueueSettings, value: Json, arn: Arn, state: Readonly<SqsState>): Refusal | null {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const refuse = (reason: string) =>
    clientFault('InvalidParameterValue', `Value ${shown} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  const policy = parseObject(value);
  if (policy === null) return refuse('Redrive policy is not a valid JSON map.');
  settings.redrive = null;
  if (policy === '') return null;
  const { deadLetterTargetArn: target, maxReceiveCount = 10 } = policy;
  if (target === undefined) return refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    return refuse(`Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`);
  }
  const parts = typeof target === 'string' ? parseArn(target) : null;
  const own = parseArn(arn);
  if (typeof target !== 'string' || parts?.service !== 'sqs') return refuse('Invalid value for deadLetterTargetArn.');
  if (parts.account !== own?.account || parts.region !== own.region) {
    return refuse('Dead-letter queue must be in same account and region as the source.');
  }
  const deadLetters = state.queues[target];
  if (!deadLetters) return refuse('Dead letter target does not exist.');
  if (deadLetters.settings.isFifo !== settings.isFifo) return refuse('Dead-letter queue must be same type of queue as the source.');
  if (!takesFrom(deadLetters, arn)) {
    return refuse('The dead-letter queue does not allow this queue as its source: see its RedriveAllowPolicy.');
  }
  settings.redrive = { deadLetterTargetArn: target, maxReceiveCount: count };
  return null;
}

function takesFrom({ settings: { redriveAllow } }: Queue, source: Arn): boolean {
  if (redriveAllow === null || redriveAllow.redrivePermission === 'allowAll') return true;
  return redriveAllow.redrivePermission === 'byQueue' && (redriveAllow.sourceQueueArns ?? []).includes(source);
}

/** The configured attributes as the API prints them. */
export function printSettings(settings: QueueSettings): Record<string, string> {
  const optional = (name: string, value: unknown) => (value === null ? {} : { [name]: JSON.stringify(value) });
  return {
    DelaySeconds: String(settings.delaySeconds),
    MaximumMessageSize: String(settings.maximumMessageSize),
    MessageRetentionPeriod: String(settings.messageRetentionPeriod),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveMessageWaitTimeSeconds),
    VisibilityTimeout: String(settings.visibilityTimeout),
    ...optional('RedrivePolicy', settings.redrive),
    ...optional('RedriveAllowPolicy', settings.redriveAllow),
    ...optional('Policy', settings.policy),
    ...(settings.kmsMasterKeyId
      ? { KmsMasterKeyId: settings.kmsMasterKeyId, KmsDataKeyReusePeriodSeconds: String(settings.kmsDataKeyReusePeriodSeconds) }
      : {}),
    SqsManagedSseEnabled: String(settings.sqsManagedSseEnabled),
    ...(settings.isFifo
      ? {
          FifoQueue: 'true',
          ContentBasedDeduplication: String(settings.contentBasedDeduplication),
          DeduplicationScope: settings.deduplicationScope,
          FifoThroughputLimit: settings.fifoThroughputLimit,
        }
      : {}),
  };
}
