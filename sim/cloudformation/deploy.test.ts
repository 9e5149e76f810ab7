import { describe, expect, it } from 'vitest';
import { createAws } from '../aws';
import type { IamState } from '../services/iam/state';
import type { LambdaState } from '../services/lambda/state';
import type { SqsState } from '../services/sqs/queue';
import { deployStack } from './deploy';

const FILES = { 'src/charge.mjs': 'export const handler = async () => 1;', 'src/lib/money.mjs': '', 'events/order.json': '{}' };

function deploy(template: string, files: Record<string, string> = FILES) {
  const world = createAws();
  return { world, result: deployStack(world, { stackName: 'shop', template, files }) };
}

const HEAD = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\n";

const WHOLE = `${HEAD}
Parameters:
  Attempts: { Type: Number, Default: 1 }
Globals:
  Function:
    Runtime: nodejs22.x
    Timeout: 5
    Environment: { Variables: { STAGE: test } }
Resources:
  ChargeFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: charge.handler
      MemorySize: 256
      Environment:
        Variables:
          QUEUE_URL: !Ref Shipping
          QUEUE_NAME: !GetAtt Shipping.QueueName
          TEXT: !Sub '\${AWS::StackName} in \${AWS::Region}, \${!literal}, \${Shipping.Arn}'
          JOINED: !Join ['-', [a, !Ref 'AWS::AccountId']]
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Failed.Arn }
      EventInvokeConfig: { MaximumRetryAttempts: !Ref Attempts, MaximumEventAgeInSeconds: 600 }
      Policies: [{ SQSSendMessagePolicy: { QueueName: !GetAtt Shipping.QueueName } }]
  Shipping:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3 }
  Failed:
    Type: AWS::SQS::Queue
    Properties: { QueueName: failed-orders }
`;

describe('deploying a template', () => {
  it('publishes a layer from its folder and gives it to the function', () => {
    const template = `${HEAD}
Resources:
  Prices:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer/, CompatibleRuntimes: [nodejs22.x] }
  Charge:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: charge.handler, Runtime: nodejs22.x, Layers: [!Ref Prices] }
`;
    const files = { ...FILES, 'layer/nodejs/node_modules/prices/index.js': 'exports.vat = 23;' };
    const { world, result } = deploy(template, files);
    if ('error' in result) throw new Error(result.error.message);
    const { functions, layers } = world.state<LambdaState>('lambda');
    const layer = 'arn:aws:lambda:eu-west-1:111122223333:layer:shop-Prices';
    expect(Object.values(functions)[0]?.layers.map(({ arn }) => arn)).toEqual([`${layer}:1`]);
    expect(Object.keys(layers[layer]?.versions[1]?.files ?? {})).toEqual(['nodejs/node_modules/prices/index.js']);
    expect(deploy(template).result).toMatchObject({ error: { message: expect.stringContaining('ContentUri of Prices') } });
  });

  it('makes functions and queues as the template says', () => {
    const { world, result } = deploy(WHOLE);
    if ('error' in result) throw new Error(result.error.message);
    expect(result.stack.resources.map(({ logicalId, arn }) => [logicalId, arn])).toEqual([
      ['Failed', 'arn:aws:sqs:eu-west-1:111122223333:failed-orders'],
      ['Shipping', 'arn:aws:sqs:eu-west-1:111122223333:shop-Shipping'],
      ['ChargeFunctionRole', 'arn:aws:iam::111122223333:role/shop-ChargeFunctionRole'],
      ['ChargeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:shop-ChargeFunction'],
      ['ChargeFunctionEventInvokeConfig', 'arn:aws:lambda:eu-west-1:111122223333:function:shop-ChargeFunction'],
    ]);
    const fn = world.state<LambdaState>('lambda').functions['arn:aws:lambda:eu-west-1:111122223333:function:shop-ChargeFunction'];
    expect(fn).toMatchObject({
      handler: 'charge.handler',
      runtime: 'nodejs22.x',
      timeoutMs: 5000,
      memoryMB: 256,
      role: 'arn:aws:iam::111122223333:role/shop-ChargeFunctionRole',
      deadLetterArn: 'arn:aws:sqs:eu-west-1:111122223333:failed-orders',
      eventInvoke: { maximumRetryAttempts: 1, maximumEventAgeMs: 600_000 },
      variables: {
        STAGE: 'test',
        QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/shop-Shipping',
        QUEUE_NAME: 'shop-Shipping',
        TEXT: 'shop in eu-west-1, ${literal}, arn:aws:sqs:eu-west-1:111122223333:shop-Shipping',
        JOINED: 'a-111122223333',
      },
    });
    expect(Object.keys(fn?.files ?? {}).sort()).toEqual(['charge.mjs', 'lib/money.mjs']);
    const shipping = world.state<SqsState>('sqs').queues['arn:aws:sqs:eu-west-1:111122223333:shop-Shipping'];
    expect(shipping?.settings).toMatchObject({
      visibilityTimeout: 60,
      redrive: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed-orders', maxReceiveCount: 3 },
    });
  });

  const fn = (lines: string) =>
    `${HEAD}Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: charge.handler\n      Runtime: nodejs22.x\n${lines}`;

  it.each<[string, string, number | null, string]>([
    ['text that is not YAML', 'Resources: [', 1, 'Template format error'],
    ['a list instead of a map', '- a', 1, 'not a map'],
    ['no resources', 'Outputs: {}', null, 'At least one Resources member must be defined.'],
    ['a resource without a type', 'Resources:\n  Q:\n    Properties: {}\n', 2, 'must contain a Type member'],
    ['an unknown type', 'Resources:\n  Q:\n    Type: AWS::S3::Bucket\n', 2, 'AWS::S3::Bucket is not part of this simulator yet'],
    [
      'a function without the transform',
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n',
      2,
      'Transform: AWS::Serverless-2016-10-31',
    ],
    ['another transform', 'Transform: Other\nResources:\n  Q: { Type: AWS::SQS::Queue }\n', 1, 'No transform named Other found.'],
    ['an unknown property', fn('      Tiemout: 3\n'), 10, "Property 'Tiemout'"],
    [
      'an unknown queue property',
      'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      Visibility: 3\n',
      5,
      'Encountered unsupported property Visibility',
    ],
    [
      'a value out of range',
      fn('      Timeout: 901\n'),
      4,
      "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    ['an unknown reference', fn('      Environment: { Variables: { A: !Ref Nobody } }\n'), 4, 'Unresolved resource dependencies [Nobody]'],
    [
      'an unknown attribute',
      fn('      Environment: { Variables: { A: !GetAtt Q.Nothing } }\n  Q: { Type: AWS::SQS::Queue }\n'),
      4,
      'does not support attribute type Nothing',
    ],
    [
      'an unknown name in Sub',
      fn("      Environment: { Variables: { A: !Sub '${Nobody}' } }\n"),
      4,
      'Unresolved name ${Nobody} in Fn::Sub',
    ],
    [
      'an unknown tag',
      'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Reff x\n',
      5,
      'unresolved tag !Reff',
    ],
    [
      'a code folder without files',
      fn('      FunctionName: f\n').replace('CodeUri: src/', 'CodeUri: lib/'),
      7,
      "'CodeUri' names lib/, and there is no file below it.",
    ],
    ['a dead-letter queue without a target', fn('      DeadLetterQueue: { Type: SQS }\n'), 10, 'requires Type (SQS or SNS) and TargetArn'],
    [
      'a parameter without a value',
      'Parameters:\n  A: { Type: String }\nResources:\n  Q: { Type: AWS::SQS::Queue }\n',
      2,
      'Parameters: [A] must have values',
    ],
    [
      'a circle',
      'Resources:\n  A:\n    Type: AWS::SQS::Queue\n    DependsOn: B\n  B:\n    Type: AWS::SQS::Queue\n    DependsOn: A\n',
      2,
      'Circular dependency between resources',
    ],
    ['a missing dependency', 'Resources:\n  A:\n    Type: AWS::SQS::Queue\n    DependsOn: B\n', 4, 'Unresolved resource dependencies [B]'],
    [
      'a queue attribute out of range',
      'Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: { DelaySeconds: 901 }\n',
      2,
      'Invalid value for the parameter DelaySeconds.',
    ],
  ])('names the line of %s', (_name, template, line, message) => {
    const { result } = deploy(template);
    if (!('error' in result)) throw new Error('It was deployed.');
    expect(result.error.message).toContain(message);
    expect(result.error.line).toBe(line);
  });

  it("gives a function's role what SAM gives it, and nothing else", () => {
    const { world, result } = deploy(WHOLE);
    if ('error' in result) throw new Error(result.error.message);
    const role = Object.values(world.state<IamState>('iam').identities).find(({ name }) => name === 'shop-ChargeFunctionRole');
    expect(role?.attached).toEqual(['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']);
    const statements = role?.inline.flatMap(({ document }) => JSON.parse(document).Statement);
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['sqs:SendMessage*'], Resource: ['arn:aws:sqs:eu-west-1:111122223333:shop-Shipping'] },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['arn:aws:sqs:eu-west-1:111122223333:failed-orders'] },
    ]);
  });

  it('decides conditions by the parameters, and leaves out what they rule out', () => {
    const template = `
Parameters:
  Stage: { Type: String, Default: test, AllowedValues: [test, live] }
Mappings:
  Settings:
    test: { Seconds: 30 }
    live: { Seconds: 90 }
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Not [!Condition IsLive]
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !If [IsLive, jobs, !Ref AWS::NoValue]
      VisibilityTimeout: !FindInMap [Settings, !Ref Stage, Seconds]
  Audit: { Type: AWS::SQS::Queue, Condition: IsLive }
Outputs:
  Url: { Value: !Ref Jobs }
  AuditUrl: { Condition: IsLive, Value: !Ref Audit }
`;
    const test = createAws();
    const live = createAws();
    const input = { stackName: 'shop', template, files: {} };
    expect(deployStack(test, input)).toMatchObject({
      stack: { outputs: { Url: 'https://sqs.eu-west-1.amazonaws.com/111122223333/shop-Jobs' }, resources: [{ logicalId: 'Jobs' }] },
    });
    expect(deployStack(live, { ...input, parameters: { Stage: 'live' } })).toMatchObject({
      stack: { outputs: { AuditUrl: expect.stringContaining('shop-Audit') }, resources: [{ logicalId: 'Jobs' }, { logicalId: 'Audit' }] },
    });
    const timeouts = [test, live].map((world) =>
      Object.values(world.state<SqsState>('sqs').queues).map(({ settings }) => settings.visibilityTimeout),
    );
    expect(timeouts).toEqual([[30], [90, 30]]);
    expect(deployStack(createAws(), { ...input, parameters: { Stage: 'moon' } })).toEqual({
      error: { message: 'Parameter Stage failed to satisfy constraint: must be one of [test, live]', line: 3 },
    });
  });

  it('makes rules, topics and permissions of the events of a function', () => {
    const { world, result } = deploy(
      fn(`      Events:
        Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day), Input: '{"job":"tidy"}' } }
        Placed:
          Type: EventBridgeRule
          Properties: { Pattern: { source: [shop] }, RetryPolicy: { MaximumRetryAttempts: 2 } }
        Told: { Type: SNS, Properties: { Topic: !Ref News, FilterPolicy: { kind: [sale] } } }
  News: { Type: AWS::SNS::Topic }
`),
    );
    if ('error' in result) throw new Error(result.error.message);
    const rules = result.stack.resources.filter(({ type }) => type === 'AWS::Events::Rule');
    expect(rules.map(({ arn }) => arn)).toEqual([
      'arn:aws:events:eu-west-1:111122223333:rule/shop-FNightly',
      'arn:aws:events:eu-west-1:111122223333:rule/shop-FPlaced',
    ]);
    const answer = world.call({
      action: 'lambda:GetPolicy',
      resource: 'arn:aws:lambda:eu-west-1:111122223333:function:shop-F',
      input: { FunctionName: 'shop-F' },
    });
    expect(JSON.stringify(answer)).toContain('sns.amazonaws.com');
    expect(JSON.stringify(answer)).toContain('rule/shop-FNightly');
  });

  it('ends with a sentence on a template over the size limit', () => {
    const { result } = deploy(`# ${'x'.repeat(60_000)}\nResources: {}`);
    expect(result).toEqual({ error: { message: 'A template may have 51200 bytes; this one has 60016.', line: null } });
  });
});
