// What a lesson's author sets up for a live event router, what a learner may change, and what a run gives back.
import type { Json } from '@/sim/kernel/json';
import type { PatternVerdict } from './key-verdicts';

/** `queue:orders`, `function:pack` or `bus:orders`. */
export type TargetName = `${'queue' | 'function' | 'bus'}:${string}`;

export interface TargetWish {
  to: TargetName;
  /** `MaximumRetryAttempts`; EventBridge's own 185 when left out. EB-X16 */
  retries?: number;
  /** `MaximumEventAgeInSeconds`; 24 hours when left out. EB-X16 */
  maxAgeSeconds?: number;
  /** A queue's name. */
  deadLetterQueue?: string;
  /** The rule names it, but nobody created it. */
  missing?: boolean;
  /** So many tries at targets of this kind fail first. */
  failsFirst?: number;
  failsWith?: 'throttle' | 'no-permission' | 'server-error';
  /**
   * What the target is sent instead of the whole event, as YAML in the words of PutTargets: `Input`, `InputPath` or `InputTransformer`.
   * Learners may edit that of a rule's first target. EB-X22
   */
  input?: string;
}

export interface RuleWish {
  name: string;
  /** Default: `default`. */
  bus?: string;
  /** Text is taken as written, even where it is no pattern. */
  pattern?: Json;
  schedule?: string;
  disabled?: boolean;
  targets?: TargetWish[];
}

export interface EventWish {
  name: string;
  /** As rules see it, without what the bus adds: `source`, `detail-type`, `detail`, and `resources` where there are any. */
  event: Json;
  /** Sent by AWS itself, so always to the default bus. EB-03 */
  byAws?: boolean;
}

export interface EventRouterProps {
  /** Unique on the page. */
  id: string;
  title: string;
  rules: RuleWish[];
  events?: EventWish[];
  /** Custom buses beside `default`. */
  buses?: string[];
  /** The bus that events are sent to at first. */
  sendTo?: string;
  /** Source of functions by name: each has one module, `index.mjs`, with the export `handler`. */
  functions?: Record<string, string>;
  /** Name of the rule that is shown first. */
  open?: string;
  /** So much time passes after the event, so that schedules fire. */
  passMinutes?: number;
  /** Of virtual time, ISO 8601. Default: 2 November 2026, 10:00 UTC. */
  startAt?: string;
  /** Next runs of a schedule are told in this zone as well: `Europe/Berlin`. */
  timeZone?: string;
  /**
   * Keeps every event of the default bus. All events are sent under the rules as the lesson has them; then the learner's rules are
   * put, and the archive is replayed. EB-X30
   */
  archive?: string;
}

export interface RouterRule extends Omit<RuleWish, 'pattern' | 'schedule'> {
  pattern: string | null;
  schedule: string | null;
}

export interface RouterReplay {
  archive: string;
  /** The rules that events meet at first. */
  before: RouterRule[];
  /** Rules that the replay is for; empty for all. */
  only: string[];
}

/** One run, complete: the worker needs nothing else. */
export interface RouterJob {
  rules: RouterRule[];
  /** Null without an archive: nothing is replayed. */
  replay: RouterReplay | null;
  events: { name: string; text: string; bus: string; byAws: boolean }[];
  buses: string[];
  functions: Record<string, string>;
  passMinutes: number;
  startAt: string;
  seed: number;
}

export interface Refusal {
  code: string;
  message: string;
  /** From 1; null when AWS's message names no place. */
  line: number | null;
  column: number | null;
}

export interface RuleVerdict extends PatternVerdict {
  rule: string;
  /** False for an event that never came to the rule's bus. */
  isOnBus: boolean;
  isMatched: boolean;
}

export interface EventVerdict {
  name: string;
  refused: Refusal | null;
  eventId: string | null;
  /** In the order of the rules; empty when the event was refused. Without rules that were refused themselves or have no pattern. */
  rules: RuleVerdict[];
}

export interface RouterOutcome {
  refusedRules: Record<string, Refusal>;
  events: EventVerdict[];
  /** Unix milliseconds of the next runs. */
  schedules: { rule: string; runs: number[] }[];
  /** Of each event the rules that took it from the archive; null where nothing was replayed. */
  replayed: { name: string; rules: string[] }[] | null;
}

export const START = '2026-11-02T10:00:00Z';

/** As wide as the code column of a lesson shows without scrolling. */
const LINE_MAX = 52;

/** JSON as a person would write it: lists and short objects on one line. */
export function printJson(value: Json, indent = ''): string {
  const flat = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, ' ').replace(/\[ /g, '[').replace(/ \]/g, ']') ?? 'null';
  if (typeof value !== 'object' || value === null) return flat;
  const isTop = indent === '';
  if (!isTop && flat.length + indent.length <= LINE_MAX) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[\n${value.map((item) => `${inner}${printJson(item, inner)}`).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([name, member]) => `${inner}${JSON.stringify(name)}: ${printJson(member, inner)}`);
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

export function ruleText({ pattern, schedule }: RuleWish): string {
  if (pattern === undefined) return schedule ?? '';
  return typeof pattern === 'string' ? pattern : printJson(pattern);
}

/** Names the rule's text for readers and for the colours of its language. */
export function rulePath(rule: RuleWish): string {
  return rule.pattern === undefined ? `${rule.name} schedule` : `${rule.name}.json`;
}

/** The target of a rule whose input a learner may edit. */
export function shapedTarget(rule: RuleWish): TargetWish | null {
  return rule.targets?.[0]?.input === undefined ? null : rule.targets[0];
}

/** Under which name the texts that a learner wrote hold a rule's input. */
export function inputKey(rule: string): string {
  return `input of ${rule}`;
}

/** What the learner wrote, put together with what the author set up. */
export function jobOf(
  props: EventRouterProps,
  texts: Readonly<Record<string, string>>,
  events: readonly { name: string; text: string }[],
  bus: string,
  replayOnly: readonly string[] = [],
): RouterJob {
  const isByAws = (name: string) => props.events?.find((event) => event.name === name)?.byAws ?? false;
  return {
    rules: props.rules.map((rule) => ruleOf(rule, texts)),
    replay:
      props.archive === undefined
        ? null
        : { archive: props.archive, before: props.rules.map((rule) => ruleOf(rule, {})), only: [...replayOnly] },
    events: events.map(({ name, text }) => ({ name, text, bus: isByAws(name) ? 'default' : bus, byAws: isByAws(name) })),
    buses: props.buses ?? [],
    functions: props.functions ?? {},
    passMinutes: props.passMinutes ?? 0,
    startAt: props.startAt ?? START,
    seed: 7,
  };
}

function ruleOf(rule: RuleWish, texts: Readonly<Record<string, string>>): RouterRule {
  const text = texts[rule.name] ?? ruleText(rule);
  const isSchedule = rule.pattern === undefined;
  const input = texts[inputKey(rule.name)];
  const targets = (rule.targets ?? []).map((target, index) => (index === 0 && input !== undefined ? { ...target, input } : target));
  return { ...rule, targets, pattern: isSchedule ? null : text, schedule: isSchedule ? text.trim() : (rule.schedule ?? null) };
}
