// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SNS.html
import { formatArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import { asText, listOf, physicalName, type ResourceType, texts } from '../resource-type';

const TOPIC_ATTRIBUTES = ['ContentBasedDeduplication', 'DisplayName', 'FifoTopic', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

const topic: ResourceType = {
  properties: ['TopicName', 'Subscription', 'Tags', ...TOPIC_ATTRIBUTES],
  ignored: ['ArchivePolicy', 'DataProtectionPolicy', 'DeliveryStatusLogging', 'FifoThroughputScope'],
  create: (wanted, ask) => {
    const { properties } = wanted;
    const made = physicalName(properties.TopicName, wanted);
    const Name = properties.TopicName === undefined && properties.FifoTopic === true ? `${made}.fifo` : made;
    const output = ask('sns', 'CreateTopic', {
      Name,
      Attributes: texts(properties, TOPIC_ATTRIBUTES),
      ...(properties.Tags === undefined ? {} : { Tags: properties.Tags }),
    });
    const arn = String(output.TopicArn);
    for (const entry of listOf(properties.Subscription) as JsonObject[]) {
      ask('sns', 'Subscribe', { TopicArn: arn, Protocol: entry.Protocol ?? '', Endpoint: entry.Endpoint ?? '' });
    }
    return { arn, ref: arn, attributes: { TopicArn: arn, TopicName: Name } };
  },
};

const SUBSCRIPTION_ATTRIBUTES = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
];

const subscription: ResourceType = {
  properties: ['TopicArn', 'Protocol', 'Endpoint', ...SUBSCRIPTION_ATTRIBUTES],
  ignored: ['Region', 'ReplayPolicy'],
  create: ({ properties }, ask) => {
    const output = ask('sns', 'Subscribe', {
      TopicArn: properties.TopicArn ?? '',
      Protocol: properties.Protocol ?? '',
      Endpoint: properties.Endpoint ?? '',
      Attributes: texts(properties, SUBSCRIPTION_ATTRIBUTES),
      ReturnSubscriptionArn: true,
    });
    const arn = String(output.SubscriptionArn);
    return { arn, ref: arn, attributes: { Arn: arn } };
  },
};

const topicPolicy: ResourceType = {
  properties: ['Topics', 'PolicyDocument'],
  create: ({ logicalId, properties, place }, ask) => {
    for (const TopicArn of listOf(properties.Topics)) {
      ask('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: asText(properties.PolicyDocument ?? '') });
    }
    const name = `${place.stackName}-${logicalId}`;
    return { arn: formatArn({ service: 'sns', ...place, resource: `policy/${name}` }), ref: name, attributes: { Id: name } };
  },
};

export const SNS_TYPES: Record<string, ResourceType> = {
  'AWS::SNS::Topic': topic,
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::TopicPolicy': topicPolicy,
};
