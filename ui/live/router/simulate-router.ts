// One run of a live event router: a fresh world with buses, rules and targets, the events, and time until nothing is left to do.
import type { CreateAws, ServiceName } from '@/sim/assemble';
import type { Fact } from '@/sim/kernel/fact';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { parseEventObject, writeEvent } from '@/sim/services/events/matcher/event-value';
import { parsePattern } from '@/sim/services/events/pattern/pattern';
import { nextFire, parseSchedule } from '@/sim/services/events/schedule/expression';
import { arnOf, deploy, refusalOf, ruleArn } from './deploy-router';
import { keyVerdicts } from './key-verdicts';
import { createArchive, replay } from './replay-router';
import type { EventVerdict, Refusal, RouterJob, RouterOutcome, RouterRule, RuleVerdict } from './router-setup';

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
    const rules = job.replay?.before ?? job.rules;
    const refusedAtFirst = deploy(world, { ...job, rules });
    if (job.replay) createArchive(world, job.replay);
    const sent = job.events.map((event, index) => {
      if (index > 0) world.run({ untilMs: world.now + BETWEEN_EVENTS_MS });
      return send(world, event);
    });
    world.runUntilIdle();
    if (job.passMinutes > 0) world.run({ untilMs: Math.max(world.now, job.passMinutes * 60_000) });
    world.runUntilIdle();
    const events = sent.map((event) => judge(event, rules, refusedAtFirst, world));
    const replayed = job.replay && replay(world, job, job.replay);
    const refusedRules = replayed?.refused ?? refusedAtFirst;
    const schedules = job.rules.flatMap(({ name, schedule }) =>
      schedule && !refusedRules[name] ? [{ rule: name, runs: nextRuns(schedule, Date.parse(job.startAt)) }] : [],
    );
    return {
      outcome: { refusedRules, events, schedules, replayed: replayed && takenFrom(replayed.from, sent, job, world) },
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

/** Which rules took which event again. */
function takenFrom(from: number, sent: readonly Sent[], job: RouterJob, world: World): { name: string; rules: string[] }[] {
  const matches = world.trace.slice(from).filter(({ type }) => type === 'events:RuleMatched');
  return sent.map(({ name, eventId }) => ({
    name,
    rules: job.rules
      .filter(({ name: rule, bus = 'default' }) => {
        const arn = ruleArn(world, bus, rule);
        return eventId !== null && matches.some((fact) => fact.resource === arn && fact.data.eventId === eventId);
      })
      .map((rule) => rule.name),
  }));
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

function judge(sent: Sent, ruled: readonly RouterRule[], refusedRules: Record<string, Refusal>, world: World): EventVerdict {
  if (sent.eventId === null) return { ...sent, rules: [] };
  const puts = world.trace.filter((fact) => fact.type === 'events:EventPut' && fact.data.eventId === sent.eventId);
  const matched = new Set(
    world.trace.filter((fact) => fact.type === 'events:RuleMatched' && fact.data.eventId === sent.eventId).map((fact) => fact.resource),
  );
  const event = parseEventObject(String(puts[0]?.data.event ?? ''));
  const rules = ruled.flatMap(({ name, bus = 'default', pattern }): RuleVerdict[] => {
    const parsed = pattern === null || refusedRules[name] ? null : parsePattern(pattern);
    if (!event || !parsed || 'refused' in parsed) return [];
    const isOnBus = puts.some((fact) => fact.resource === arnOf(world, 'bus', bus));
    return [{ rule: name, isOnBus, isMatched: matched.has(ruleArn(world, bus, name)), ...keyVerdicts(parsed.pattern, event) }];
  });
  return { ...sent, rules };
}
