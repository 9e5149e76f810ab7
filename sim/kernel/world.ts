// The world: takes the next call from the agenda, passes it through the guards to its service, and keeps the facts.
import { Agenda } from './agenda';
import { type Arn, parseArn } from './arn';
import {
  type Action,
  type ApiCall,
  type ConditionContext,
  type Continuation,
  clientFault,
  type Fault,
  type Principal,
  type Reply,
} from './call';
import type { Fact } from './fact';
import type { Guard, View } from './guard';
import { History } from './history';
import type { Json, JsonObject } from './json';
import { DEFAULT_LIMITS, type WorldLimits } from './limits';
import { Observers } from './observers';
import { createRandom, type Random, seedFor, uuidFrom } from './random';
import type { Delivery, DeliveryOptions, OutgoingCall, PassedRole, Port, Route, Service } from './service';
import { type Ms, toMicroseconds } from './time';

export interface WorldOptions {
  services: Service[];
  /** In the order in which a call meets them. */
  guards?: Guard[];
  /** Twelve digits; the default account of calls whose resource names none. */
  account: string;
  region: string;
  /** A 32-bit integer. The same seed and calls give the same trace, byte for byte. */
  seed: number;
  /** Unix time in milliseconds at virtual time 0. */
  startAtEpochMs: number;
  limits?: Partial<WorldLimits>;
  /** Called with every fact as it is added. */
  onFact?: (fact: Fact) => void;
}

/** A call as the world's driver states it: what is left out comes from the world. */
export interface CallRequest {
  action: Action;
  resource: Arn;
  input: JsonObject;
  principal?: Principal;
  origin?: ApiCall['origin'];
  context?: ConditionContext;
  background?: boolean;
}

export type Answer = { ok: Json } | { fault: Fault };

/** How many resources a world remembers the place of. */
const PLACES_MAX = 10_000;

/** Why a run ended. */
export type RunEnd = 'idle' | 'time' | 'limit';

/** A world has few actions and many calls: each name is taken apart once. */
const prefixes = new Map<Action, string>();
const PREFIXES_MAX = 10_000;

function prefixOf(action: Action): string {
  let prefix = prefixes.get(action);
  if (prefix === undefined) {
    prefix = action.slice(0, action.indexOf(':'));
    if (prefixes.size < PREFIXES_MAX) prefixes.set(action, prefix);
  }
  return prefix;
}

export class World implements View {
  readonly home: { account: string; region: string };
  readonly startAtEpochMs: number;
  readonly limits: WorldLimits;
  now: Ms = 0;

  private readonly services = new Map<string, Service>();
  private readonly states = new Map<string, unknown>();
  private readonly guards: Guard[];
  private readonly agenda = new Agenda();
  private readonly facts: Fact[] = [];
  /** Where the call that is being performed takes place: the account and Region of its resource, else the world's own. */
  private account: string;
  private region: string;
  private readonly history: History;
  private readonly observers: Observers;
  private readonly port: Port;
  private readonly chance: Random;
  private readonly places = new Map<Arn, { account: string; region: string }>();
  private readonly answers = new Map<number, Answer>();
  private readonly onFact: ((fact: Fact) => void) | undefined;
  private hostCalls = 0;
  private callsTaken = 0;
  private limitReached = false;
  /** The fact that whatever happens next is caused by. */
  private cause: number | null = null;
  private current: Service | null = null;
  /** The trace header of the call that is being performed. */
  private traceHeader: string | undefined;

  constructor(options: WorldOptions) {
    this.account = options.account;
    this.region = options.region;
    this.home = { account: options.account, region: options.region };
    this.startAtEpochMs = options.startAtEpochMs;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.guards = options.guards ?? [];
    this.onFact = options.onFact;
    this.chance = createRandom(seedFor(options.seed, 'world'));
    for (const service of options.services) {
      if (this.services.has(service.prefix)) throw new Error(`Two services answer to the prefix ${service.prefix}.`);
      this.services.set(service.prefix, service);
      this.states.set(service.prefix, service.initial());
    }
    this.history = new History(options.services, this.facts, options.startAtEpochMs);
    this.observers = new Observers(options.services);
    this.port = this.createPort();
  }

  // The driver's side.

  get trace(): readonly Fact[] {
    return this.facts;
  }

  /** Puts a call on the agenda, now or at a later virtual time. */
  schedule(request: CallRequest, at: Ms = this.now, replyTo?: Continuation): void {
    const { action, resource, input, principal, origin, context, background = false } = request;
    const call: ApiCall = {
      action,
      resource,
      input,
      principal: principal ?? { type: 'world', id: 'world', account: this.home.account },
      origin: origin ?? { from: 'internet' },
      cause: null,
    };
    if (replyTo) call.replyTo = replyTo;
    if (context) call.context = context;
    this.agenda.add(toMicroseconds(Math.max(at, this.now)), call, background);
  }

  /** Makes a call and runs the world until its answer arrives. Null when it never does: the call was lost, or a limit was reached. */
  call(request: CallRequest): Answer | null {
    return this.finish(this.begin(request));
  }

  /** Makes a call without running the world: calls begun before one is finished happen at the same time. Returns its ticket. */
  begin(request: CallRequest): number {
    const id = this.hostCalls++;
    this.schedule(request, this.now, { to: 'host', id });
    return id;
  }

  /** Runs the world until the answer to a begun call arrives. Null when it never does, or not within the caller's patience. */
  finish(id: number, patienceMs: Ms = Number.POSITIVE_INFINITY): Answer | null {
    const deadline = this.now + patienceMs;
    while (!this.answers.has(id)) {
      const next = this.agenda.peek();
      if (next && next.at > deadline) {
        this.now = deadline;
        return null;
      }
      if (!this.step()) return null;
    }
    const answer = this.answers.get(id) ?? null;
    this.answers.delete(id);
    return answer;
  }

  /** Runs everything up to and including a virtual time, then stands at that time. */
  runUntil(at: Ms): RunEnd {
    for (;;) {
      const next = this.agenda.peek();
      if (!next || next.at > at) break;
      if (!this.step()) return 'limit';
    }
    this.now = Math.max(this.now, at);
    return 'time';
  }

  /** Runs until nothing but housekeeping is left, or up to a virtual time. */
  run(until: 'idle' | { untilMs: Ms } | { untilIdle: true } = 'idle'): RunEnd {
    return typeof until === 'object' && 'untilMs' in until ? this.runUntil(until.untilMs) : this.runUntilIdle();
  }

  /** Runs until nothing but housekeeping is left. */
  runUntilIdle(): RunEnd {
    while (!this.agenda.isIdle) if (!this.step()) return 'limit';
    return 'idle';
  }

  /** Takes one call from the agenda. False when there is none or a limit is reached. */
  step(): boolean {
    if (this.limitReached) return false;
    const entry = this.agenda.take();
    if (!entry) return false;
    if (entry.at > this.limits.virtualMsMax) return this.reachLimit('virtualMsMax', this.limits.virtualMsMax);
    if (++this.callsTaken > this.limits.callsMax) return this.reachLimit('callsMax', this.limits.callsMax);
    this.now = entry.at;
    this.perform(entry.call);
    if (this.facts.length > this.limits.factsMax) return this.reachLimit('factsMax', this.limits.factsMax);
    if (this.agenda.size > this.limits.agendaMax) return this.reachLimit('agendaMax', this.limits.agendaMax);
    return true;
  }

  /** The state of a service now. Not to be changed. */
  state<S>(prefix: string): Readonly<S> {
    if (!this.states.has(prefix)) throw new Error(`There is no service ${prefix} in this world.`);
    return this.states.get(prefix) as Readonly<S>;
  }

  /** The state of a service after fact `seq`; before the first fact with -1. */
  stateAt<S>(prefix: string, seq: number): Readonly<S> {
    return this.history.stateAt<S>(prefix, seq);
  }

  resourcePolicy(arn: Arn): JsonObject | null {
    const prefix = parseArn(arn)?.service ?? '';
    return this.services.get(prefix)?.resourcePolicy?.(this.states.get(prefix) as never, arn) ?? null;
  }

  exists(arn: Arn): boolean {
    const prefix = parseArn(arn)?.service ?? '';
    return this.services.get(prefix)?.exists?.(this.states.get(prefix) as never, arn) ?? true;
  }

  isInternal(action: Action): boolean {
    const service = this.services.get(prefixOf(action));
    return service?.internal?.has(action.slice(service.prefix.length + 1)) ?? false;
  }

  permissionResources(call: ApiCall): string[] | null {
    return this.services.get(prefixOf(call.action))?.permissionResources?.(call) ?? null;
  }

  passedRoles(call: ApiCall): PassedRole[] {
    const prefix = prefixOf(call.action);
    return this.services.get(prefix)?.passedRoles?.(this.states.get(prefix) as never, call) ?? [];
  }

  conditionKeys(call: ApiCall): ConditionContext {
    const prefix = prefixOf(call.action);
    return this.services.get(prefix)?.conditionKeys?.(this.states.get(prefix) as never, call) ?? {};
  }

  hasService(prefix: string): boolean {
    return this.services.has(prefix);
  }

  /** Ends what cannot be garbage collected. The trace stays readable. */
  dispose(): void {
    for (const service of this.services.values()) service.dispose?.();
  }

  get epochMs(): number {
    return this.startAtEpochMs + this.now;
  }

  /** What an SDK operation of a client in this place means: IAM's action and the resource that its input names. */
  route(prefix: string, operation: string, input: JsonObject, where: { account: string; region: string } = this.home): Route | null {
    return this.services.get(prefix)?.route?.(operation, input, where) ?? null;
  }

  // The services' side.

  private createPort(): Port {
    const world = this;
    return {
      get now() {
        return world.now;
      },
      get epochMs() {
        return world.epochMs;
      },
      get account() {
        return world.account;
      },
      get region() {
        return world.region;
      },
      random: () => world.chance.next(),
      uuid: () => uuidFrom(world.chance),
      emit: (type, resource, data) => world.emit(type, resource, data),
      call: (outgoing, delayMs = 0) => world.plan(outgoing, delayMs),
      cancel: (key) => world.agenda.cancel(key),
      route: (prefix, operation, input) => world.route(prefix, operation, input, { account: world.account, region: world.region }),
      identify: (principal) => world.services.get('iam')?.identify?.(world.states.get('iam') as never, principal) ?? null,
      deliver: (target, delivery, options) => world.deliver(target, delivery, options),
      reply: (to, answer, delayMs) => world.reply(to, answer, delayMs),
    };
  }

  private emit(type: Action, resource: Arn, data: JsonObject): number {
    const seq = this.facts.length;
    const fact: Fact = { seq, at: this.now, type, resource, cause: this.cause, data };
    this.facts.push(fact);
    this.cause = seq;
    const prefix = prefixOf(type);
    const service = this.services.get(prefix);
    if (service) service.apply(this.states.get(prefix), fact);
    for (const observer of this.observers.of(type)) this.show(observer, fact);
    this.onFact?.(fact);
    return seq;
  }

  /** What an observer plans is its own doing, caused by the fact that it saw. */
  private show(observer: Service, fact: Fact): void {
    const state = this.states.get(observer.prefix);
    observer.observe?.(state, fact, this.startAtEpochMs);
    if (!observer.react) return;
    const performing = this.current;
    this.current = observer;
    observer.react(state as never, fact, this.port);
    this.current = performing;
  }

  private plan(outgoing: OutgoingCall, delayMs: Ms, continuation = false): void {
    const { action, resource, input, replyTo, context, background = false } = outgoing;
    const prefix = this.current?.prefix ?? 'world';
    const trace = outgoing.trace === undefined && this.current?.passesTrace ? this.traceHeader : outgoing.trace;
    const call: ApiCall = {
      action,
      resource,
      input,
      principal: outgoing.principal ?? { type: 'service', id: `${prefix}.amazonaws.com`, account: this.account },
      origin: outgoing.origin ?? { from: 'aws' },
      cause: this.cause,
    };
    // Not spread into the literal: this runs for every call, and copying objects member by member shows.
    if (replyTo) call.replyTo = replyTo;
    if (context) call.context = context;
    if (continuation) call.continuation = true;
    if (trace) call.trace = trace;
    this.agenda.add(toMicroseconds(this.now + Math.max(0, delayMs)), call, background, outgoing.key);
  }

  private deliver(target: Arn, delivery: Delivery, options: DeliveryOptions = {}): void {
    const prefix = parseArn(target)?.service ?? '';
    const accepts = this.services.get(prefix)?.accepts;
    const { delayMs = 0, ...rest } = options;
    if (accepts) this.plan({ ...accepts(target, delivery), resource: target, ...rest }, delayMs);
    else this.reply(options.replyTo, clientFault('InvalidParameterValueException', `Nothing can be delivered to ${target}.`), delayMs);
  }

  private reply(to: Continuation | undefined, answer: Answer, delayMs: Ms = 0): void {
    if (!to) return;
    if (to.to === 'host') {
      this.answers.set(to.id, answer);
      return;
    }
    const reply: JsonObject = 'ok' in answer ? { ok: answer.ok } : { fault: { ...answer.fault } as unknown as JsonObject };
    this.plan({ action: to.action, resource: to.resource, input: { ...to.input, reply } }, delayMs, true);
  }

  private perform(call: ApiCall): void {
    this.cause = call.cause;
    const place = this.placeOf(call.resource);
    this.account = place.account || call.principal.account || this.home.account;
    this.region = place.region || this.home.region;
    const prefix = prefixOf(call.action);
    const service = this.services.get(prefix) ?? null;
    this.current = service;
    this.traceHeader = call.trace;
    for (const guard of this.guards) {
      const decision = guard(call, this);
      if (decision.verdict === 'pass') continue;
      this.emit(decision.fact.type, call.resource, decision.fact.data);
      if (decision.verdict === 'refuse') this.reply(call.replyTo, { fault: decision.fault });
      return;
    }
    const action = service?.actions[call.action.slice(prefix.length + 1)];
    const reply: Reply = action
      ? action(this.states.get(prefix) as never, call, this.port)
      : clientFault('UnknownOperationException', `There is no action ${call.action} in this world.`, 404);
    if (!('later' in reply)) this.reply(call.replyTo, reply);
  }

  /** A world has far more calls than resources: each ARN is taken apart once. */
  private placeOf(resource: Arn): { account: string; region: string } {
    const known = this.places.get(resource);
    if (known) return known;
    const parts = parseArn(resource);
    const place = { account: parts?.account ?? '', region: parts?.region ?? '' };
    if (this.places.size < PLACES_MAX) this.places.set(resource, place);
    return place;
  }

  private reachLimit(limit: keyof WorldLimits, max: number): false {
    this.limitReached = true;
    this.cause = this.facts.length > 0 ? this.facts.length - 1 : null;
    this.emit('kernel:LimitReached', 'world', { limit, max });
    return false;
  }
}
