// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_DynamoDB.html
import { formatArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import { physicalName, pick, type ResourceType } from '../resource-type';

const TAKEN = [
  'AttributeDefinitions',
  'BillingMode',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'ProvisionedThroughput',
  'TableClass',
  'Tags',
];

/** Templates leave out that a stream is enabled: naming its view is enough. */
function streamOf({ StreamSpecification: given }: JsonObject): JsonObject {
  return given === undefined ? {} : { StreamSpecification: { StreamEnabled: true, ...(given as JsonObject) } };
}

const table: ResourceType = {
  properties: ['TableName', 'StreamSpecification', 'TimeToLiveSpecification', 'SSESpecification', ...TAKEN],
  ignored: ['PointInTimeRecoverySpecification', 'ContributorInsightsSpecification', 'OnDemandThroughput', 'WarmThroughput'],
  create: (wanted, ask) => {
    const { properties, place } = wanted;
    const TableName = physicalName(properties.TableName, wanted);
    const arn = formatArn({ service: 'dynamodb', account: place.account, region: place.region, resource: `table/${TableName}` });
    const encryption = properties.SSESpecification as JsonObject | undefined;
    const SSESpecification = encryption && { Enabled: encryption.SSEEnabled === true, ...pick(encryption, ['SSEType', 'KMSMasterKeyId']) };
    const { TableDescription } = ask('dynamodb', 'CreateTable', {
      TableName,
      ...pick(properties, TAKEN),
      ...streamOf(properties),
      ...(SSESpecification ? { SSESpecification } : {}),
    });
    const { TimeToLiveSpecification } = properties;
    if (TimeToLiveSpecification !== undefined) ask('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
    const { LatestStreamArn } = TableDescription as JsonObject;
    return { arn, ref: TableName, attributes: { Arn: arn, ...(LatestStreamArn ? { StreamArn: LatestStreamArn } : {}) } };
  },
};

export const DYNAMODB_TYPES: Record<string, ResourceType> = { 'AWS::DynamoDB::Table': table };
