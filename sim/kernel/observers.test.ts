import { describe, expect, it } from 'vitest';
import type { Service } from './service';
import { World } from './world';

interface Ledger {
  seen: string[];
  rung: number;
}

function createShop(): Service<{ sold: number }> {
  return {
    prefix: 'shop',
    initial: () => ({ sold: 0 }),
    actions: {
      Sell: (_state, call, port) => {
        port.emit('shop:Sold', call.resource, { pieces: 1 });
        port.emit('shop:Wrapped', call.resource, {});
        return { ok: {} };
      },
    },
    apply: (state, fact) => {
      if (fact.type === 'shop:Sold') state.sold++;
    },
  };
}

/** Writes down what it sees, and rings a bell a second after each sale. */
function createLedger(observes: string[]): Service<Ledger> {
  return {
    prefix: 'ledger',
    initial: () => ({ seen: [], rung: 0 }),
    actions: {
      Ring: (_state, call, port) => {
        port.emit('ledger:Rung', call.resource, {});
        return { ok: {} };
      },
    },
    apply: (state) => {
      state.rung++;
    },
    observes,
    observe: (state, fact, startAtEpochMs) => {
      state.seen.push(`${fact.type} ${startAtEpochMs + fact.at}`);
    },
    react: (_state, fact, watch) => {
      if (fact.type === 'shop:Sold') watch.call({ action: 'ledger:Ring', resource: fact.resource, input: {} }, 1000);
    },
  };
}

function createWorld(observes: string[]): World {
  const services = [createLedger(observes), createShop()];
  return new World({ services, account: '111122223333', region: 'eu-west-1', seed: 1, startAtEpochMs: 5000 });
}

describe('observers', () => {
  it.each([
    ['a type', ['shop:Sold'], ['shop:Sold 5000']],
    ['a prefix', ['shop:'], ['shop:Sold 5000', 'shop:Wrapped 5000']],
    ['itself', ['ledger:'], []],
    ['nothing', [], []],
  ])('fold what they ask for: %s', (_name, observes, seen) => {
    const world = createWorld(observes);
    world.call({ action: 'shop:Sell', resource: 'apple', input: {} });
    world.run();
    expect(world.state<Ledger>('ledger').seen).toEqual(seen);
    expect(world.state<Ledger>('ledger').rung).toBe(seen.length > 0 ? 1 : 0);
  });

  it('plan calls of their own, caused by what they saw', () => {
    const world = createWorld(['shop:Sold']);
    world.call({ action: 'shop:Sell', resource: 'apple', input: {} });
    world.run();
    expect(world.trace.map(({ type, at, cause }) => [type, at, cause])).toEqual([
      ['shop:Sold', 0, null],
      ['shop:Wrapped', 0, 0],
      ['ledger:Rung', 1000, 0],
    ]);
  });

  it('have a past that is folded as the present was', () => {
    const world = createWorld(['shop:']);
    for (let i = 0; i < 3000; i++) world.call({ action: 'shop:Sell', resource: 'apple', input: {} });
    world.run();
    const last = world.trace.length - 1;
    expect(world.stateAt('ledger', last)).toEqual(world.state('ledger'));
    expect(world.stateAt<Ledger>('ledger', 4999).seen).toHaveLength(5000);
  });
});
