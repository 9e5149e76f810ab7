import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  ask,
  createEventsWorld,
  expectConservation,
  facts,
  messages,
  OTHER,
  putEvent,
  putRule,
  QUEUE,
  RULE,
} from '../../../../test/events-world';
import type { ApiCall } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Service } from '../../../kernel/service';
import { World } from '../../../kernel/world';
import type { HostScript } from '../../internet/host';
import { createEvents } from '../service';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/caller`;

describe('targets of events', () => {
  it.each<[string, JsonObject, string | null]>([
    ['a constant', { Input: '{ "a": 1 }' }, '{ "a": 1 }'],
    ['a part', { InputPath: '$.detail.who' }, '{"name":"Ada"}'],
    ['a text in the event', { InputPath: '$.detail.who.name' }, '"Ada"'],
    ['an element', { InputPath: '$.detail.tags[1]' }, '"b"'],
    ['a number as it is written', { InputPath: '$.detail.price' }, '1.50'],
    ['a part that is not there', { InputPath: '$.detail.nobody' }, null],
    [
      'a JSON template',
      {
        InputTransformer: {
          InputPathsMap: { id: '$.detail.orderId', who: '$.detail.who', name: '$.detail.who.name' },
          InputTemplate: '{"order": <id>, "who": <who>, "name": <name>, "text": "<name> has <id>"}',
        },
      },
      '{"order":17,"who":{"name":"Ada"},"name":"Ada","text":"Ada has 17"}',
    ],
    [
      'a text template',
      { InputTransformer: { InputPathsMap: { who: '$.detail.who', gone: '$.detail.gone' }, InputTemplate: '"Order of <who><gone>"' } },
      '"Order of {name:Ada}"',
    ],
    [
      'a missing value in a JSON template',
      { InputTransformer: { InputPathsMap: { gone: '$.detail.gone' }, InputTemplate: '{"gone":<gone>}' } },
      '{"gone":""}',
    ],
    [
      'predefined variables',
      {
        InputTransformer: {
          InputTemplate: '{"arn":<aws.events.rule-arn>,"by":"rule <aws.events.rule-name>","at":<aws.events.event.ingestion-time>}',
        },
      },
      `{"arn":"${RULE}","by":"rule orders","at":"2026-11-02T10:15:07Z"}`,
    ],
  ])('gives the target %s', (_, transform, body) => {
    const world = createEventsWorld();
    putRule(world, { Arn: QUEUE, ...transform });
    putEvent(world);
    world.runUntilIdle();
    expect(messages(world).map((message) => message.body)).toEqual(body === null ? [] : [body]);
    expectConservation(world);
  });

  it('gives the whole event, and the event without its detail, to a template', () => {
    const world = createEventsWorld();
    putRule(world, { Arn: QUEUE, InputTransformer: { InputTemplate: '{"all":<aws.events.event.json>,"envelope":<aws.events.event>}' } });
    const id = putEvent(world);
    world.runUntilIdle();
    const { all, envelope } = JSON.parse(messages(world)[0]?.body ?? '');
    expect(all).toMatchObject({ id, detail: { orderId: 17 } });
    expect(envelope).toMatchObject({ id, detailType: 'OrderPlaced' });
    expect(envelope).not.toHaveProperty('detail');
  });

  it('writes to a log group, a stream for each event', () => {
    const world = createEventsWorld();
    const group = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/events/orders`;
    world.call({ action: 'logs:CreateLogGroup', resource: group, input: { logGroupName: '/aws/events/orders' } });
    putRule(world, { Arn: `${group}:*` });
    putEvent(world);
    world.runUntilIdle();
    const { groups } = world.state<{ groups: Record<string, { streams: Record<string, { events: { message: string }[] }> }> }>('logs');
    const [stream] = Object.values(groups[group]?.streams ?? {});
    expect(JSON.parse(stream?.events[0]?.message ?? '')).toMatchObject({ detail: { orderId: 17 } });
    expectConservation(world);
  });

  it('hands an event to a bus of another account as it is, and not on to a third', () => {
    const world = createEventsWorld();
    const second = `arn:aws:events:eu-west-1:${OTHER}:event-bus/default`;
    const third = 'arn:aws:events:us-east-1:777788889999:event-bus/default';
    putRule(world, { Arn: second });
    ask(world, 'PutRule', { Name: 'all', EventPattern: `{"account":["${ACCOUNT}"]}` }, OTHER);
    ask(
      world,
      'PutTargets',
      {
        Rule: 'all',
        Targets: [
          { Id: 'q', Arn: QUEUE },
          { Id: 'bus', Arn: third },
        ],
      },
      OTHER,
    );
    const id = putEvent(world);
    world.runUntilIdle();
    expect(JSON.parse(messages(world)[0]?.body ?? '')).toMatchObject({ id, account: ACCOUNT, region: 'eu-west-1' });
    expect(facts(world, 'EventDropped')).toMatchObject([{ targetId: 'bus', errorCode: 'THIRD_ACCOUNT_HOP_DETECTED' }]);
    expectConservation(world);
  });

  it('calls an API destination with its authorization, at the rate it allows, and retries 429 but not 404', () => {
    const seen: { at: string; headers: Record<string, string>; url: string; body: string }[] = [];
    const statuses = [200, 429, 200, 404];
    const host: HostScript = {
      initial: () => null,
      respond: (_, request) => {
        seen.push({ at: '', headers: request.headers, url: request.url, body: request.body });
        return { status: statuses[seen.length - 1] ?? 200, body: '{}', afterMs: 20 };
      },
      apply: (state) => state,
    };
    const world = createEventsWorld({ hosts: { 'https://crm.example': host } });
    const AuthParameters = {
      BasicAuthParameters: { Username: 'ada', Password: 'love' },
      InvocationHttpParameters: { HeaderParameters: [{ Key: 'X-Shop', Value: '1', IsValueSecret: false }] },
    };
    const connection = ask(world, 'CreateConnection', { Name: 'crm', AuthorizationType: 'BASIC', AuthParameters });
    expect(ask(world, 'DescribeConnection', { Name: 'crm' })).toMatchObject({
      ConnectionState: 'AUTHORIZED',
      AuthParameters: { BasicAuthParameters: { Username: 'ada' } },
    });
    expect(JSON.stringify(ask(world, 'DescribeConnection', { Name: 'crm' }))).not.toContain('love');
    const destination = ask(world, 'CreateApiDestination', {
      Name: 'crm',
      ConnectionArn: connection.ConnectionArn ?? '',
      InvocationEndpoint: 'https://crm.example/orders/*',
      HttpMethod: 'POST',
      InvocationRateLimitPerSecond: 1,
    });
    putRule(world, {
      Arn: destination.ApiDestinationArn ?? '',
      RoleArn: ROLE,
      HttpParameters: { PathParameterValues: ['new'], QueryStringParameters: { a: 'b' } },
    });
    for (let i = 0; i < 3; i++) putEvent(world);
    world.runUntilIdle();
    expect(seen[0]).toMatchObject({
      url: 'https://crm.example/orders/new?a=b',
      headers: { authorization: 'Basic YWRhOmxvdmU=', 'x-shop': '1' },
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ detail: { orderId: 17 } });
    const slots = facts(world, 'DestinationSlotTaken').map(({ slotAt }) => slotAt as number);
    for (let i = 1; i < 3; i++) expect((slots[i] ?? 0) - (slots[i - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(facts(world, 'TargetRetryScheduled')).toMatchObject([{ errorCode: 'THROTTLING' }]);
    expect(facts(world, 'EventDropped')).toMatchObject([{ errorCode: 'SDK_CLIENT_ERROR' }]);
    expectConservation(world);
  });

  it('asks the authorization endpoint for a token before the call', () => {
    const seen: string[] = [];
    const tokens: HostScript = {
      initial: () => null,
      respond: (_, { headers, body }) => {
        seen.push(`${headers.authorization} ${body}`);
        return { status: 200, body: seen.length === 1 ? '{}' : '{"access_token":"t0"}', afterMs: 10 };
      },
      apply: (state) => state,
    };
    const api: HostScript = {
      initial: () => null,
      respond: (_, { headers, body }) => {
        seen.push(`${headers.authorization} ${JSON.parse(body).channel}`);
        return { status: 204, body: '', afterMs: 10 };
      },
      apply: (state) => state,
    };
    const world = createEventsWorld({ hosts: { 'https://login.example': tokens, 'https://api.example': api } });
    const OAuthParameters = {
      AuthorizationEndpoint: 'https://login.example/token',
      HttpMethod: 'POST',
      ClientParameters: { ClientID: 'id', ClientSecret: 'secret' },
    };
    const AuthParameters = {
      OAuthParameters,
      InvocationHttpParameters: { BodyParameters: [{ Key: 'channel', Value: 'c1', IsValueSecret: false }] },
    };
    const { ConnectionArn = '' } = ask(world, 'CreateConnection', {
      Name: 'c',
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters,
    });
    const input = { Name: 'd', ConnectionArn, InvocationEndpoint: 'https://api.example/', HttpMethod: 'POST' };
    const { ApiDestinationArn = '' } = ask(world, 'CreateApiDestination', input);
    putRule(world, { RoleArn: ROLE, Arn: ApiDestinationArn });
    putEvent(world);
    world.runUntilIdle();
    const login = 'Basic aWQ6c2VjcmV0 grant_type=client_credentials';
    expect(seen).toEqual([login, login, 'Bearer t0 c1']);
    expect(facts(world, 'TargetRetryScheduled')).toMatchObject([{ errorCode: 'ERROR_FROM_TARGET' }]);
    expectConservation(world);
  });

  it('waits five seconds for an API destination', () => {
    const host: HostScript = { initial: () => null, respond: () => ({ status: 200, body: '', afterMs: 6000 }), apply: (state) => state };
    const world = createEventsWorld({ hosts: { 'https://slow.example': host } });
    const AuthParameters = { ApiKeyAuthParameters: { ApiKeyName: 'X-Key', ApiKeyValue: 'k' } };
    const { ConnectionArn = '' } = ask(world, 'CreateConnection', { Name: 'c', AuthorizationType: 'API_KEY', AuthParameters });
    const input = { Name: 'd', ConnectionArn, InvocationEndpoint: 'https://slow.example/', HttpMethod: 'POST' };
    const { ApiDestinationArn = '' } = ask(world, 'CreateApiDestination', input);
    putRule(world, { RoleArn: ROLE, Arn: ApiDestinationArn, RetryPolicy: { MaximumRetryAttempts: 1 } });
    putEvent(world);
    world.runUntilIdle();
    expect(facts(world, 'TargetFailed')).toMatchObject([{ errorCode: 'TIMEOUT', exhausted: 'MaximumRetryAttempts', attempts: 2 }]);
    expectConservation(world);
  });

  it('calls as the service for the rule, or as the role of the target, and names the group of a FIFO queue', () => {
    const calls: ApiCall[] = [];
    const queues: Service<null> = {
      prefix: 'sqs',
      initial: () => null,
      actions: {
        SendMessage: (_, call) => {
          calls.push(call);
          return { ok: {} };
        },
      },
      apply: () => {},
    };
    const world = new World({ services: [createEvents(), queues], account: ACCOUNT, region: 'eu-west-1', seed: 1, startAtEpochMs: 0 });
    ask(world, 'PutRule', { Name: 'orders', EventPattern: '{"source":["com.example.shop"]}' });
    const role = `arn:aws:iam::${ACCOUNT}:role/sender`;
    const SqsParameters = { MessageGroupId: 'g1' };
    const Targets: JsonObject[] = [
      { Id: 'a', Arn: `${QUEUE}.fifo`, SqsParameters },
      { Id: 'b', Arn: QUEUE, RoleArn: role },
    ];
    ask(world, 'PutTargets', { Rule: 'orders', Targets });
    putEvent(world);
    world.runUntilIdle();
    expect(calls).toMatchObject([
      {
        resource: `${QUEUE}.fifo`,
        principal: { type: 'service', id: 'events.amazonaws.com', account: ACCOUNT },
        context: { 'aws:SourceArn': RULE, 'aws:SourceAccount': ACCOUNT },
        input: { QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders.fifo`, MessageGroupId: 'g1' },
      },
      {
        resource: QUEUE,
        principal: { type: 'role', id: `arn:aws:sts::${ACCOUNT}:assumed-role/sender/events`, session: { roleArn: role } },
      },
    ]);
    expect(calls[1]?.input).not.toHaveProperty('MessageGroupId');
    expectConservation(world);
  });
});
