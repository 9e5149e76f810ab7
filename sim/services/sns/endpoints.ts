// Which endpoints a protocol takes, and which of them must confirm. SNS-07, SNS-X06, SNS-X21.
// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
import { parseArn } from '../../kernel/arn';
import { invalid, type Refusal } from './faults';
import type { Protocol, SnsState, Topic } from './state';

const PROTOCOLS: readonly Protocol[] = ['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'];

export function isProtocol(text: string): text is Protocol {
  return (PROTOCOLS as readonly string[]).includes(text);
}

/** E.164, with the spaces and hyphens that SNS takes. */
export function isPhoneNumber(text: string): boolean {
  return /^\+?[1-9]\d{3,14}$/.test(text.replace(/[\s().-]/g, ''));
}

export function checkEndpoint(state: Readonly<SnsState>, topic: Topic, protocol: Protocol, endpoint: string): Refusal | null {
  if (topic.isFifo && protocol !== 'sqs') return invalid(`Invalid protocol type: ${protocol}`);
  const arn = parseArn(endpoint);
  switch (protocol) {
    case 'http':
    case 'https':
      return new RegExp(`^${protocol}://[^/\\s?#]+`, 'i').test(endpoint) ? null : invalid('Endpoint must match the specified protocol');
    case 'email':
    case 'email-json':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(endpoint) ? null : invalid('Email address');
    case 'sms':
      return isPhoneNumber(endpoint) ? null : invalid(`Invalid SMS endpoint: ${endpoint}`);
    case 'sqs':
      if (arn?.service !== 'sqs' || arn.resource === '') return invalid('SQS endpoint ARN');
      return arn.resource.endsWith('.fifo') && !topic.isFifo
        ? invalid('Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics')
        : null;
    case 'lambda':
      return arn?.service === 'lambda' && arn.resource.startsWith('function:') ? null : invalid('Lambda endpoint ARN');
    case 'firehose':
      return arn?.service === 'firehose' && arn.resource.startsWith('deliverystream/') ? null : invalid('Firehose endpoint ARN');
    case 'application':
      if (arn?.service !== 'sns' || !arn.resource.startsWith('endpoint/')) return invalid('Application endpoint arn invalid');
      return state.endpoints[endpoint] ? null : invalid('Application endpoint does not exist');
  }
}

/** Strangers must agree; queues, functions and streams of whoever subscribes do not. */
export function needsConfirmation(protocol: Protocol, endpoint: string, owner: string): boolean {
  switch (protocol) {
    case 'http':
    case 'https':
    case 'email':
    case 'email-json':
      return true;
    case 'sqs':
    case 'lambda':
    case 'firehose':
      return parseArn(endpoint)?.account !== owner;
    default:
      return false;
  }
}
