import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createAws } from '../../aws';
import { createRequestHandler } from '../../protocol/request-handler';

const ACCOUNT = '111122223333';
const logGroupName = 'app';

function start() {
  const world = createAws();
  const config = (type: 'root' | 'user', id: string) => ({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(world, { type, id: `arn:aws:iam::${ACCOUNT}:${id}`, account: ACCOUNT }),
  });
  const root = config('root', 'root');
  return {
    world,
    iam: new IAMClient(root),
    lambda: new LambdaClient(root),
    logs: new CloudWatchLogsClient(root),
    ada: new CloudWatchLogsClient(config('user', 'user/ada')),
  };
}

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: Error) => error.message,
  );

describe('permissions for log groups', () => {
  it('name groups with everything in them', async () => {
    const { world, iam, logs, ada } = start();
    await iam.send(new CreateUserCommand({ UserName: 'ada' }));
    const Resource = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:${logGroupName}:*`;
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource }] });
    await iam.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own-group', PolicyDocument }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'other' }));
    const logStreamName = 's';
    const logEvents = [{ timestamp: world.epochMs, message: 'hello' }];
    expect(await outcome(ada.send(new CreateLogGroupCommand({ logGroupName })))).toBe('ok');
    expect(await outcome(ada.send(new CreateLogStreamCommand({ logGroupName, logStreamName })))).toBe('ok');
    expect(await outcome(ada.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents })))).toBe('ok');
    expect(await outcome(ada.send(new GetLogEventsCommand({ logGroupName, logStreamName })))).toBe('ok');
    expect(await outcome(ada.send(new CreateLogStreamCommand({ logGroupName: 'other', logStreamName })))).toBe(
      `User: arn:aws:iam::${ACCOUNT}:user/ada is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:other:log-stream:s because no identity-based policy allows the logs:CreateLogStream action`,
    );
    expect(await outcome(ada.send(new DescribeLogGroupsCommand({})))).toContain('log-group::log-stream:');
  });

  it('let a subscription reach a function only when the function allows it', async () => {
    const { iam, lambda, logs } = start();
    const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument }));
    const ZipFile = zipSync({ 'index.mjs': strToU8('export const handler = async () => 1;') });
    const Role = `arn:aws:iam::${ACCOUNT}:role/reader`;
    await lambda.send(
      new CreateFunctionCommand({ FunctionName: 'reader', Role, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile } }),
    );
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const destinationArn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:reader`;
    const subscribe = () =>
      outcome(logs.send(new PutSubscriptionFilterCommand({ logGroupName, filterName: 'all', filterPattern: '', destinationArn })));
    expect(await subscribe()).toBe(
      'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'reader',
        StatementId: 'logs',
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.amazonaws.com',
        SourceArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:${logGroupName}:*`,
      }),
    );
    expect(await subscribe()).toBe('ok');
  });
});
