// Delivery status in CloudWatch Logs: a sample of the successes, every failure. SNS-09.
// https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html
import { formatArn, parseArn } from '../../kernel/arn';
import type { Principal } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import type { Protocol, StoredMessage, Subscription, Topic } from './state';
import { md5Hex } from './text';

interface DeliveryRecord {
  id: string;
  attempts: number;
  dwellTimeMs: number;
  statusCode: number;
  providerResponse: string;
  isSuccess: boolean;
}

/** Beginning of the attribute names; e-mail and SMS of topics are not logged. */
const FAMILY: Partial<Record<Protocol, string>> = {
  http: 'HTTP',
  https: 'HTTP',
  sqs: 'SQS',
  lambda: 'Lambda',
  firehose: 'Firehose',
  application: 'Application',
};

export function logDelivery(topic: Topic, subscription: Subscription, message: StoredMessage, record: DeliveryRecord, port: Port): void {
  const family = FAMILY[subscription.protocol];
  if (!family || message.type !== 'Notification') return;
  const role = topic.attributes[`${family}${record.isSuccess ? 'Success' : 'Failure'}FeedbackRoleArn`];
  if (!role) return;
  if (record.isSuccess) {
    const rate = Number(topic.attributes[`${family}SuccessFeedbackSampleRate`] ?? 0);
    if (rate <= 0 || (rate < 100 && port.random() * 100 >= rate)) return;
  }
  const { region = '', account = '' } = parseArn(topic.arn) ?? {};
  const logGroupName = `sns/${region}/${account}/${topic.name}${record.isSuccess ? '' : '/Failure'}`;
  const text = JSON.stringify({
    notification: {
      messageMD5Sum: md5Hex(message.message),
      messageId: message.messageId,
      topicArn: topic.arn,
      timestamp: message.timestamp.replace('T', ' ').replace('Z', ''),
    },
    delivery: {
      deliveryId: record.id,
      destination: subscription.endpoint,
      providerResponse: record.providerResponse,
      dwellTimeMs: record.dwellTimeMs,
      attempts: record.attempts,
      statusCode: record.statusCode,
    },
    status: record.isSuccess ? 'SUCCESS' : 'FAILURE',
  });
  // IAM knows a group by its streams, so that a policy for `log-group:<name>:*` covers this.
  const resource = formatArn({ service: 'logs', region, account, resource: `log-group:${logGroupName}:log-stream:${topic.logStream}` });
  const principal = sessionOf(role);
  const logStreamName = topic.logStream;
  const logEvents = [{ timestamp: Math.floor(port.epochMs), message: text }];
  port.call({ action: 'logs:CreateLogGroup', resource, input: { logGroupName }, principal });
  port.call({ action: 'logs:CreateLogStream', resource, input: { logGroupName, logStreamName }, principal });
  port.call({ action: 'logs:PutLogEvents', resource, input: { logGroupName, logStreamName, logEvents }, principal });
}

/** SNS writes with the role that the topic names. */
function sessionOf(roleArn: string): Principal {
  const account = parseArn(roleArn)?.account ?? '';
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return { type: 'role', id: `arn:aws:sts::${account}:assumed-role/${name}/sns-delivery-status`, account, session: { roleArn } };
}
