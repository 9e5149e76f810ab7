// One run of a live event router: a fresh world with buses, rules and targets, the events, and time until nothing is left to do.
import type { CreateAws, ServiceName } from '@/sim/assemble';
import { type Arn, formatArn } from '@/sim/kernel/arn';
import type { Fault } from '@/sim/kernel/call';
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { parseEventObject, writeEvent } from '@/sim/services/events/matcher/event-value';
import { parsePattern } from '@/sim/services/events/pattern/pattern';
import { nextFire, parseSchedule } from '@/sim/services/events/schedule/expression';
import { keyVerdicts } from './key-verdicts';
import type { EventVerdict, Refusal, RouterJob, RouterOutcome, RuleVerdict, TargetWish } from './router-setup';

const LIMITS: Partial<WorldLimits> = { factsMax: 20_000, callsMax: 100_000, agendaMax: 10_000, virtualMsMax: 400 * 24 * 3_600_000 };

/** Several events are sent one after the other. */
const BETWEEN_EVENTS_MS = 1000;

/** Next runs that a schedule shows. */
const RUNS_SHOWN = 5;

/** Without IAM: targets take what a rule sends, except where the lesson has them refuse. */
export function routerServices(job: Pick<RouterJob, 'functions'>): ServiceName[] {
  return Object.keys(job.functions).length > 0 ? ['events', 'sqs', 'logs', 'lambda'] : ['events', 'sqs', 'logs'];
}

export interface RouterRun {
  outcome: RouterOutcome;
  facts: readonly Fact[];
}

export function simulateRouter(job: RouterJob, createAws: CreateAws, sandboxes?: SandboxFactory): RouterRun {
  const world: World = createAws({
    services: routerServices(job),
    seed: job.seed,
    startAt: job.startAt,
    limits: LIMITS,
    ...(sandboxes ? { sandboxes } : {}),
  });
  try {
    const refusedRules = deploy(world, job);
    const sent = job.events.map((event, index) => {
      if (index > 0) world.run({ untilMs: world.now + BETWEEN_EVENTS_MS });
      return send(world, event);
    });
    world.runUntilIdle();
    if (job.passMinutes > 0) world.run({ untilMs: Math.max(world.now, job.passMinutes * 60_000) });
    world.runUntilIdle();
    const schedules = job.rules.flatMap(({ name, schedule }) =>
      schedule && !refusedRules[name] ? [{ rule: name, runs: nextRuns(schedule, Date.parse(job.startAt)) }] : [],
    );
    return {
      outcome: { refusedRules, events: sent.map((event) => judge(event, job, refusedRules, world)), schedules },
      facts: world.trace,
    };
  } finally {
    world.dispose();
  }
}

function nextRuns(expression: string, from: number): number[] {
  const schedule = parseSchedule(expression);
  const runs: number[] = [];
  let at: number | null = from;
  while (schedule && runs.length < RUNS_SHOWN) {
    at = nextFire(schedule, at);
    if (at === null) break;
    runs.push(at);
  }
  return runs;
}

function arnOf(world: World, kind: string, name: string): Arn {
  const { account, region } = world.home;
  if (kind === 'queue') return formatArn({ service: 'sqs', region, account, resource: name });
  if (kind === 'function') return formatArn({ service: 'lambda', region, account, resource: `function:${name}` });
  if (kind === 'bus') return formatArn({ service: 'events', region, account, resource: `event-bus/${name}` });
  throw new Error(`A target is queue:name, function:name or bus:name, not ${kind}:${name}.`);
}

function ruleArn(world: World, bus: string, rule: string): Arn {
  const { account, region } = world.home;
  return formatArn({ service: 'events', region, account, resource: bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}` });
}

/** Gives the rules that EventBridge refuses; anything else that goes wrong is the author's mistake. */
function deploy(world: World, job: RouterJob): Record<string, Refusal> {
  for (const name of job.buses) create(world, 'events:CreateEventBus', arnOf(world, 'bus', name), { Name: name });
  for (const [name, source] of Object.entries(job.functions)) createFunction(world, name, source);
  const targets = job.rules.flatMap((rule) => rule.targets ?? []);
  const queues = targets.flatMap(({ to, missing, deadLetterQueue }) => [
    ...(to.startsWith('queue:') && !missing ? [to.slice('queue:'.length)] : []),
    ...(deadLetterQueue ? [deadLetterQueue] : []),
  ]);
  for (const name of new Set(queues)) create(world, 'sqs:CreateQueue', arnOf(world, 'queue', name), { QueueName: name, Attributes: {} });
  for (const target of targets) armFault(world, target);
  const refused: Record<string, Refusal> = {};
  for (const { name, bus = 'default', pattern, schedule, disabled, targets: wishes = [] } of job.rules) {
    const resource = ruleArn(world, bus, name);
    const input = {
      Name: name,
      EventBusName: bus,
      State: disabled ? 'DISABLED' : 'ENABLED',
      ...(pattern === null ? {} : { EventPattern: pattern }),
      ...(schedule === null ? {} : { ScheduleExpression: schedule }),
    };
    const answer = world.call({ action: 'events:PutRule', resource, input });
    if (answer && 'fault' in answer) {
      refused[name] = refusalOf(answer.fault);
      continue;
    }
    if (wishes.length === 0) continue;
    const Targets = wishes.map((wish, index) => targetOf(world, wish, index));
    create(world, 'events:PutTargets', resource, { Rule: name, EventBusName: bus, Targets });
  }
  return refused;
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

interface Sent {
  name: string;
  refused: Refusal | null;
  eventId: string | null;
}

function unreadable(message: string): Refusal {
  return { code: 'SerializationException', message, line: null, column: null };
}

function send(world: World, { name, text, bus, byAws }: RouterJob['events'][number]): Sent {
  const event = parseEventObject(text);
  if (!event) return { name, eventId: null, refused: unreadable(whyNoJson(text)) };
  const written = (key: string) => (typeof event[key] === 'string' ? { value: event[key] } : null);
  const resources = Array.isArray(event.resources) ? event.resources.map(String) : [];
  const Entries = [
    {
      EventBusName: bus,
      ...(written('source') ? { Source: written('source')?.value ?? '' } : {}),
      ...(written('detail-type') ? { DetailType: written('detail-type')?.value ?? '' } : {}),
      // As the learner spells it: 300.0 stays 300.0.
      ...(event.detail === undefined ? {} : { Detail: writeEvent(event.detail) }),
      ...(resources.length > 0 ? { Resources: resources } : {}),
    },
  ];
  const { account } = world.home;
  const shop = { type: 'user' as const, id: `arn:aws:iam::${account}:user/shop`, account };
  const service = { type: 'service' as const, id: 'aws.internal', account };
  const principal = byAws ? service : shop;
  const answer = world.call({ action: 'events:PutEvents', resource: arnOf(world, 'bus', bus), input: { Entries }, principal });
  if (!answer) return { name, eventId: null, refused: unreadable('PutEvents was never answered.') };
  if ('fault' in answer) return { name, eventId: null, refused: refusalOf(answer.fault) };
  const { EventId, ErrorCode, ErrorMessage } = (answer.ok as { Entries: Record<string, string>[] }).Entries[0] ?? {};
  const refused = ErrorCode ? { code: ErrorCode, message: ErrorMessage ?? '', line: null, column: null } : null;
  return { name, eventId: EventId ?? null, refused };
}

function whyNoJson(text: string): string {
  try {
    JSON.parse(text);
    return 'An event is a JSON object with source, detail-type and detail.';
  } catch (error) {
    return `This is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`;
  }
}

function judge(sent: Sent, job: RouterJob, refusedRules: Record<string, Refusal>, world: World): EventVerdict {
  if (sent.eventId === null) return { ...sent, rules: [] };
  const puts = world.trace.filter((fact) => fact.type === 'events:EventPut' && fact.data.eventId === sent.eventId);
  const matched = new Set(
    world.trace.filter((fact) => fact.type === 'events:RuleMatched' && fact.data.eventId === sent.eventId).map((fact) => fact.resource),
  );
  const event = parseEventObject(String(puts[0]?.data.event ?? ''));
  const rules = job.rules.flatMap(({ name, bus = 'default', pattern }): RuleVerdict[] => {
    const parsed = pattern === null || refusedRules[name] ? null : parsePattern(pattern);
    if (!event || !parsed || 'refused' in parsed) return [];
    const isOnBus = puts.some((fact) => fact.resource === arnOf(world, 'bus', bus));
    return [{ rule: name, isOnBus, isMatched: matched.has(ruleArn(world, bus, name)), ...keyVerdicts(parsed.pattern, event) }];
  });
  return { ...sent, rules };
}

/** The place is in AWS's own message: `at [Source: (String)"…"; line: 1, column: 12]`. */
function refusalOf({ code, message }: Fault): Refusal {
  const place = /line: (\d+), column: (\d+)\]\s*$/.exec(message);
  return { code, message, line: place ? Number(place[1]) : null, column: place ? Number(place[2]) : null };
}

function create(world: World, action: `${string}:${string}`, resource: Arn, input: JsonObject): void {
  const answer = world.call({ action, resource, input });
  if (!answer) throw new Error(`${action} was never answered.`);
  if ('fault' in answer) throw new Error(`${answer.fault.message} (${answer.fault.code})`);
}
