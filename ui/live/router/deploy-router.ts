// The world behind a live event router: its buses, queues, functions, rules and targets.
import { type Arn, formatArn } from '@/sim/kernel/arn';
import type { Fault } from '@/sim/kernel/call';
import type { JsonObject } from '@/sim/kernel/json';
import type { World } from '@/sim/kernel/world';
import type { Refusal, RouterJob, RouterRule, TargetWish } from './router-setup';
import { inputOf } from './target-input';

export function arnOf(world: World, kind: string, name: string): Arn {
  const { account, region } = world.home;
  if (kind === 'queue') return formatArn({ service: 'sqs', region, account, resource: name });
  if (kind === 'function') return formatArn({ service: 'lambda', region, account, resource: `function:${name}` });
  if (kind === 'bus') return formatArn({ service: 'events', region, account, resource: `event-bus/${name}` });
  throw new Error(`A target is queue:name, function:name or bus:name, not ${kind}:${name}.`);
}

export function ruleArn(world: World, bus: string, rule: string): Arn {
  const { account, region } = world.home;
  return formatArn({ service: 'events', region, account, resource: bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}` });
}

/** Gives the rules that EventBridge refuses; anything else that goes wrong is the author's mistake. */
export function deploy(world: World, job: RouterJob): Record<string, Refusal> {
  for (const name of job.buses) create(world, 'events:CreateEventBus', arnOf(world, 'bus', name), { Name: name });
  for (const [name, source] of Object.entries(job.functions)) createFunction(world, name, source);
  const targets = job.rules.flatMap((rule) => rule.targets ?? []);
  const queues = targets.flatMap(({ to, missing, deadLetterQueue }) => [
    ...(to.startsWith('queue:') && !missing ? [to.slice('queue:'.length)] : []),
    ...(deadLetterQueue ? [deadLetterQueue] : []),
  ]);
  for (const name of new Set(queues)) create(world, 'sqs:CreateQueue', arnOf(world, 'queue', name), { QueueName: name, Attributes: {} });
  for (const target of targets) armFault(world, target);
  return putRules(world, job.rules);
}

/** Gives the rules that EventBridge refuses. A rule that is refused stays as it was. */
export function putRules(world: World, rules: readonly RouterRule[]): Record<string, Refusal> {
  const refused: Record<string, Refusal> = {};
  for (const { name, bus = 'default', pattern, schedule, disabled, targets: wishes = [] } of rules) {
    const resource = ruleArn(world, bus, name);
    const input = {
      Name: name,
      EventBusName: bus,
      State: disabled ? 'DISABLED' : 'ENABLED',
      ...(pattern === null ? {} : { EventPattern: pattern }),
      ...(schedule === null ? {} : { ScheduleExpression: schedule }),
    };
    const answer = world.call({ action: 'events:PutRule', resource, input });
    const refusal = answer && 'fault' in answer ? refusalOf(answer.fault) : putTargets(world, resource, { name, bus, wishes });
    if (refusal) refused[name] = refusal;
  }
  return refused;
}

function putTargets(world: World, resource: Arn, rule: { name: string; bus: string; wishes: TargetWish[] }): Refusal | null {
  if (rule.wishes.length === 0) return null;
  const targets: JsonObject[] = [];
  for (const [index, wish] of rule.wishes.entries()) {
    const shape = inputOf(wish);
    if ('unreadable' in shape) return { code: 'SerializationException', message: shape.unreadable, line: null, column: null };
    targets.push({ ...targetOf(world, wish, index), ...shape.input });
  }
  const input = { Rule: rule.name, EventBusName: rule.bus, Targets: targets };
  const answer = world.call({ action: 'events:PutTargets', resource, input });
  if (answer && 'fault' in answer) return refusalOf(answer.fault);
  const [failed] = ((answer?.ok as JsonObject | undefined)?.FailedEntries ?? []) as { ErrorCode: string; ErrorMessage: string }[];
  return failed ? { code: failed.ErrorCode, message: failed.ErrorMessage, line: null, column: null } : null;
}

function targetOf(world: World, wish: TargetWish, index: number): JsonObject {
  const [kind = '', name = ''] = wish.to.split(/:(.*)/s);
  return {
    Id: `${index + 1}-${name.replace(/[^.\-\w]/g, '-')}`,
    Arn: arnOf(world, kind, name),
    ...(wish.retries === undefined && wish.maxAgeSeconds === undefined
      ? {}
      : {
          RetryPolicy: {
            ...(wish.retries === undefined ? {} : { MaximumRetryAttempts: wish.retries }),
            ...(wish.maxAgeSeconds === undefined ? {} : { MaximumEventAgeInSeconds: wish.maxAgeSeconds }),
          },
        }),
    ...(wish.deadLetterQueue ? { DeadLetterConfig: { Arn: arnOf(world, 'queue', wish.deadLetterQueue) } } : {}),
  };
}

const FAULTS: Record<NonNullable<TargetWish['failsWith']>, { code: string; message: string; status: number }> = {
  throttle: { code: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 },
  'no-permission': { code: 'AccessDeniedException', message: 'EventBridge is not allowed to call this target.', status: 403 },
  'server-error': { code: 'InternalFailure', message: 'The request processing has failed.', status: 500 },
};

const ACTION_OF: Record<string, string> = { queue: 'sqs:SendMessage', function: 'lambda:InvokeFunction', bus: 'events:PutEvents' };

function armFault(world: World, { to, failsFirst = 0, failsWith = 'throttle' }: TargetWish): void {
  if (failsFirst === 0) return;
  const action = ACTION_OF[to.split(':')[0] ?? ''] ?? '';
  create(world, 'fis:InjectApiError', action, { action, times: failsFirst, fault: FAULTS[failsWith] });
}

function createFunction(world: World, name: string, source: string): void {
  create(world, 'lambda:CreateFunction', arnOf(world, 'function', name), {
    FunctionName: name,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: formatArn({ service: 'iam', region: '', account: world.home.account, resource: `role/${name}` }),
    Code: { Files: { 'index.mjs': source } },
  });
}

export function create(world: World, action: `${string}:${string}`, resource: Arn, input: JsonObject): void {
  const answer = world.call({ action, resource, input });
  if (!answer) throw new Error(`${action} was never answered.`);
  if ('fault' in answer) throw new Error(`${answer.fault.message} (${answer.fault.code})`);
}

/** The place is in AWS's own message: `at [Source: (String)"…"; line: 1, column: 12]`. */
export function refusalOf({ code, message }: Fault): Refusal {
  const place = /line: (\d+), column: (\d+)\]\s*$/.exec(message);
  return { code, message, line: place ? Number(place[1]) : null, column: place ? Number(place[2]) : null };
}
