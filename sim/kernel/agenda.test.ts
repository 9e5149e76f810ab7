import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda';
import type { ApiCall } from './call';

function callNamed(name: string): ApiCall {
  return {
    action: 'test:Do',
    resource: name,
    principal: { type: 'world', id: 'world', account: '1' },
    input: {},
    origin: { from: 'aws' },
    cause: null,
  };
}

function drain(agenda: Agenda): string[] {
  const names: string[] = [];
  for (let entry = agenda.take(); entry; entry = agenda.take()) names.push(entry.call.resource);
  return names;
}

describe('agenda', () => {
  it('gives calls by time, and first in first out among equals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }), (times) => {
        const agenda = new Agenda();
        for (const [i, at] of times.entries()) agenda.add(at, callNamed(String(i)), false);
        const expected = times.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at || a.i - b.i);
        expect(drain(agenda)).toEqual(expected.map(({ i }) => String(i)));
      }),
    );
  });

  it('never gives a cancelled call, wherever it stood', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 40 }), (entries) => {
        const agenda = new Agenda();
        for (const [i, [at]] of entries.entries()) agenda.add(at, callNamed(String(i)), false, `key ${i}`);
        for (const [i, [, isCancelled]] of entries.entries()) if (isCancelled) expect(agenda.cancel(`key ${i}`)).toBe(true);
        const left = entries.map(([at, isCancelled], i) => ({ at, i, isCancelled })).filter((entry) => !entry.isCancelled);
        expect(agenda.isIdle).toBe(left.length === 0);
        expect(drain(agenda)).toEqual(left.sort((a, b) => a.at - b.at || a.i - b.i).map(({ i }) => String(i)));
        expect(agenda.isIdle).toBe(true);
      }),
    );
  });

  it('is idle when only housekeeping is left', () => {
    const agenda = new Agenda();
    agenda.add(5, callNamed('reap'), true);
    expect(agenda.isIdle).toBe(true);
    agenda.add(1, callNamed('work'), false);
    expect(agenda.isIdle).toBe(false);
    agenda.take();
    expect(agenda.isIdle).toBe(true);
    expect(drain(agenda)).toEqual(['reap']);
  });

  it('replaces a call under the same key', () => {
    const agenda = new Agenda();
    agenda.add(1, callNamed('first'), false, 'k');
    agenda.add(2, callNamed('second'), false, 'k');
    expect(drain(agenda)).toEqual(['second']);
    expect(agenda.cancel('k')).toBe(false);
  });
});
