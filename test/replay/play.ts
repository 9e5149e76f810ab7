// Plays a story: builds its stack, then takes its steps, then lets the world come to rest. The same in Node.js and in a browser.
import { createAws } from '../../sim/aws';
import type { JsonObject } from '../../sim/kernel/json';
import type { World } from '../../sim/kernel/world';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import type { HostScript } from '../../sim/services/internet/host';
import { HANDLERS } from './handlers';
import type { Story, StoryStep, Target } from './story';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const HOST = 'https://hooks.example';
const FACTS_MAX = 12_000;

export interface Played {
  world: World;
  /** Answers to synchronous calls of the driver that never came. */
  unanswered: string[];
}

/** Takes half of what it is sent. */
const moodyHost: HostScript = {
  initial: () => 0,
  respond: (seen, _request, random) => ({ status: Number(seen) % 2 === 0 && random() < 0.8 ? 503 : 200, body: '', afterMs: 5, effect: {} }),
  apply: (seen) => Number(seen) + 1,
};

const arnOf = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const urlOf = (queue: string) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${queue}`;

class Player {
  readonly world: World;
  readonly unanswered: string[] = [];
  private readonly queues: string[];
  private readonly topics: string[];
  private readonly functions: string[];
  private readonly subscriptions: string[] = [];

  constructor(
    private readonly story: Story,
    sandboxes: SandboxFactory,
  ) {
    this.world = createAws({ sandboxes, seed: story.seed, hosts: { [HOST]: moodyHost }, limits: { factsMax: FACTS_MAX } });
    this.queues = story.queues.map(({ isFifo }, i) => `q${i}${isFifo ? '.fifo' : ''}`);
    this.topics = story.topics.map(({ isFifo }, i) => `t${i}${isFifo ? '.fifo' : ''}`);
    this.functions = story.functions.map((_, i) => `f${i}`);
  }

  /** Refusals are part of a story: a standard queue takes no FIFO topic, a deleted queue no message. */
  ask(prefix: string, operation: string, input: JsonObject): JsonObject {
    const route = this.world.route(prefix, operation, input);
    if (!route) return {};
    const answer = this.world.call({ ...route, input });
    if (!answer) this.unanswered.push(`${prefix}:${operation}`);
    return answer && 'ok' in answer ? (answer.ok as JsonObject) : {};
  }

  private queue(at: number): string {
    return this.queues[at % this.queues.length] ?? '';
  }

  private targetArn({ kind, at }: Target): string {
    switch (kind) {
      case 'queue':
        return arnOf('sqs', this.queue(at));
      case 'topic':
        return arnOf('sns', this.topics[at % Math.max(1, this.topics.length)] ?? 'gone');
      case 'function':
        return arnOf('lambda', `function:${this.functions[at % this.functions.length]}`);
      case 'bus':
        return arnOf('events', 'event-bus/default');
      default:
        return arnOf('sqs', 'gone');
    }
  }

  build(): void {
    this.buildRoles();
    for (const [i, name] of this.queues.entries()) this.buildQueue(name, i);
    for (const [i, name] of this.queues.entries()) this.redrive(name, i);
    for (const [i, Name] of this.topics.entries()) {
      const key = this.story.topics[i]?.key ?? null;
      this.ask('sns', 'CreateTopic', {
        Name,
        Attributes: { ...(Name.endsWith('.fifo') ? { FifoTopic: 'true' } : {}), ...(key === null ? {} : { KmsMasterKeyId: key }) },
      });
    }
    for (const [i, name] of this.functions.entries()) this.buildFunction(name, i);
    for (const [i, name] of this.topics.entries()) this.subscribe(name, i);
    for (const i of this.story.rules.keys()) this.buildRule(i);
    for (const { queue, function: fn, batch, partial, filter } of this.story.mappings) {
      this.ask('lambda', 'CreateEventSourceMapping', {
        EventSourceArn: arnOf('sqs', this.queue(queue)),
        FunctionName: this.functions[fn % this.functions.length] ?? '',
        BatchSize: batch,
        ...(partial ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
        ...(filter === null ? {} : { FilterCriteria: { Filters: [{ Pattern: filter }] } }),
      });
    }
  }

  private buildRoles(): void {
    const trust = (service: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' } });
    for (const RoleName of ['everything', 'logs-only', 'nothing']) {
      this.ask('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    }
    this.ask('iam', 'AttachRolePolicy', { RoleName: 'everything', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
    const logs = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'logs:*', Resource: '*' } };
    this.ask('iam', 'PutRolePolicy', { RoleName: 'logs-only', PolicyName: 'logs', PolicyDocument: JSON.stringify(logs) });
  }

  private buildQueue(name: string, i: number): void {
    const { policy, visibilityS, retentionS, delayS, isFifo, key } = this.story.queues[i] as Story['queues'][number];
    const allow = { Effect: 'Allow', Principal: policy === 'sns' ? { Service: 'sns.amazonaws.com' } : '*', Action: 'sqs:*', Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow] });
    this.ask('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: {
        // A queue that a function reads must hide messages at least as long as the function may run.
        VisibilityTimeout: String(this.isMapped(i) ? 180 : visibilityS),
        MessageRetentionPeriod: String(this.isMapped(i) ? 600 : retentionS),
        DelaySeconds: String(delayS),
        ...(policy === 'nobody' ? {} : { Policy }),
        ...(key === null ? {} : { KmsMasterKeyId: key }),
        ...(isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {}),
      },
    });
  }

  private isMapped(i: number): boolean {
    return this.story.mappings.some(({ queue }) => queue % this.queues.length === i);
  }

  private redrive(name: string, i: number): void {
    const redrive = this.story.queues[i]?.redrive;
    // A queue that is its own dead-letter queue goes round for ever.
    if (!redrive || this.queue(redrive.to) === name) return;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('sqs', this.queue(redrive.to)), maxReceiveCount: redrive.max });
    this.ask('sqs', 'SetQueueAttributes', { QueueUrl: urlOf(name), Attributes: { RedrivePolicy } });
  }

  private buildFunction(name: string, i: number): void {
    const told = this.story.functions[i] as Story['functions'][number];
    this.ask('lambda', 'CreateFunction', {
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: roleArn(told.role),
      Timeout: told.timeoutS,
      Code: { Files: { 'index.mjs': HANDLERS[told.behaviour] } },
      Environment: { Variables: { QUEUE_URL: urlOf(this.queue(i)), TOPIC_ARN: arnOf('sns', this.topics[0] ?? 'gone') } },
      ...(told.deadLetters === null ? {} : { DeadLetterConfig: { TargetArn: arnOf('sqs', this.queue(told.deadLetters)) } }),
    });
    if (told.reserved !== null) {
      this.ask('lambda', 'PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions: told.reserved });
    }
    const destination = (to: Target | null): JsonObject => (to ? { Destination: this.targetArn(to) } : {});
    this.ask('lambda', 'PutFunctionEventInvokeConfig', {
      FunctionName: name,
      ...(told.retries === null ? {} : { MaximumRetryAttempts: told.retries }),
      ...(told.ageS === null ? {} : { MaximumEventAgeInSeconds: told.ageS }),
      DestinationConfig: { OnSuccess: destination(told.onSuccess), OnFailure: destination(told.onFailure) },
    });
    for (const service of ['sns', 'events']) {
      const permission = {
        FunctionName: name,
        StatementId: service,
        Action: 'lambda:InvokeFunction',
        Principal: `${service}.amazonaws.com`,
      };
      if (i < 2) this.ask('lambda', 'AddPermission', permission);
    }
  }

  private subscribe(topic: string, i: number): void {
    for (const { protocol, endpoint, filter, raw, deadLetters } of this.story.topics[i]?.subscriptions ?? []) {
      const endpoints: Record<string, string> = {
        sqs: arnOf('sqs', this.queue(endpoint)),
        lambda: arnOf('lambda', `function:${this.functions[endpoint % this.functions.length]}`),
        https: `${HOST}/hook${endpoint}`,
        email: `ada${endpoint}@example.com`,
        sms: `+35387123456${endpoint}`,
      };
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('sqs', this.queue(deadLetters ?? 0)) });
      const { SubscriptionArn } = this.ask('sns', 'Subscribe', {
        TopicArn: arnOf('sns', topic),
        Protocol: protocol,
        Endpoint: endpoints[protocol] ?? '',
        ReturnSubscriptionArn: true,
        Attributes: {
          ...(filter ? { FilterPolicyScope: filter.scope, FilterPolicy: filter.policy } : {}),
          ...(raw && (protocol === 'sqs' || protocol === 'https') ? { RawMessageDelivery: 'true' } : {}),
          ...(deadLetters === null ? {} : { RedrivePolicy }),
        },
      });
      if (typeof SubscriptionArn === 'string') this.subscriptions.push(SubscriptionArn);
    }
  }

  private buildRule(i: number): void {
    const { pattern, targets } = this.story.rules[i] as Story['rules'][number];
    this.ask('events', 'PutRule', { Name: `r${i}`, EventPattern: JSON.stringify(pattern) });
    const Targets = targets.map(({ to, deadLetters, retries, ageS }, id): JsonObject => {
      const policy = {
        ...(retries === null ? {} : { MaximumRetryAttempts: retries }),
        ...(ageS === null ? {} : { MaximumEventAgeInSeconds: ageS }),
      };
      return {
        Id: String(id),
        Arn: this.targetArn(to),
        ...(this.targetArn(to).endsWith('.fifo') ? { SqsParameters: { MessageGroupId: 'g' } } : {}),
        ...(deadLetters === null ? {} : { DeadLetterConfig: { Arn: arnOf('sqs', this.queue(deadLetters)) } }),
        ...(Object.keys(policy).length > 0 ? { RetryPolicy: policy } : {}),
      };
    });
    if (Targets.length > 0) this.ask('events', 'PutTargets', { Rule: `r${i}`, Targets });
  }

  step(step: StoryStep, i: number): void {
    const { world } = this;
    switch (step.do) {
      case 'publish': {
        const name = this.topics[step.at % Math.max(1, this.topics.length)];
        if (name === undefined) return;
        this.ask('sns', 'Publish', {
          TopicArn: arnOf('sns', name),
          Message: JSON.stringify({ n: step.n }),
          ...(step.kind === null ? {} : { MessageAttributes: { kind: { DataType: 'String', StringValue: step.kind } } }),
          ...(name.endsWith('.fifo') ? { MessageGroupId: `g${step.group}`, MessageDeduplicationId: `d${i % 7}` } : {}),
        });
        return;
      }
      case 'put-event': {
        const Detail = JSON.stringify({ n: step.n, ...(step.kind === null ? {} : { kind: step.kind }) });
        this.ask('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'Happened', Detail }] });
        return;
      }
      case 'invoke': {
        const FunctionName = this.functions[step.at % this.functions.length] ?? '';
        const InvocationType = step.isEvent ? 'Event' : 'RequestResponse';
        this.ask('lambda', 'Invoke', { FunctionName, InvocationType, Payload: JSON.stringify({ n: step.n }) });
        return;
      }
      case 'send': {
        const name = this.queue(step.at);
        const fifo: JsonObject = name.endsWith('.fifo') ? { MessageGroupId: `g${step.group}` } : {};
        this.ask('sqs', 'SendMessage', { QueueUrl: urlOf(name), MessageBody: JSON.stringify({ n: step.n, i: i % 5 }), ...fifo });
        return;
      }
      case 'receive': {
        const QueueUrl = urlOf(this.queue(step.at));
        const { Messages } = this.ask('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 3, WaitTimeSeconds: step.waitS });
        if (!step.deletes || !Array.isArray(Messages)) return;
        for (const message of Messages as JsonObject[])
          this.ask('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: message.ReceiptHandle ?? '' });
        return;
      }
      case 'wait':
        world.runUntil(world.now + step.ms);
        return;
      case 'fail':
        world.call({ action: 'fis:InjectApiError', resource: step.fault.action, input: step.fault as unknown as JsonObject });
        return;
      case 'unsubscribe':
        this.ask('sns', 'Unsubscribe', {
          SubscriptionArn: this.subscriptions[step.which % Math.max(1, this.subscriptions.length)] ?? 'gone',
        });
        return;
      case 'delete-queue':
        this.ask('sqs', 'DeleteQueue', { QueueUrl: urlOf(this.queue(step.at)) });
        return;
      case 'delete-function':
        this.ask('lambda', 'DeleteFunction', { FunctionName: this.functions[step.at % this.functions.length] ?? '' });
        return;
      case 'delete-topic':
        this.ask('sns', 'DeleteTopic', { TopicArn: arnOf('sns', this.topics[step.at % Math.max(1, this.topics.length)] ?? 'gone') });
        return;
      case 'purge':
        this.ask('sqs', 'PurgeQueue', { QueueUrl: urlOf(this.queue(step.at)) });
        return;
      case 'redrive':
        this.ask('sqs', 'StartMessageMoveTask', { SourceArn: arnOf('sqs', this.queue(step.at)) });
        return;
      case 'reserve': {
        const FunctionName = this.functions[step.at % this.functions.length] ?? '';
        this.ask('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: step.count });
        return;
      }
      case 'disable-rule':
        this.ask('events', 'DisableRule', { Name: `r${step.at % Math.max(1, this.story.rules.length)}` });
    }
  }
}

/** Longer than any queue of a story keeps its messages. */
const REST_MS = 5 * 24 * 3_600_000;

export function play(story: Story, sandboxes: SandboxFactory): Played {
  const player = new Player(story, sandboxes);
  player.build();
  story.steps.forEach((step, i) => {
    player.step(step, i);
  });
  player.world.run('idle');
  // What is housekeeping to an idle world, such as the end of retention, still happens.
  if (player.world.trace.at(-1)?.type !== 'kernel:LimitReached') player.world.runUntil(player.world.now + REST_MS);
  return { world: player.world, unanswered: player.unanswered };
}

export function isWhole({ world }: Played): boolean {
  return world.trace.at(-1)?.type !== 'kernel:LimitReached';
}
