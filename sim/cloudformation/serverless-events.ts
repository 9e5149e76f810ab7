// SAM's event sources of a function, as the resources that they stand for.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
import type { Json, JsonObject } from '../kernel/json';
import { pick } from './resource-type';
import { policyDocument } from './serverless-policies';
import { isObject } from './template';

export interface EventSource {
  /** Logical id of the function. */
  functionId: string;
  /** The function, or its alias: what the source invokes. */
  target: Json;
  name: string;
  properties: JsonObject;
}

export interface PlainResource {
  logicalId: string;
  type: string;
  properties: JsonObject;
}

type Expanded = { resources: PlainResource[]; managedPolicies?: string[] } | { error: string };

const MAPPING = ['BatchSize', 'Enabled', 'FilterCriteria', 'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds', 'ScalingConfig'];

const id = ({ functionId, name }: EventSource, suffix = ''): string => `${functionId}${name}${suffix}`;

function permission(source: EventSource, principal: string, sourceArn: Json): PlainResource {
  return {
    logicalId: id(source, 'Permission'),
    type: 'AWS::Lambda::Permission',
    properties: { Action: 'lambda:InvokeFunction', FunctionName: source.target, Principal: principal, SourceArn: sourceArn },
  };
}

function mapping(source: EventSource, eventSourceArn: Json, properties: JsonObject, suffix = ''): PlainResource {
  return {
    logicalId: id(source, suffix),
    type: 'AWS::Lambda::EventSourceMapping',
    properties: { EventSourceArn: eventSourceArn, FunctionName: source.target, ...pick(properties, MAPPING) },
  };
}

function queueEvent(source: EventSource): Expanded {
  const { Queue, ...others } = source.properties;
  const unknown = Object.keys(others).find((property) => !MAPPING.includes(property));
  if (unknown !== undefined) return { error: `Event '${source.name}': property ${unknown} is not defined for resource of type SQS.` };
  if (Queue === undefined) return { error: `Event '${source.name}': No Queue (for SQS) provided.` };
  return { resources: [mapping(source, Queue, others)], managedPolicies: ['AWSLambdaSQSQueueExecutionRole'] };
}

const SUBSCRIPTION = ['FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

function topicEvent(source: EventSource): Expanded {
  const { Topic, SqsSubscription, ...others } = source.properties;
  const unknown = Object.keys(others).find((property) => ![...SUBSCRIPTION, 'Region'].includes(property));
  if (unknown !== undefined) return { error: `Event '${source.name}': property ${unknown} is not defined for resource of type SNS.` };
  if (Topic === undefined) return { error: `Event '${source.name}': No Topic provided.` };
  if (SqsSubscription !== undefined && SqsSubscription !== false) return queuedTopicEvent(source, Topic, SqsSubscription, others);
  const endpoint = isObject(source.target) && source.target.Ref !== undefined && source.target.Ref === source.functionId;
  const subscription: PlainResource = {
    logicalId: id(source),
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: Topic,
      Protocol: 'lambda',
      Endpoint: endpoint ? { 'Fn::GetAtt': [source.functionId, 'Arn'] } : source.target,
      ...pick(others, SUBSCRIPTION),
    },
  };
  return { resources: [permission(source, 'sns.amazonaws.com', Topic), subscription] };
}

/** The topic fills a queue that SAM makes, and the queue feeds the function. */
function queuedTopicEvent(source: EventSource, Topic: Json, setting: Json, others: JsonObject): Expanded {
  if (setting !== true)
    return { error: `Event '${source.name}': this simulator takes SqsSubscription: true; make a queue of your own otherwise.` };
  const queueId = id(source, 'Queue');
  const queueArn = { 'Fn::GetAtt': [queueId, 'Arn'] };
  const statement: JsonObject = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': Topic } },
  };
  return {
    resources: [
      { logicalId: queueId, type: 'AWS::SQS::Queue', properties: {} },
      {
        logicalId: id(source, 'QueuePolicy'),
        type: 'AWS::SQS::QueuePolicy',
        properties: { Queues: [{ Ref: queueId }], PolicyDocument: policyDocument([statement]) },
      },
      {
        logicalId: id(source),
        type: 'AWS::SNS::Subscription',
        properties: { TopicArn: Topic, Protocol: 'sqs', Endpoint: queueArn, ...pick(others, SUBSCRIPTION) },
      },
      mapping(source, queueArn, { BatchSize: 10, Enabled: true }, 'EventSourceMapping'),
    ],
    managedPolicies: ['AWSLambdaSQSQueueExecutionRole'],
  };
}

function ruleEvent(kind: 'schedule' | 'pattern'): (source: EventSource) => Expanded {
  const trigger = kind === 'schedule' ? 'Schedule' : 'Pattern';
  const taken = ['Description', 'EventBusName', 'Name', 'RuleName', 'State', 'Enabled', trigger];
  const target = ['Input', 'InputPath', 'InputTransformer', 'DeadLetterConfig', 'RetryPolicy'];
  return (source) => {
    const { properties, name } = source;
    const unknown = Object.keys(properties).find((property) => ![...taken, ...target, 'Target'].includes(property));
    if (unknown !== undefined) return { error: `Event '${name}': property ${unknown} is not defined here.` };
    if (properties[trigger] === undefined) return { error: `Event '${name}': the property ${trigger} is missing.` };
    const ruleName = properties.Name ?? properties.RuleName;
    const state = properties.State ?? (properties.Enabled === false ? 'DISABLED' : undefined);
    const rule: JsonObject = {
      ...pick(properties, ['Description', 'EventBusName']),
      ...(ruleName === undefined ? {} : { Name: ruleName }),
      ...(state === undefined ? {} : { State: state }),
      ...(kind === 'schedule' ? { ScheduleExpression: properties.Schedule as Json } : { EventPattern: properties.Pattern as Json }),
      Targets: [{ Id: targetId(source), Arn: targetArn(source), ...pick(properties, target) }],
    };
    const arn = { 'Fn::GetAtt': [id(source), 'Arn'] };
    return {
      resources: [{ logicalId: id(source), type: 'AWS::Events::Rule', properties: rule }, permission(source, 'events.amazonaws.com', arn)],
    };
  };
}

function targetId(source: EventSource): Json {
  const target = source.properties.Target;
  return isObject(target) && target.Id !== undefined ? target.Id : id(source, 'LambdaTarget');
}

/** `Ref` of a function is its name, `Ref` of an alias its ARN. */
function targetArn({ target, functionId }: EventSource): Json {
  return isObject(target) && target.Ref === functionId ? { 'Fn::GetAtt': [functionId, 'Arn'] } : target;
}

const EVENT_TYPES: Readonly<Record<string, (source: EventSource) => Expanded>> = {
  SQS: queueEvent,
  SNS: topicEvent,
  Schedule: ruleEvent('schedule'),
  EventBridgeRule: ruleEvent('pattern'),
  CloudWatchEvent: ruleEvent('pattern'),
};

export function expandEvent(type: string, source: EventSource): Expanded {
  const expand = Object.hasOwn(EVENT_TYPES, type) ? EVENT_TYPES[type] : undefined;
  return expand
    ? expand(source)
    : { error: `Event '${source.name}': the type ${type} does not exist, or is not part of this simulator yet.` };
}
