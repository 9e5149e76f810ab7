// Calls that an intruder with the role's credentials would try. Each must be refused.
import { type Arn, parseArn } from '../../sim/kernel/arn';
import type { Action } from '../../sim/kernel/call';
import type { JsonObject } from '../../sim/kernel/json';

export interface Probe {
  service: string;
  operation: string;
  input: JsonObject;
  /** What IAM is asked. */
  action: Action;
  resource: Arn;
  /** What a sentence calls it, when the ARN has no name in it. */
  place?: string;
}

export interface Own {
  topicArn: Arn;
  queueArn: Arn;
}

function queueUrlOf(queueArn: Arn): string {
  const { region, account, resource } = parseArn(queueArn) ?? { region: '', account: '', resource: '' };
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

const onTopic = (operation: string, topicArn: Arn, input: JsonObject = {}): Probe => ({
  service: 'sns',
  operation,
  input: { TopicArn: topicArn, ...input },
  action: `sns:${operation}`,
  resource: topicArn,
});

const onQueue = (operation: string, queueArn: Arn, input: JsonObject = {}): Probe => ({
  service: 'sqs',
  operation,
  input: { QueueUrl: queueUrlOf(queueArn), ...input },
  action: `sqs:${operation}`,
  resource: queueArn,
});

const publish = (topicArn: Arn): Probe => onTopic('Publish', topicArn, { Message: 'Everybody gets a raise.' });
const send = (queueArn: Arn): Probe => onQueue('SendMessage', queueArn, { MessageBody: '{"raise":100}' });

/** On the function's own topic and queue: everything but what it needs. What destroys comes last. */
export function otherActions({ topicArn, queueArn }: Own): Probe[] {
  return [
    onTopic('GetTopicAttributes', topicArn),
    onTopic('ListSubscriptionsByTopic', topicArn),
    onTopic('Subscribe', topicArn, { Protocol: 'email', Endpoint: 'eve@example.com' }),
    onTopic('SetTopicAttributes', topicArn, { AttributeName: 'DisplayName', AttributeValue: 'Eve' }),
    onQueue('GetQueueAttributes', queueArn, { AttributeNames: ['All'] }),
    onQueue('ReceiveMessage', queueArn),
    onQueue('DeleteMessage', queueArn, { ReceiptHandle: 'a handle that eve found' }),
    onQueue('SetQueueAttributes', queueArn, { Attributes: { MessageRetentionPeriod: '60' } }),
    onQueue('PurgeQueue', queueArn),
    onTopic('DeleteTopic', topicArn),
    onQueue('DeleteQueue', queueArn),
  ];
}

/** The payroll team's topic and queue, and a stranger's phone. */
export function neighbours({ topicArn, queueArn }: Own): Probe[] {
  const wagesTopic = renamed(topicArn, 'payroll-wages');
  const wagesQueue = renamed(queueArn, 'payroll-wages');
  const text = { PhoneNumber: '+353851234567', Message: 'You have won a kettle.' };
  return [
    publish(wagesTopic),
    onTopic('Subscribe', wagesTopic, { Protocol: 'email', Endpoint: 'eve@example.com' }),
    send(wagesQueue),
    onQueue('ReceiveMessage', wagesQueue),
    onQueue('PurgeQueue', wagesQueue),
    { service: 'sns', operation: 'Publish', input: text, action: 'sns:Publish', resource: text.PhoneNumber, place: 'any phone' },
  ];
}

/** Names that begin like the function's own, or are the same in another Region. */
export function lookAlikes({ topicArn, queueArn }: Own): Probe[] {
  return [
    publish(renamed(topicArn, `${lastPart(topicArn)}-managers`)),
    send(renamed(queueArn, `${lastPart(queueArn)}-archive`)),
    publish(renamed(topicArn, `old-${lastPart(topicArn)}`)),
    send(renamed(queueArn, `old-${lastPart(queueArn)}`)),
    publish(elsewhere(topicArn)),
    send(elsewhere(queueArn)),
  ];
}

/** Actions on the account as a whole, and the ways by which a small role becomes a large one. */
export function wholeAccount({ topicArn, queueArn }: Own, functionArn: Arn, roleArn: Arn): Probe[] {
  const { account = '', region = '' } = parseArn(queueArn) ?? {};
  const allOf = (service: string): Arn => `arn:aws:${service}:${region}:${account}:*`;
  const roleName = lastPart(roleArn);
  const onRole = (operation: string, input: JsonObject): Probe => ({
    service: 'iam',
    operation,
    input: { RoleName: roleName, ...input },
    action: `iam:${operation}`,
    resource: roleArn,
  });
  return [
    { service: 'sqs', operation: 'ListQueues', input: {}, action: 'sqs:ListQueues', resource: allOf('sqs'), place: 'the account' },
    { service: 'sns', operation: 'ListTopics', input: {}, action: 'sns:ListTopics', resource: allOf('sns'), place: 'the account' },
    onQueueName('CreateQueue', renamed(queueArn, 'eve')),
    { service: 'sns', operation: 'CreateTopic', input: { Name: 'eve' }, action: 'sns:CreateTopic', resource: renamed(topicArn, 'eve') },
    {
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: functionArn, InvocationType: 'Event', Payload: '{}' },
      action: 'lambda:InvokeFunction',
      resource: functionArn,
    },
    onRole('AttachRolePolicy', { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    onRole('PutRolePolicy', {
      PolicyName: 'more',
      PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    }),
  ];
}

function onQueueName(operation: string, queueArn: Arn): Probe {
  return { service: 'sqs', operation, input: { QueueName: lastPart(queueArn) }, action: `sqs:${operation}`, resource: queueArn };
}

export function lastPart(arn: Arn): string {
  return arn.split(/[:/]/).at(-1) ?? '';
}

function renamed(arn: Arn, name: string): Arn {
  return arn.slice(0, arn.lastIndexOf(':') + 1) + name;
}

function elsewhere(arn: Arn): Arn {
  const parts = arn.split(':');
  parts[3] = parts[3] === 'us-east-1' ? 'eu-west-1' : 'us-east-1';
  return parts.join(':');
}
