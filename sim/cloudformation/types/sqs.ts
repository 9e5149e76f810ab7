// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SQS.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import { asText, listOf, physicalName, type ResourceType, tagMap, texts } from '../resource-type';

const QUEUE_ATTRIBUTES = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

export function queueUrl(arn: Arn): string {
  const { region, account, resource } = parseArn(arn) ?? { region: '', account: '', resource: '' };
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

const queue: ResourceType = {
  properties: ['QueueName', 'Tags', ...QUEUE_ATTRIBUTES],
  create: (wanted, ask) => {
    const { properties, place } = wanted;
    const made = physicalName(properties.QueueName, wanted);
    const name = properties.QueueName === undefined && properties.FifoQueue === true ? `${made}.fifo` : made;
    const arn = formatArn({ service: 'sqs', ...place, resource: name });
    ask('sqs', 'CreateQueue', { QueueName: name, Attributes: texts(properties, QUEUE_ATTRIBUTES), tags: tagMap(properties.Tags) });
    return { arn, ref: queueUrl(arn), attributes: { Arn: arn, QueueName: name, QueueUrl: queueUrl(arn) } };
  },
};

const queuePolicy: ResourceType = {
  properties: ['Queues', 'PolicyDocument'],
  create: ({ logicalId, properties, place }, ask) => {
    for (const QueueUrl of listOf(properties.Queues)) {
      ask('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: asText(properties.PolicyDocument ?? '') } });
    }
    const name = `${place.stackName}-${logicalId}`;
    return { arn: formatArn({ service: 'sqs', ...place, resource: `policy/${name}` }), ref: name, attributes: { Id: name } };
  },
};

export const SQS_TYPES: Record<string, ResourceType> = {
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
};
