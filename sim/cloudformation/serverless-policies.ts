// SAM's policy templates and the execution role that it makes for a function.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
import type { Json, JsonObject } from '../kernel/json';
import { isObject } from './template';

type Statement = { actions: readonly string[]; resources: (parameter: Json) => Json[] };

/** An ARN in the stack's own account and Region; `${name}` is the template's parameter. */
function own(service: string, resource: string): (parameter: Json) => Json[] {
  const text = `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
  return (parameter) => [{ 'Fn::Sub': [text, { name: parameter }] }];
}

const bucket = (...suffixes: string[]) => {
  return (parameter: Json): Json[] =>
    suffixes.map((suffix) => ({ 'Fn::Sub': [`arn:\${AWS::Partition}:s3:::\${name}${suffix}`, { name: parameter }] }));
};
const table = (parameter: Json): Json[] => ['', '/index/*'].flatMap((suffix) => own('dynamodb', `table/\${name}${suffix}`)(parameter));
const everything = (): Json[] => ['*'];

const READ_ITEMS = ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable'];
const WRITE_ITEMS = ['PutItem', 'UpdateItem', 'BatchWriteItem'];

function on(service: string, actions: readonly string[], resources: Statement['resources']): Statement {
  return { actions: actions.map((action) => `${service}:${action}`), resources };
}

/** The template's parameter, null where it takes none, and what it allows. */
const TEMPLATES: Readonly<Record<string, { parameter: string | null; statements: readonly Statement[] }>> = {
  SQSPollerPolicy: {
    parameter: 'QueueName',
    statements: [
      on(
        'sqs',
        [
          'ChangeMessageVisibility',
          'ChangeMessageVisibilityBatch',
          'DeleteMessage',
          'DeleteMessageBatch',
          'GetQueueAttributes',
          'ReceiveMessage',
        ],
        own('sqs', '${name}'),
      ),
    ],
  },
  SQSSendMessagePolicy: { parameter: 'QueueName', statements: [on('sqs', ['SendMessage*'], own('sqs', '${name}'))] },
  LambdaInvokePolicy: { parameter: 'FunctionName', statements: [on('lambda', ['InvokeFunction'], own('lambda', 'function:${name}*'))] },
  SNSPublishMessagePolicy: { parameter: 'TopicName', statements: [on('sns', ['Publish'], own('sns', '${name}'))] },
  SNSCrudPolicy: {
    parameter: 'TopicName',
    statements: [
      on(
        'sns',
        ['ListSubscriptionsByTopic', 'CreateTopic', 'SetTopicAttributes', 'Subscribe', 'Publish', 'DeleteTopic'],
        own('sns', '${name}*'),
      ),
    ],
  },
  EventBridgePutEventsPolicy: { parameter: 'EventBusName', statements: [on('events', ['PutEvents'], own('events', 'event-bus/${name}'))] },
  KMSDecryptPolicy: { parameter: 'KeyId', statements: [on('kms', ['Decrypt'], own('kms', 'key/${name}'))] },
  KMSEncryptPolicy: { parameter: 'KeyId', statements: [on('kms', ['Encrypt'], own('kms', 'key/${name}'))] },
  CloudWatchPutMetricPolicy: { parameter: null, statements: [on('cloudwatch', ['PutMetricData'], everything)] },
  FilterLogEventsPolicy: {
    parameter: 'LogGroupName',
    statements: [on('logs', ['FilterLogEvents'], own('logs', 'log-group:${name}:log-stream:*'))],
  },
  DynamoDBCrudPolicy: {
    parameter: 'TableName',
    statements: [on('dynamodb', [...READ_ITEMS, ...WRITE_ITEMS, 'DeleteItem', 'ConditionCheckItem'], table)],
  },
  DynamoDBReadPolicy: { parameter: 'TableName', statements: [on('dynamodb', READ_ITEMS, table)] },
  DynamoDBWritePolicy: { parameter: 'TableName', statements: [on('dynamodb', WRITE_ITEMS, table)] },
  S3ReadPolicy: {
    parameter: 'BucketName',
    statements: [
      on('s3', ['GetObject', 'ListBucket', 'GetBucketLocation', 'GetObjectVersion', 'GetLifecycleConfiguration'], bucket('', '/*')),
    ],
  },
  S3WritePolicy: {
    parameter: 'BucketName',
    statements: [on('s3', ['PutObject', 'PutObjectAcl', 'PutLifecycleConfiguration'], bucket('', '/*'))],
  },
  S3CrudPolicy: {
    parameter: 'BucketName',
    statements: [
      on(
        's3',
        ['GetObject', 'ListBucket', 'GetBucketLocation', 'GetObjectVersion', 'PutObject', 'PutObjectAcl', 'DeleteObject'],
        bucket('', '/*'),
      ),
    ],
  },
  KinesisStreamReadPolicy: {
    parameter: 'StreamName',
    statements: [
      on('kinesis', ['ListStreams', 'DescribeLimits'], own('kinesis', 'stream/*')),
      on('kinesis', ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator'], own('kinesis', 'stream/${name}')),
    ],
  },
  AWSSecretsManagerGetSecretValuePolicy: {
    parameter: 'SecretArn',
    statements: [on('secretsmanager', ['GetSecretValue'], (arn) => [arn])],
  },
};

export function allow(actions: readonly string[], resources: readonly Json[]): JsonObject {
  return { Effect: 'Allow', Action: [...actions], Resource: [...resources] };
}

export function policyDocument(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: [...statements] };
}

/** A managed policy by name; those of AWS's service roles live below a path of their own. */
export function managedPolicyArn(name: string): Json {
  if (name.startsWith('arn:')) return name;
  const path = /^AWSLambda\w*(ExecutionRole|Access|Role)$/.test(name) && !name.includes('_') ? 'service-role/' : '';
  return { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${path}${name}` };
}

export interface RolePolicies {
  managed: Json[];
  inline: JsonObject[];
}

/** What stands under `Policies` of a function: names, ARNs, statements and policy templates, one or a list. */
export function readPolicies(value: Json | undefined): RolePolicies | { error: string } {
  const policies: RolePolicies = { managed: [], inline: [] };
  for (const entry of value === undefined ? [] : Array.isArray(value) ? value : [value]) {
    if (typeof entry === 'string') policies.managed.push(managedPolicyArn(entry));
    else if (!isObject(entry)) return { error: "'Policies' holds names, ARNs, statements and policy templates." };
    else if (entry.Statement !== undefined) policies.inline.push({ Version: '2012-10-17', ...entry });
    else {
      const [[name, given] = ['', null]] = Object.entries(entry);
      if (name === 'Ref' || name.startsWith('Fn::')) policies.managed.push(entry);
      else {
        const document = templateDocument(name, given);
        if ('error' in document) return document;
        policies.inline.push(document.document);
      }
    }
  }
  return policies;
}

function templateDocument(name: string, given: Json): { document: JsonObject } | { error: string } {
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  if (!template) return { error: `The policy template ${name} does not exist, or is not part of this simulator yet.` };
  const { parameter, statements } = template;
  const values = isObject(given) ? given : {};
  const unknown = Object.keys(values).find((key) => key !== parameter);
  if (unknown !== undefined) return { error: `The policy template ${name} has no parameter ${unknown}.` };
  const value = parameter === null ? null : values[parameter];
  if (value === undefined) return { error: `Must specify valid parameter values for policy template '${name}': ${parameter} is missing.` };
  return { document: policyDocument(statements.map(({ actions, resources }) => allow(actions, resources(value)))) };
}
