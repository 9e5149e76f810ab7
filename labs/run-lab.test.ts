import { beforeAll, describe, expect, it } from 'vitest';
import { createAws } from '../sim/aws';
import type { SandboxFactory } from '../sim/sandbox/sandbox';
import { testSandboxes } from '../test/sandboxes';
import type { Stage } from './lab';
import { runLab, viewOf } from './run-lab';

let sandboxes: SandboxFactory;
beforeAll(async () => {
  sandboxes = await testSandboxes();
});

const TEMPLATE = `
Resources:
  Orders: { Type: AWS::SNS::Topic }
  Stock: { Type: AWS::SQS::Queue }
`;

function play(act: (stage: Stage) => void, template = TEMPLATE) {
  const files = { 'template.yaml': template };
  const result = runLab({ slug: 'shop', files, scenario: { id: 's', title: 'S', play: act }, seed: 1, createAws, sandboxes });
  if ('failure' in result) throw new Error(result.failure.message);
  return viewOf(result.run);
}

describe('the stage of a scenario', () => {
  it('makes calls by the names of the SDK, now and later', () => {
    const view = play((stage) => {
      const TopicArn = stage.arnOf('Orders');
      stage.call('sns', 'Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' });
      stage.call('sns', 'Publish', { TopicArn, Message: 'later' }, { atMs: 5000 });
      expect(stage.ask('sns', 'GetTopicAttributes', { TopicArn })).toMatchObject({ ok: { Attributes: { TopicArn } } });
    });
    expect(view.ofType('sns:MessagePublished').map(({ at }) => at)).toEqual([5000]);
  });

  it('calls as somebody, and IAM has its say', () => {
    play((stage) => {
      const TopicArn = stage.arnOf('Orders');
      stage.ask('iam', 'CreateUser', { UserName: 'eve' });
      const as = 'arn:aws:iam::111122223333:user/eve';
      expect(stage.ask('sns', 'Publish', { TopicArn, Message: 'x' }, { as })).toMatchObject({ fault: { status: 403 } });
      expect(stage.ask('sns', 'Publish', { TopicArn, Message: 'x' }, { as: '111122223333' })).toMatchObject({ ok: {} });
      expect(() => stage.ask('sns', 'Publish', { TopicArn }, { as: 'eve' })).toThrow('unlike "eve"');
    });
  });

  it('deploys what belongs to another account', () => {
    play((stage) => {
      const { arnOf } = stage.deploy('partner', TEMPLATE, { account: '444455556666', region: 'us-east-1' });
      expect(arnOf('Stock')).toBe('arn:aws:sqs:us-east-1:444455556666:partner-Stock');
      expect(() => stage.deploy('broken', 'Resources: {}')).toThrow("The scenario's own stack broken");
      expect(() => arnOf('Nothing')).toThrow('no resource named Nothing');
    });
  });
});
