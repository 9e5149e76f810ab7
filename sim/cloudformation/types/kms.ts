// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_KMS.html
import { formatArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import { asText, pick, type ResourceType } from '../resource-type';

const key: ResourceType = {
  properties: ['Description', 'KeyPolicy', 'KeySpec', 'KeyUsage', 'Tags'],
  ignored: ['EnableKeyRotation', 'PendingWindowInDays', 'RotationPeriodInDays'],
  create: ({ properties }, ask) => {
    const { KeyPolicy } = properties;
    const output = ask('kms', 'CreateKey', {
      ...pick(properties, ['Description', 'KeySpec', 'KeyUsage']),
      ...(KeyPolicy === undefined ? {} : { Policy: asText(KeyPolicy) }),
    });
    const { Arn, KeyId } = output.KeyMetadata as JsonObject;
    return { arn: String(Arn), ref: String(KeyId), attributes: { Arn: String(Arn), KeyId: String(KeyId) } };
  },
};

const alias: ResourceType = {
  properties: ['AliasName', 'TargetKeyId'],
  create: ({ properties, place }, ask) => {
    const { AliasName = '' } = properties;
    ask('kms', 'CreateAlias', pick(properties, ['AliasName', 'TargetKeyId']));
    return { arn: formatArn({ service: 'kms', ...place, resource: String(AliasName) }), ref: AliasName, attributes: {} };
  },
};

export const KMS_TYPES: Record<string, ResourceType> = { 'AWS::KMS::Key': key, 'AWS::KMS::Alias': alias };
