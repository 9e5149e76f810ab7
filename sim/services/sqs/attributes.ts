// Attributes that a queue is configured with: ranges and refusals. EDA-X01 to EDA-X05.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
import { type Arn, parseArn } from '../../kernel/arn';
import { clientFault, type Fault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Queue, QueueSettings, SqsState } from './queue';

type Refusal = { fault: Fault };
/** Writes one attribute into the settings. False when the value is out of range or malformed, or why it is refused. */
type Setter = (settings: QueueSettings, value: Json) => boolean | { reason: string };

const NOT_SUPPORTED = { reason: 'not a supported value.' };

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
};

const FIFO_SETTERS: Record<string, Setter> = {
  ContentBasedDeduplication: flag('contentBasedDeduplication'),
  DeduplicationScope: (settings, value) => {
    settings.deduplicationScope = value as QueueSettings['deduplicationScope'];
    return value === 'queue' || value === 'messageGroup' || NOT_SUPPORTED;
  },
  FifoThroughputLimit: (settings, value) => {
    settings.fifoThroughputLimit = value as QueueSettings['fifoThroughputLimit'];
    return value === 'perQueue' || value === 'perMessageGroupId' || NOT_SUPPORTED;
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
    const policy = POLICIES[name];
    if (policy) {
      const reason = policy(settings, value as Json, arn, state);
      if (!reason) continue;
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      return clientFault('InvalidParameterValue', `Value ${shown} for parameter ${name} is invalid. Reason: ${reason}`);
    }
    const setter = SETTERS[name] ?? (settings.isFifo ? FIFO_SETTERS[name] : undefined);
    if (setter === undefined) return unknownAttribute(name);
    const outcome = setter(settings, value as Json);
    if (outcome !== true) return invalidValue(name, outcome === false ? null : outcome.reason);
  }
  if (settings.kmsMasterKeyId && String(attributes.SqsManagedSseEnabled) === 'true') {
    return clientFault(
      'InvalidAttributeValue',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  // High throughput needs both: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
  if (settings.fifoThroughputLimit === 'perMessageGroupId' && settings.deduplicationScope !== 'messageGroup') {
    return invalidValue(
      'FifoThroughputLimit',
      'To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.',
    );
  }
  return { settings };
}

function invalidValue(name: string, reason: string | null): Refusal {
  const text = `Invalid value for the parameter ${name}.`;
  return clientFault('InvalidAttributeValue', reason === null ? text : `${text} Reason: ${reason}`);
}

function unknownAttribute(name: string): Refusal {
  if (name !== 'DeduplicationScope' && name !== 'FifoThroughputLimit') {
    return clientFault('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return clientFault('InvalidAttributeValue', `You can specify the ${name} only when FifoQueue is set to true.`);
}

/** Writes a policy into the settings, or says what is wrong with it. */
type PolicySetter = (settings: QueueSettings, value: Json, arn: Arn, state: Readonly<SqsState>) => string | null;

/** As text or as an object. */
const POLICIES: Record<string, PolicySetter> = { RedrivePolicy: setRedrive, RedriveAllowPolicy: setRedriveAllow };

const NOT_ALLOWED = "Amazon SQS can't create the redrive allow policy";

/** `{"redrivePermission":"byQueue","sourceQueueArns":["…"]}` */
function setRedriveAllow(settings: QueueSettings, value: Json, arn: Arn): string | null {
  const policy = parseObject(value);
  settings.redriveAllow = null;
  if (policy === '') return null;
  const { redrivePermission: permission, sourceQueueArns: sources } = policy ?? {};
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue')
    return `${NOT_ALLOWED}, as it's in an unsupported format.`;
  if (permission !== 'byQueue') {
    if (sources !== undefined) return `${NOT_ALLOWED}. You can specify source queue ARNs only when the permission type is byQueue.`;
    settings.redriveAllow = { redrivePermission: permission };
    return null;
  }
  const arns = Array.isArray(sources) ? sources.map(String) : [];
  if (arns.length === 0 || arns.length > 10) {
    return `${NOT_ALLOWED}. When you specify the byQueue permission type, you must also specify between 1 and 10 source queue ARNs.`;
  }
  const { region } = parseArn(arn) ?? {};
  if (arns.some((source) => parseArn(source)?.region !== region)) {
    return 'All source queue ARNs must be in the same region as the current SQS queue.';
  }
  settings.redriveAllow = { redrivePermission: permission, sourceQueueArns: arns };
  return null;
}

/** `{"deadLetterTargetArn":"…","maxReceiveCount":5}`. The guide gives maxReceiveCount a default, EDA-X05; the API wants it. */
function setRedrive(settings: QueueSettings, value: Json, arn: Arn, state: Readonly<SqsState>): string | null {
  const policy = parseObject(value);
  if (policy === null) return 'Redrive policy is not a valid JSON map.';
  settings.redrive = null;
  if (policy === '') return null;
  const { deadLetterTargetArn: target, maxReceiveCount } = policy;
  if (target === undefined) return 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.';
  if (maxReceiveCount === undefined) return 'Redrive policy does not contain mandatory attribute: maxReceiveCount.';
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    return `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`;
  }
  const parts = typeof target === 'string' ? parseArn(target) : null;
  const own = parseArn(arn);
  if (typeof target !== 'string' || parts?.service !== 'sqs') return 'Only SQS queues are valid resources for deadLetterTargetArn';
  if (parts.region !== own?.region) return 'Dead-letter target must be in same region as the source.';
  if (parts.account !== own.account) return 'Dead-letter queue must be in same account as the source.';
  // AWS does not document what it says to this; a message that never leaves would come back for ever.
  if (target === arn) return 'Dead-letter queue must not be the source queue itself.';
  const deadLetters = state.queues[target];
  if (!deadLetters) return 'Dead letter target does not exist.';
  if (deadLetters.settings.isFifo !== settings.isFifo) return 'Dead-letter queue must be same type of queue as the source.';
  if (!takesFrom(deadLetters, arn)) return 'The dead-letter queue does not allow this queue as its source: see its RedriveAllowPolicy.';
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
