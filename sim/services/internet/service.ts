// The internet as functions see it: hosts that a scenario scripts. Not an AWS service; what a host remembers is a fold of facts.
import { type ApiCall, clientFault, type Principal, serverFault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port, Service } from '../../kernel/service';
import type { HostCall, HostScript, HttpRequest } from './host';

export interface InternetState {
  /** What each host remembers, by `https://host`; a host without an entry is as its script began. */
  hosts: Record<string, Json>;
}

/** Fact data of `internet:RequestReceived`; the resource is the host's address. */
export interface RequestReceived {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  status: number;
  answer: string;
  afterMs: number;
  effect: JsonObject | null;
}

/** Longest body that a host takes or gives, in characters. */
const BODY_MAX = 1_048_576;

const NOBODY: Principal = { type: 'anonymous', id: 'anonymous', account: '' };

/** A host does what it said it would: a call with nobody's keys or its own. */
function makeCall(call: ApiCall, port: Port): void {
  const { service, operation, input, principal = NOBODY } = call.input as unknown as HostCall;
  const route = port.route(service, operation, input);
  port.emit('internet:CallMade', call.resource, {
    service,
    operation,
    input,
    principal: principal.id,
    target: route?.resource ?? null,
  });
  const replyTo = { to: 'call', action: 'internet:TakeAnswer', resource: call.resource, input: { service, operation } } as const;
  if (route) port.call({ ...route, input, principal, origin: { from: 'internet' }, replyTo });
  else {
    const message = `${service}:${operation} is not part of this world.`;
    port.reply(replyTo, clientFault('UnknownOperationException', message, 404));
  }
}

/** Scripts may be added by address (`https://payments.example`) until a first request reaches them. */
export function createInternet(scripts: Record<string, HostScript>): Service<InternetState> {
  return {
    prefix: 'internet',
    initial: () => ({ hosts: {} }),
    actions: {
      /** Input: an HttpRequest. Answers `{ status, headers, body }` when the host has answered. */
      Request: (state, call, port) => {
        const request = call.input as unknown as HttpRequest;
        const script = scripts[call.resource];
        if (!script) {
          const name = call.resource.replace(/^https?:\/\//, '');
          return clientFault('ENOTFOUND', `getaddrinfo ENOTFOUND ${name}`, 0);
        }
        if (request.body.length > BODY_MAX) return clientFault('EPIPE', `The host refuses bodies over ${BODY_MAX} characters.`, 0);
        const answer = script.respond(state.hosts[call.resource] ?? script.initial(), request, () => port.random());
        if (answer.body.length > BODY_MAX) return serverFault('ECONNRESET', 'read ECONNRESET', 0);
        port.emit('internet:RequestReceived', call.resource, {
          method: request.method,
          url: request.url,
          headers: request.headers,
          body: request.body,
          status: answer.status,
          answer: answer.body,
          afterMs: answer.afterMs,
          effect: answer.effect ?? null,
        });
        for (const { afterMs = answer.afterMs, ...made } of answer.calls ?? []) {
          const input = made as unknown as JsonObject;
          port.call({ action: 'internet:MakeCall', resource: call.resource, input }, afterMs);
        }
        const ok = { status: answer.status, headers: answer.headers ?? { 'content-type': 'application/json' }, body: answer.body };
        if (answer.afterMs <= 0) return { ok };
        // The answer travels as a call of its own, so that it leaves when the host is done.
        port.call(
          { action: 'internet:Answer', resource: call.resource, input: { ok }, ...(call.replyTo ? { replyTo: call.replyTo } : {}) },
          answer.afterMs,
        );
        return { later: true };
      },
      Answer: (_state, call) => ({ ok: call.input.ok ?? null }),
      MakeCall: (_state, call, port) => {
        makeCall(call, port);
        return { ok: {} };
      },
      TakeAnswer: (_state, { resource, input: { service = null, operation = null, reply } }, port) => {
        const { ok = null, fault = null } = reply as JsonObject;
        port.emit('internet:CallAnswered', resource, { service, operation, ok, fault });
        return { ok: {} };
      },
    },
    internal: new Set(['Answer', 'MakeCall', 'TakeAnswer']),
    apply: (state, fact) => {
      if (fact.type !== 'internet:RequestReceived') return;
      const { effect } = fact.data as unknown as RequestReceived;
      const script = scripts[fact.resource];
      if (script && effect) state.hosts[fact.resource] = script.apply(state.hosts[fact.resource] ?? script.initial(), effect);
    },
  };
}
