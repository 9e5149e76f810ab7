import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from './fact';
import type { JsonObject } from './json';
import { canonicalJson, formatFact, parseFact } from './trace';

describe('trace text', () => {
  it('reads back every fact that it writes', () => {
    const fact = fc.record({
      seq: fc.nat(),
      at: fc.nat(10_000_000_000).map((microseconds) => microseconds / 1000),
      cause: fc.option(fc.nat(), { nil: null }),
      type: fc.constantFrom('sqs:MessageSent', 'lambda:EventQueued'),
      resource: fc.constantFrom('arn:aws:sqs:eu-west-1:111122223333:q', 'https://payments.example'),
      data: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
    });
    fc.assert(
      fc.property(fact, (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as Fact;
        expect(parseFact(formatFact(plain))).toEqual(plain);
      }),
    );
  });

  it('writes the same bytes whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (given) => {
        const reversed = Object.fromEntries(Object.entries(given).reverse()) as JsonObject;
        expect(canonicalJson(reversed)).toBe(canonicalJson(given));
      }),
    );
  });

  it('refuses a line that is not a fact', () => {
    expect(() => parseFact('12 lambda:EventQueued')).toThrow('Not a fact: 12 lambda:EventQueued');
  });
});
