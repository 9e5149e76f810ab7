import { DeleteRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { arn, createOutside, queueArn, thrownBy } from '../../../test/conformance/outside';

const CODE = 'export const handler = async () => 1;';
const TRUST = 'lambda.amazonaws.com';
const NAME = 'InvalidParameterValueException';

describe('the execution role before a target is kept', () => {
  it.each<[target: string, setting: object, Action: string, operation: string]>([
    ['a dead-letter queue', { DeadLetterConfig: { TargetArn: queueArn('dead') } }, 'sqs:SendMessage', 'SendMessage on SQS'],
    ['a dead-letter topic', { DeadLetterConfig: { TargetArn: arn('sns', 'dead') } }, 'sns:Publish', 'Publish on SNS'],
    ['tracing', { TracingConfig: { Mode: 'Active' } }, 'xray:PutTraceSegments', 'PutTraceSegments on XRAY'],
    [
      'a VPC',
      { VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d'] } },
      'ec2:CreateNetworkInterface',
      'CreateNetworkInterface on EC2',
    ],
  ])('must allow %s, at creation and at every update', async (_target, setting, Action, operation) => {
    const aws = await createOutside();
    await aws.queue('dead');
    await aws.sns.send(new CreateTopicCommand({ Name: 'dead' }));
    const message = `The provided execution role does not have permissions to call ${operation}`;
    const poor = await aws.role('poor', TRUST);
    expect(await thrownBy(aws.deploy('a', CODE, poor, setting))).toMatchObject({ name: NAME, message });
    await aws.deploy('a', CODE, poor);
    const update = (more: object) => aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'a', ...more }));
    expect(await thrownBy(update(setting))).toMatchObject({ name: NAME, message });
    const rich = await aws.role('rich', TRUST, [Action]);
    expect(await update({ ...setting, Role: rich })).toMatchObject({ Role: rich });
    aws.pass(120);
    // A change that touches neither is not asked again; a new role is.
    await aws.iam.send(new DeleteRolePolicyCommand({ RoleName: 'rich', PolicyName: 'work' }));
    expect(await update({ Timeout: 5 })).toMatchObject({ Timeout: 5 });
    expect(await thrownBy(update({ Role: poor }))).toMatchObject({ name: NAME, message });
  });

  it.each<[target: string, Destination: string, Action: string, operation: string]>([
    ['a queue', queueArn('done'), 'sqs:SendMessage', 'SendMessage'],
    ['a topic', arn('sns', 'done'), 'sns:Publish', 'Publish'],
    ['a function', arn('lambda', 'function:done'), 'lambda:InvokeFunction', 'InvokeFunction'],
    ['a bus', arn('events', 'event-bus/default'), 'events:PutEvents', 'PutEvents'],
  ])('must allow %s as a destination', async (_target, Destination, Action, operation) => {
    const aws = await createOutside();
    await aws.queue('done');
    await aws.sns.send(new CreateTopicCommand({ Name: 'done' }));
    const poor = await aws.role('poor', TRUST);
    await aws.deploy('done', CODE, poor);
    await aws.deploy('a', CODE, poor);
    await aws.deploy('b', CODE, await aws.role('rich', TRUST, [Action]));
    const put = (FunctionName: string) =>
      aws.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig: { OnFailure: { Destination } } }));
    expect(await thrownBy(put('a'))).toMatchObject({
      name: NAME,
      message: `The function execution role does not have permissions to call ${operation} on ${Destination}`,
    });
    expect(await put('b')).toMatchObject({ DestinationConfig: { OnFailure: { Destination } } });
    expect(aws.world.trace.filter(({ type }) => type === 'sqs:MessageSent' || type === 'sns:MessagePublished')).toEqual([]);
  });

  it('is not enough for a destination that is not there', async () => {
    const aws = await createOutside();
    await aws.deploy('a', CODE, await aws.role('rich', TRUST, ['sqs:*', 'sns:*', 'lambda:*']));
    for (const Destination of [queueArn('none'), arn('sns', 'none'), arn('lambda', 'function:none')]) {
      const DestinationConfig = { OnSuccess: { Destination } };
      const put = aws.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'a', DestinationConfig }));
      expect(await thrownBy(put)).toMatchObject({ name: NAME, message: `The destination ARN ${Destination} is invalid.` });
    }
  });

  it('tells why it was refused', async () => {
    const aws = await createOutside();
    await aws.queue('jobs');
    await aws.deploy('a', CODE, await aws.role('poor', TRUST));
    await thrownBy(aws.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'a', EventSourceArn: queueArn('jobs') })));
    const denial = aws.world.trace.findLast(({ type }) => type === 'iam:AccessDenied');
    expect(aws.world.explain(denial?.seq ?? -1).title).toContain('sqs:ReceiveMessage');
  });
});
