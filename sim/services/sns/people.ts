// Phones, inboxes and devices: the ends of SNS that are not in AWS. SNS-X10, SNS-X23.
// https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-phone-number-as-subscriber.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { snsArn } from './arns';
import { invalid } from './faults';
import type { NewMessage } from './message';
import type { PlatformEndpoint, SnsState } from './state';

const SMS_CHARACTERS_MAX = 1600;

/** Characters of the GSM 03.38 alphabet; one outside makes the whole text UCS-2. */
const GSM = /^[A-Za-z0-9 \r\n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~\]|€]*$/;

/** A text over one part gives some of each part's room to its number. */
function smsParts(text: string): number {
  const isGsm = GSM.test(text);
  const [single, each] = isGsm ? [160, 153] : [70, 67];
  return text.length <= single ? 1 : Math.ceil(text.length / each);
}

function smsPlace(port: Port): string {
  return `${port.account} ${port.region}`;
}

/** A phone that answered STOP gets nothing. */
function sendSms(state: Readonly<SnsState>, to: string, text: string, messageId: string, resource: Arn, port: Port): boolean {
  const isOptedOut = state.optedOut[smsPlace(port)]?.includes(to) ?? false;
  if (isOptedOut) port.emit('sns:SmsNotDelivered', resource, { to, text, messageId, reason: 'OptedOut' });
  else port.emit('sns:SmsDelivered', resource, { to, text, messageId, parts: smsParts(text) });
  return !isOptedOut;
}

/** Straight to a phone number, without a topic. */
export function publishToPhone(state: Readonly<SnsState>, to: string, { message, isStructured }: NewMessage, port: Port): Reply {
  const texts = isStructured ? (JSON.parse(message) as Record<string, string>) : null;
  const text = texts ? (texts.sms ?? texts.default ?? '') : message;
  if (text.length > SMS_CHARACTERS_MAX) return invalid('Message too long');
  const messageId = port.uuid();
  sendSms(state, to, text, messageId, snsArn(port, 'sms'), port);
  return { ok: { MessageId: messageId } };
}

/** Straight to a device. */
export function publishToEndpoint(state: Readonly<SnsState>, arn: Arn, content: NewMessage, port: Port): Reply {
  const endpoint = state.endpoints[arn];
  if (!endpoint) return invalid('TargetArn Reason: No endpoint found for the target arn specified');
  if (endpoint.attributes.Enabled === 'false') return clientFault('EndpointDisabled', 'Endpoint is disabled');
  const messageId = port.uuid();
  pushTo(endpoint, content.message, content.isStructured ? content.message : null, messageId, port);
  return { ok: { MessageId: messageId } };
}

function pushTo(endpoint: PlatformEndpoint, text: string, structure: string | null, messageId: string, port: Port): void {
  const platform = parseArn(endpoint.arn)?.resource.split('/')[1] ?? '';
  const texts = structure === null ? null : (JSON.parse(structure) as Record<string, string>);
  port.emit('sns:PushDelivered', endpoint.arn, {
    platform,
    token: endpoint.attributes.Token ?? '',
    payload: texts ? (texts[platform] ?? texts.default ?? '') : text,
    messageId,
  });
}

// The world's own steps, by which a topic reaches people.

export function deliverEmail(_state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  port.emit('sns:EmailDelivered', call.resource, call.input);
  return { ok: {} };
}

export function deliverSms(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { to, text, messageId } = call.input as { to: string; text: string; messageId: string };
  if (sendSms(state, to, text, messageId, call.resource, port)) return { ok: {} };
  return clientFault('OptedOut', 'Phone number is opted out');
}

export function deliverPush(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const {
    endpoint: arn,
    payload,
    structure,
    messageId,
  } = call.input as { endpoint: Arn; payload: string; structure: string | null; messageId: string };
  const endpoint = state.endpoints[arn];
  if (!endpoint) return clientFault('NotFound', 'Endpoint does not exist', 404);
  if (endpoint.attributes.Enabled === 'false') return clientFault('EndpointDisabled', 'Endpoint is disabled');
  pushTo(endpoint, payload, structure, messageId, port);
  return { ok: {} };
}

/** Simplified: there is no Firehose here: AWS's puts the record into a bucket or another store, here it is a fact. */
export function deliverRecord(_state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  port.emit('sns:RecordDelivered', call.resource, call.input);
  return { ok: {} };
}

// SMS settings of an account and Region.

const SMS_ATTRIBUTES: ReadonlySet<string> = new Set([
  'MonthlySpendLimit',
  'DeliveryStatusIAMRole',
  'DeliveryStatusSuccessSamplingRate',
  'DefaultSenderID',
  'DefaultSMSType',
  'UsageReportS3Bucket',
]);

export function setSmsAttributes(_state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const attributes = (call.input.attributes ?? {}) as JsonObject;
  for (const [name, value] of Object.entries(attributes)) {
    if (!SMS_ATTRIBUTES.has(name)) return invalid(`${name} is not a valid attribute`);
    if (name === 'DefaultSMSType' && value !== 'Promotional' && value !== 'Transactional') return invalid('DefaultSMSType is invalid');
  }
  port.emit('sns:SmsAttributesSet', snsArn(port, 'sms'), { place: smsPlace(port), attributes });
  return { ok: {} };
}

export function getSmsAttributes(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const all: Record<string, string> = { MonthlySpendLimit: '1', ...state.sms[smsPlace(port)] };
  const asked = Array.isArray(call.input.attributes) ? call.input.attributes.map(String) : [];
  const attributes = asked.length === 0 ? all : Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name)));
  return { ok: { attributes } };
}

export function checkOptedOut(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const number = String(call.input.phoneNumber ?? '');
  if (!isE164(number)) return invalid(`PhoneNumber Reason: input incorrectly formatted`);
  return { ok: { isOptedOut: state.optedOut[smsPlace(port)]?.includes(number) ?? false } };
}

function isE164(number: string): boolean {
  return /^\+[1-9]\d{3,14}$/.test(number);
}

export function listOptedOut(state: Readonly<SnsState>, _call: ApiCall, port: Port): Reply {
  return { ok: { phoneNumbers: [...(state.optedOut[smsPlace(port)] ?? [])] } };
}

export function optIn(_state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  port.emit('sns:PhoneOptedIn', snsArn(port, 'sms'), { place: smsPlace(port), number: String(call.input.phoneNumber ?? '') });
  return { ok: {} };
}

/** Somebody answers STOP to a text message. Input: `number`. */
export function receiveStop(_state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  port.emit('sns:PhoneOptedOut', snsArn(port, 'sms'), { place: smsPlace(port), number: String(call.input.number ?? '') });
  return { ok: {} };
}
