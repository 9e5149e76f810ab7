// The resource types that a template may hold, each as the calls that make it.
import { type Arn, formatArn, parseArn } from '../kernel/arn';
import type { Action } from '../kernel/call';
import type { Json, JsonObject } from '../kernel/json';

export interface Place {
  account: string;
  region: string;
  stackName: string;
  /** The deployment package of the whole stack: text files by path. */
  files: Record<string, string>;
}

export interface ResourceCall {
  action: Action;
  resource: Arn;
  input: JsonObject;
}

export interface ResourceType {
  /** Property names that it takes. */
  properties: readonly string[];
  /** Known to AWS, without effect here. `Simplified:` accepted and ignored. */
  ignored?: readonly string[];
  arn(logicalId: string, properties: JsonObject, place: Place): Arn;
  /** What `Ref` gives. */
  ref(arn: Arn): Json;
  /** What `Fn::GetAtt` gives, by attribute. */
  attributes(arn: Arn): Record<string, Json>;
  calls(arn: Arn, properties: JsonObject, place: Place): ResourceCall[];
}

/** Simplified: CloudFormation adds a random suffix to the names that it makes. */
function physicalName(given: Json | undefined, logicalId: string, place: Place): string {
  return typeof given === 'string' && given !== '' ? given : `${place.stackName}-${logicalId}`;
}

function lastPart(arn: Arn): string {
  return parseArn(arn)?.resource.replace(/^.*[:/]/, '') ?? arn;
}

function only(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name] as Json]));
}

const QUEUE_ATTRIBUTES = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
];

function queueUrl(arn: Arn): string {
  const { region, account, resource } = parseArn(arn) ?? { region: '', account: '', resource: '' };
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

const queue: ResourceType = {
  properties: ['QueueName', ...QUEUE_ATTRIBUTES],
  ignored: ['Tags'],
  arn: (logicalId, { QueueName }, place) => formatArn({ service: 'sqs', ...place, resource: physicalName(QueueName, logicalId, place) }),
  ref: queueUrl,
  attributes: (arn) => ({ Arn: arn, QueueName: lastPart(arn), QueueUrl: queueUrl(arn) }),
  calls: (arn, properties) => [
    { action: 'sqs:CreateQueue', resource: arn, input: { QueueName: lastPart(arn), Attributes: only(properties, QUEUE_ATTRIBUTES) } },
  ],
};

const FUNCTION_PROPERTIES = [
  'Runtime',
  'Handler',
  'Role',
  'Timeout',
  'MemorySize',
  'Environment',
  'EphemeralStorage',
  'DeadLetterConfig',
  'LoggingConfig',
];

const lambdaFunction: ResourceType = {
  properties: ['FunctionName', 'Code', ...FUNCTION_PROPERTIES],
  ignored: ['Architectures', 'Description', 'PackageType', 'Tags', 'TracingConfig'],
  arn: (logicalId, { FunctionName }, place) =>
    formatArn({ service: 'lambda', ...place, resource: `function:${physicalName(FunctionName, logicalId, place)}` }),
  ref: lastPart,
  attributes: (arn) => ({ Arn: arn }),
  calls: (arn, properties) => [
    {
      action: 'lambda:CreateFunction',
      resource: arn,
      input: { FunctionName: lastPart(arn), ...only(properties, ['Code', ...FUNCTION_PROPERTIES]) },
    },
  ],
};

const eventInvokeConfig: ResourceType = {
  properties: ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'],
  arn: (_logicalId, { FunctionName }, place) => formatArn({ service: 'lambda', ...place, resource: `function:${FunctionName}` }),
  ref: (arn) => `${lastPart(arn)}|$LATEST`,
  attributes: () => ({}),
  calls: (arn, properties) => [
    {
      action: 'lambda:PutFunctionEventInvokeConfig',
      resource: arn,
      input: { FunctionName: lastPart(arn), ...only(properties, ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds']) },
    },
  ],
};

const logGroup: ResourceType = {
  properties: ['LogGroupName'],
  ignored: ['RetentionInDays', 'Tags'],
  arn: (logicalId, { LogGroupName }, place) =>
    formatArn({ service: 'logs', ...place, resource: `log-group:${physicalName(LogGroupName, logicalId, place)}` }),
  ref: (arn) => (parseArn(arn)?.resource ?? '').slice('log-group:'.length),
  attributes: (arn) => ({ Arn: `${arn}:*` }),
  calls: (arn) => [
    { action: 'logs:CreateLogGroup', resource: arn, input: { logGroupName: (parseArn(arn)?.resource ?? '').slice('log-group:'.length) } },
  ],
};

export const RESOURCE_TYPES: Record<string, ResourceType> = {
  'AWS::SQS::Queue': queue,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Logs::LogGroup': logGroup,
};
