// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Logs.html
import { formatArn } from '../../kernel/arn';
import { physicalName, type ResourceType } from '../resource-type';

const logGroup: ResourceType = {
  properties: ['LogGroupName'],
  ignored: ['RetentionInDays', 'Tags'],
  create: (wanted, ask) => {
    const logGroupName = physicalName(wanted.properties.LogGroupName, wanted);
    ask('logs', 'CreateLogGroup', { logGroupName });
    const arn = formatArn({ service: 'logs', ...wanted.place, resource: `log-group:${logGroupName}` });
    return { arn, ref: logGroupName, attributes: { Arn: `${arn}:*` } };
  },
};

export const LOGS_TYPES: Record<string, ResourceType> = { 'AWS::Logs::LogGroup': logGroup };
