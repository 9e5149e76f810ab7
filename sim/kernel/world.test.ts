import { describe, expect, it } from 'vitest';
import { clientFault } from './call';
import type { Guard } from './guard';
import { PASS } from './guard';
import type { Service } from './service';
import { formatTrace } from './trace';
import { World, type WorldOptions } from './world';

interface CounterState {
  counts: Record<string, number>;
}

/** A small service that uses every part of the port. */
function createCounter(): Service<CounterState> {
  return {
    prefix: 'counter',
    initial: () => ({ counts: {} }),
    actions: {
      Add: (state, call, port) => {
        const by = call.input.by;
        if (typeof by !== 'number') return clientFault('ValidationException', 'by must be a number.');
        port.emit('counter:Added', call.resource, { by });
        return { ok: state.counts[call.resource] ?? 0 };
      },
      AddLater: (_state, call, port) => {
        port.emit('counter:Promised', call.resource, {});
        port.call(
          { action: 'counter:Add', resource: call.resource, input: { by: 1 }, ...(call.replyTo ? { replyTo: call.replyTo } : {}) },
          500,
        );
        return { later: true };
      },
      Draw: (_state, call, port) => {
        port.emit('counter:Drawn', call.resource, { value: port.random(), id: port.uuid() });
        return { ok: {} };
      },
      Forever: (_state, call, port) => {
        port.emit('counter:Added', call.resource, { by: 1 });
        port.call({ action: 'counter:Forever', resource: call.resource, input: {} }, 1);
        return { ok: {} };
      },
      Tidy: (_state, call, port) => {
        port.call({ action: 'counter:Add', resource: call.resource, input: { by: 100 }, background: true, key: 'tidy' }, 1000);
        return { ok: {} };
      },
      HandOn: (_state, call, port) => {
        port.deliver(String(call.input.target), { body: String(call.input.body) });
        return { ok: {} };
      },
      Keep: (_state, _call, port) => ({ ok: port.cancel('tidy') }),
    },
    apply: (state, fact) => {
      if (fact.type === 'counter:Added') state.counts[fact.resource] = (state.counts[fact.resource] ?? 0) + (fact.data.by as number);
    },
    accepts: (_target, { body }) => ({ action: 'counter:Add', input: { by: Number(body) } }),
  };
}

function createWorld(options: Partial<WorldOptions> = {}): World {
  return new World({
    services: [createCounter()],
    account: '111122223333',
    region: 'eu-west-1',
    seed: 7,
    startAtEpochMs: 1_793_613_600_000,
    ...options,
  });
}

const add = (by: number, resource = 'a') => ({ action: 'counter:Add', resource, input: { by } }) as const;

describe('world', () => {
  it('answers a call with the state that its facts made', () => {
    const world = createWorld();
    expect(world.call(add(2))).toEqual({ ok: 2 });
    expect(world.call(add(3))).toEqual({ ok: 5 });
    expect(world.state<CounterState>('counter').counts).toEqual({ a: 5 });
  });

  it('answers with the fault of the service, and changes nothing', () => {
    const world = createWorld();
    const answer = world.call({ action: 'counter:Add', resource: 'a', input: { by: 'x' } });
    expect(answer).toEqual({ fault: { code: 'ValidationException', message: 'by must be a number.', status: 400, side: 'client' } });
    expect(world.trace).toEqual([]);
  });

  it('says which action it does not have', () => {
    expect(createWorld().call({ action: 'counter:Fly', resource: 'a', input: {} })).toMatchObject({
      fault: { code: 'UnknownOperationException' },
    });
  });

  it('answers later, at the virtual time of the later call, with the cause kept', () => {
    const world = createWorld();
    expect(world.call({ action: 'counter:AddLater', resource: 'a', input: {} })).toEqual({ ok: 1 });
    expect(world.now).toBe(500);
    expect(world.trace.map(({ type, at, cause }) => ({ type, at, cause }))).toEqual([
      { type: 'counter:Promised', at: 0, cause: null },
      { type: 'counter:Added', at: 500, cause: 0 },
    ]);
  });

  it('is idle when only housekeeping is left, and does it when time passes', () => {
    const world = createWorld();
    world.schedule({ action: 'counter:Tidy', resource: 'a', input: {} });
    expect(world.runUntilIdle()).toBe('idle');
    expect(world.now).toBe(0);
    world.runUntil(2000);
    expect(world.state<CounterState>('counter').counts).toEqual({ a: 100 });
  });

  it('cancels a pending call by its key', () => {
    const world = createWorld();
    world.schedule({ action: 'counter:Tidy', resource: 'a', input: {} });
    world.runUntilIdle();
    expect(world.call({ action: 'counter:Keep', resource: 'a', input: {} })).toEqual({ ok: true });
    world.runUntil(5000);
    expect(world.trace).toEqual([]);
  });

  it('refuses and loses calls as its guards decide, each with a fact', () => {
    const guard: Guard = (call) => {
      if (call.resource === 'closed') {
        return {
          verdict: 'refuse',
          fault: clientFault('AccessDenied', 'No.', 403).fault,
          fact: { type: 'iam:AccessDenied', data: { why: 'closed' } },
        };
      }
      return call.resource === 'unreachable' ? { verdict: 'lose', fact: { type: 'ec2:PacketDropped', data: { hop: 'acl' } } } : PASS;
    };
    const world = createWorld({ guards: [guard] });
    expect(world.call(add(1, 'closed'))).toMatchObject({ fault: { code: 'AccessDenied', status: 403 } });
    expect(world.call(add(1, 'unreachable'))).toBeNull();
    expect(world.call(add(1, 'open'))).toEqual({ ok: 1 });
    expect(world.trace.map((fact) => fact.type)).toEqual(['iam:AccessDenied', 'ec2:PacketDropped', 'counter:Added']);
  });

  it('delivers to a service by the action that it declares', () => {
    const world = createWorld();
    const target = 'arn:aws:counter:eu-west-1:111122223333:a';
    world.schedule({ action: 'counter:HandOn', resource: 'a', input: { target, body: '4' } });
    world.runUntilIdle();
    expect(world.state<CounterState>('counter').counts).toEqual({ [target]: 4 });
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const draw = (seed: number): string => {
      const world = createWorld({ seed });
      for (let i = 0; i < 5; i++) world.schedule({ action: 'counter:Draw', resource: 'a', input: {} }, i);
      world.runUntilIdle();
      return formatTrace(world.trace);
    };
    expect(draw(1)).toBe(draw(1));
    expect(draw(1)).not.toBe(draw(2));
  });

  it.each([
    ['factsMax', { factsMax: 10 }],
    ['callsMax', { callsMax: 10 }],
    ['virtualMsMax', { virtualMsMax: 10 }],
  ] as const)('ends at %s with a fact that says so, and stays ended', (limit, limits) => {
    const world = createWorld({ limits });
    world.schedule({ action: 'counter:Forever', resource: 'a', input: {} });
    expect(world.runUntilIdle()).toBe('limit');
    expect(world.trace.at(-1)).toMatchObject({ type: 'kernel:LimitReached', data: { limit, max: 10 } });
    const length = world.trace.length;
    expect(world.step()).toBe(false);
    expect(world.trace.length).toBe(length);
  });

  it('begins calls at one time and finishes them in any order', () => {
    const world = createWorld();
    const tickets = [1, 2].map(() => world.begin({ action: 'counter:AddLater', resource: 'a', input: {} }));
    expect(world.trace).toEqual([]);
    expect(tickets.reverse().map((ticket) => world.finish(ticket))).toEqual([{ ok: 2 }, { ok: 1 }]);
    expect(world.now).toBe(500);
  });

  it('stops waiting for an answer when the caller has waited long enough', () => {
    const world = createWorld();
    expect(world.finish(world.begin({ action: 'counter:AddLater', resource: 'a', input: {} }), 499)).toBeNull();
    expect([world.now, world.trace.length]).toEqual([499, 1]);
  });

  it('shows the state after any fact of the past', () => {
    const world = createWorld({ limits: { factsMax: 10_000 } });
    for (let i = 1; i <= 5000; i++) world.call(add(1));
    for (const seq of [-1, 0, 1, 2047, 2048, 2049, 4999]) {
      expect(world.stateAt<CounterState>('counter', seq).counts.a ?? 0).toBe(seq + 1);
    }
    expect(world.state<CounterState>('counter').counts.a).toBe(5000);
    expect(() => world.stateAt('counter', 5000)).toThrow('Fact 5000 is not in the trace: it has facts 0 to 4999.');
  });

  it('gives a past state of its own: changing it changes neither the present nor the past', () => {
    const world = createWorld();
    for (let i = 0; i < 3000; i++) world.call(add(1));
    world.stateAt<{ counts: Record<string, number> }>('counter', 2500).counts.a = -1;
    expect(world.stateAt<CounterState>('counter', 2500).counts.a).toBe(2501);
    expect(world.state<CounterState>('counter').counts.a).toBe(3000);
  });
});
