// What a live topic calls its protocols and its policies.
import type { DocumentPlace, TopicProtocol, TopicSimulatorProps } from './topic-setup';

const PROTOCOL_NAMES: Record<TopicProtocol, string> = {
  sqs: 'SQS queue',
  lambda: 'Lambda function',
  http: 'HTTP endpoint',
  https: 'HTTPS endpoint',
  email: 'e-mail',
  'email-json': 'e-mail as JSON',
  sms: 'text message',
  application: 'mobile push',
  firehose: 'Firehose stream',
};

export function protocolName(protocol: TopicProtocol): string {
  return PROTOCOL_NAMES[protocol];
}

/** The heading of a policy. */
export function documentName(at: DocumentPlace, { topic = 'orders', publisher }: Pick<TopicSimulatorProps, 'topic' | 'publisher'>): string {
  const role = publisher && 'role' in publisher ? publisher.role : 'publisher';
  const [kind, ...rest] = at.split(' ');
  const name = rest.join(' ');
  switch (kind) {
    case 'topic':
      return `Policy of the topic ${topic}`;
    case 'topic-key':
      return `Policy of the key of the topic ${topic}`;
    case 'publisher':
      return `Policy of the role ${role}`;
    case 'queue':
      return `Policy of the queue ${name}`;
    case 'key':
      return `Policy of the key of the queue ${name}`;
    case 'code':
      return `Code of the function ${name}`;
    default:
      return `Delivery policy of ${name}`;
  }
}
