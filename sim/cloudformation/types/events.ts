// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html
import { formatArn } from '../../kernel/arn';
import type { Json, JsonObject } from '../../kernel/json';
import { asText, listOf, physicalName, pick, ResourceError, type ResourceType } from '../resource-type';

/** Event patterns are maps in templates and text in the API. */
function withPattern(properties: JsonObject, names: readonly string[]): JsonObject {
  const { EventPattern } = properties;
  return { ...pick(properties, names), ...(EventPattern === undefined ? {} : { EventPattern: asText(EventPattern) }) };
}

const rule: ResourceType = {
  properties: ['Name', 'Description', 'EventBusName', 'EventPattern', 'RoleArn', 'ScheduleExpression', 'State', 'Tags', 'Targets'],
  create: (wanted, ask) => {
    const { properties } = wanted;
    const name = physicalName(properties.Name, wanted);
    const names = ['Description', 'EventBusName', 'RoleArn', 'ScheduleExpression', 'State', 'Tags'];
    const { RuleArn } = ask('events', 'PutRule', { Name: name, ...withPattern(properties, names) });
    const targets = listOf(properties.Targets);
    if (targets.length > 0) {
      const output = ask('events', 'PutTargets', { Rule: name, ...pick(properties, ['EventBusName']), Targets: targets });
      const failed = (output.FailedEntries as JsonObject[] | undefined)?.[0];
      if (failed) throw new ResourceError(`${failed.ErrorMessage} (Service: events, Code: ${failed.ErrorCode})`);
    }
    const bus = typeof properties.EventBusName === 'string' ? properties.EventBusName.replace(/^.*\//, '') : 'default';
    return { arn: String(RuleArn), ref: bus === 'default' ? name : `${bus}|${name}`, attributes: { Arn: String(RuleArn) } };
  },
};

const bus: ResourceType = {
  properties: ['Name', 'Description', 'DeadLetterConfig', 'KmsKeyIdentifier', 'Policy', 'Tags'],
  ignored: ['LogConfig'],
  create: ({ properties }, ask) => {
    const { Name = '', Policy } = properties;
    const output = ask('events', 'CreateEventBus', {
      Name,
      ...pick(properties, ['Description', 'DeadLetterConfig', 'KmsKeyIdentifier', 'Tags']),
    });
    if (Policy !== undefined) ask('events', 'PutPermission', { EventBusName: Name, Policy: asText(Policy) });
    const arn = String(output.EventBusArn);
    return { arn, ref: Name, attributes: { Arn: arn, Name, Policy: Policy ?? '' } };
  },
};

const busPolicy: ResourceType = {
  properties: ['EventBusName', 'StatementId', 'Statement', 'Action', 'Principal', 'Condition'],
  create: ({ properties, place }, ask) => {
    const { EventBusName = 'default', StatementId = '', Statement } = properties;
    const where = { EventBusName };
    if (Statement === undefined)
      ask('events', 'PutPermission', { ...where, StatementId, ...pick(properties, ['Action', 'Principal', 'Condition']) });
    else {
      const known = ask('events', 'DescribeEventBus', { Name: EventBusName }).Policy;
      const policy = (typeof known === 'string' ? JSON.parse(known) : { Version: '2012-10-17', Statement: [] }) as JsonObject;
      const others = (listOf(policy.Statement) as JsonObject[]).filter(({ Sid }) => Sid !== StatementId);
      const Policy = JSON.stringify({ ...policy, Statement: [...others, { Sid: StatementId, ...(Statement as JsonObject) }] });
      ask('events', 'PutPermission', { ...where, Policy });
    }
    return { arn: formatArn({ service: 'events', ...place, resource: `event-bus/${EventBusName}` }), ref: StatementId, attributes: {} };
  },
};

function stored(operation: string, nameMember: string, arnMember: string, names: readonly string[]): ResourceType {
  return {
    properties: [nameMember, 'EventPattern', ...names],
    create: (wanted, ask) => {
      const name = physicalName(wanted.properties[nameMember], wanted);
      const output = ask('events', operation, { [nameMember]: name, ...withPattern(wanted.properties, names) });
      const arn = String(output[arnMember]);
      const attributes: Record<string, Json> = { Arn: arn };
      if (output.SecretArn !== undefined) attributes.SecretArn = output.SecretArn;
      return { arn, ref: name, attributes };
    },
  };
}

export const EVENTS_TYPES: Record<string, ResourceType> = {
  'AWS::Events::Rule': rule,
  'AWS::Events::EventBus': bus,
  'AWS::Events::EventBusPolicy': busPolicy,
  'AWS::Events::Archive': stored('CreateArchive', 'ArchiveName', 'ArchiveArn', [
    'SourceArn',
    'EventSourceArn',
    'Description',
    'RetentionDays',
  ]),
  'AWS::Events::Connection': stored('CreateConnection', 'Name', 'ConnectionArn', ['AuthorizationType', 'AuthParameters', 'Description']),
  'AWS::Events::ApiDestination': stored('CreateApiDestination', 'Name', 'ApiDestinationArn', [
    'ConnectionArn',
    'Description',
    'HttpMethod',
    'InvocationEndpoint',
    'InvocationRateLimitPerSecond',
  ]),
};
