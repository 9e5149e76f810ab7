import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBits, parseCidr } from '../pattern/address';
import { type Clause, satisfies, type Value } from '../pattern/clause';
import { ValueMatcher } from './value-matcher';

const text = fc.oneof(fc.constantFrom('', 'a', 'ab', 'abc', 'abd', 'b', 'ba', 'aab', 'ÄB', 'äb', '😀', '😃a'), fc.string({ maxLength: 4 }));
const address = fc
  .tuple(fc.constantFrom(10, 172), fc.nat(3), fc.nat(3), fc.nat(255))
  .map((octets) => octets.join('.'))
  .filter((each) => addressBits(each) !== null);
const cidr = fc
  .tuple(fc.oneof(address, fc.constantFrom('2001:db8::', '2001:db8:1::7')), fc.constantFrom(0, 1, 8, 9, 16, 23, 24, 31))
  .map(([network, mask]): Clause => {
    const parsed = parseCidr(`${network}/${mask}`);
    return { is: 'cidr', text: `${network}/${mask}`, bits: 'bits' in parsed ? parsed.bits : '' };
  });
const range = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.nat(12))
  .map(([low, width]) => ({ low: low * 1e6, high: (low + width) * 1e6 }));
// Two stars side by side are refused.
const pieces = fc.array(text, { minLength: 2, maxLength: 4 }).filter((list) => list.slice(1, -1).every((piece) => piece !== ''));
const clause = fc.oneof(
  text.map((each): Clause => ({ is: 'string', text: each })),
  text.map((each): Clause => ({ is: 'prefix', text: each })),
  text.map((each): Clause => ({ is: 'suffix', text: each })),
  text.map((each): Clause => ({ is: 'equals-ignore-case', text: each })),
  pieces.map((list): Clause => ({ is: 'wildcard', text: list.join('*'), pieces: list })),
  range.map(({ low, high }): Clause => ({ is: 'numeric', text: `${low}..${high}`, low, high })),
  cidr,
);
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.oneof(text, address, fc.constant('2001:db8:1::9')).map((each): Value => ({ kind: 'string', text: each })),
  fc.integer({ min: -25, max: 35 }).map((each): Value => ({ kind: 'number', text: String(each) })),
);

describe('the alternatives of a field', () => {
  it('are found by a value exactly when the value satisfies them, after any adding and removing', () => {
    fc.assert(
      fc.property(
        fc.array(clause, { maxLength: 40 }),
        fc.array(fc.nat(39), { maxLength: 30 }),
        fc.array(value),
        (clauses, gone, values) => {
          const matcher = new ValueMatcher<{ at: number }>(0);
          const items = clauses.map((_, at) => ({ at }));
          clauses.forEach((each, at) => {
            matcher.add(each, items[at] as { at: number });
          });
          const removed = new Set(gone.filter((at) => at < clauses.length));
          for (const at of removed) matcher.remove(clauses[at] as Clause, items[at] as { at: number });
          for (const each of values) {
            const found: { at: number }[] = [];
            matcher.collect(each, found);
            const expected = clauses.flatMap((candidate, at) => (!removed.has(at) && satisfies(candidate, each) ? [at] : []));
            expect(found.map(({ at }) => at).sort((a, b) => a - b)).toEqual(expected);
          }
          clauses.forEach((each, at) => {
            if (!removed.has(at)) matcher.remove(each, items[at] as { at: number });
          });
          expect(matcher.isEmpty).toBe(true);
          for (const each of values) {
            const left: { at: number }[] = [];
            matcher.collect(each, left);
            expect(left).toEqual([]);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
