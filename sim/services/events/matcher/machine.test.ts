import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pattern, parsePattern } from '../pattern/pattern';
import { type EventObject, parseEventObject } from './event-value';
import { Machine } from './machine';
import { explainMismatch, matchesPattern } from './reference';

function compile(pattern: unknown): Pattern {
  const parsed = parsePattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  if ('refused' in parsed) throw new Error(parsed.refused);
  return parsed.pattern;
}

// Small alphabets, so that patterns and events meet often.
const text = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'aab', 'AB', 'É', 'é', 'ß', 'SS', '10.0.0.7', '10.0.1.7', '::1'),
  fc.string({ maxLength: 3 }),
);
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, 1.5, 300, 5e9, 1e10, 0.000001, 0.0000001));
const scalar = fc.oneof({ weight: 4, arbitrary: text }, { weight: 3, arbitrary: number }, fc.boolean(), fc.constant(null));
const texts = fc.array(text, { minLength: 1, maxLength: 3 });
const pieces = fc.array(fc.constantFrom('a', 'b', 'ab', '.', ''), { minLength: 2, maxLength: 3 });
const wildcard = pieces.map((list) => list.join('*')).filter((value) => !value.includes('**'));
const nonEmpty = fc.constantFrom('a', 'b', 'ab', 'É', 'ß', 's');
const numeric = fc.oneof(
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.integer({ min: -3, max: 3 })),
  fc.tuple(fc.constantFrom('>', '>='), fc.integer({ min: -3, max: 0 }), fc.constantFrom('<', '<='), fc.integer({ min: 1, max: 3 })),
);
const clause = fc.oneof(
  { weight: 4, arbitrary: scalar as fc.Arbitrary<unknown> },
  text.map((prefix) => ({ prefix })),
  text.map((suffix) => ({ suffix })),
  text.map((value) => ({ 'equals-ignore-case': value })),
  nonEmpty.map((value) => ({ prefix: { 'equals-ignore-case': value } })),
  nonEmpty.map((value) => ({ suffix: { 'equals-ignore-case': value } })),
  wildcard.map((value) => ({ wildcard: value })),
  numeric.map((value) => ({ numeric: value })),
  fc.constantFrom('10.0.0.0/24', '10.0.0.0/16', '0.0.0.0/0', '::/64').map((cidr) => ({ cidr })),
  fc.boolean().map((exists) => ({ exists })),
  texts.map((value) => ({ 'anything-but': value })),
  fc.integer({ min: -3, max: 3 }).map((value) => ({ 'anything-but': value })),
  nonEmpty.map((value) => ({ 'anything-but': { prefix: value } })),
  nonEmpty.map((value) => ({ 'anything-but': { suffix: [value, 'b'] } })),
  texts.map((value) => ({ 'anything-but': { 'equals-ignore-case': value } })),
  wildcard.map((value) => ({ 'anything-but': { wildcard: value } })),
);
const name = fc.constantFrom('p', 'q', 'r', 'p.q');
const alternatives = fc.array(clause, { minLength: 1, maxLength: 3 });
const { pattern } = fc.letrec<{ pattern: Record<string, unknown> }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.dictionary(name, alternatives, { minKeys: 1, maxKeys: 3 }),
    fc.dictionary(name, fc.oneof(alternatives, tie('pattern')), { minKeys: 1, maxKeys: 2 }),
    fc.tuple(tie('pattern'), fc.array(tie('pattern'), { minLength: 2, maxLength: 3 })).map(([base, or]) => ({ ...base, $or: or })),
  ),
}));
const { event } = fc.letrec<{ event: EventObject; value: unknown }>((tie) => ({
  event: fc.dictionary(name, tie('value'), { maxKeys: 3 }) as fc.Arbitrary<EventObject>,
  value: fc.oneof({ depthSize: 'medium' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('event')),
}));

function compiled(source: unknown): Pattern[] {
  const parsed = parsePattern(JSON.stringify(source));
  // Wildcards that add up to too much are refused, as they are in AWS.
  return 'refused' in parsed ? [] : [parsed.pattern];
}

describe('the automaton', () => {
  it('matches what the plain meaning of each pattern matches', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), fc.array(event, { maxLength: 8 }), (sources, events) => {
        const machine = new Machine();
        const patterns = sources.flatMap(compiled);
        patterns.forEach((each, i) => {
          machine.add(`rule-${i}`, each);
        });
        for (const each of events) {
          const expected = patterns.flatMap((candidate, i) => (matchesPattern(candidate, each) ? [`rule-${i}`] : [])).sort();
          expect(machine.match(each)).toEqual(expected);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps to one element of each array, as the plain meaning does', () => {
    const few = fc.integer({ min: 1, max: 2 });
    const some = fc.oneof({ weight: 3, arbitrary: few as fc.Arbitrary<unknown> }, fc.constant({ exists: false }));
    const fields = fc.dictionary(fc.constantFrom('p', 'q', 'r'), fc.array(some, { minLength: 1, maxLength: 2 }), { minKeys: 1 });
    const inner = fc.tuple(fields, fields).map(([outside, inside]) => ({ list: { ...outside, list: inside } }));
    const leaf = fc.dictionary(fc.constantFrom('p', 'q', 'r'), few, { maxKeys: 3 });
    const element = fc.tuple(leaf, fc.array(leaf, { maxLength: 4 })).map(([values, list]) => ({ ...values, list }));
    const lists = fc.array(element, { minLength: 1, maxLength: 12 });
    let matches = 0;
    fc.assert(
      fc.property(fc.array(inner, { minLength: 1, maxLength: 6 }), lists, (sources, list) => {
        const machine = new Machine();
        const patterns = sources.flatMap(compiled);
        patterns.forEach((each, i) => {
          machine.add(`rule-${i}`, each);
        });
        const expected = patterns.flatMap((candidate, i) => (matchesPattern(candidate, { list }) ? [`rule-${i}`] : [])).sort();
        matches += expected.length;
        expect(machine.match({ list })).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
    expect(matches).toBeGreaterThan(50);
  });

  it('is after removing rules as if they had never been there, down to its states', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 8 }),
        fc.array(pattern, { maxLength: 8 }),
        fc.array(event, { maxLength: 4 }),
        (kept, gone, events) => {
          const machine = new Machine();
          const fresh = new Machine();
          gone.flatMap(compiled).forEach((each, i) => {
            machine.add(`gone-${i}`, each);
          });
          kept.flatMap(compiled).forEach((each, i) => {
            machine.add(`kept-${i}`, each);
            fresh.add(`kept-${i}`, each);
          });
          for (let i = 0; i < gone.length; i++) machine.remove(`gone-${i}`);
          for (const each of events) expect(machine.match(each)).toEqual(fresh.match(each));
          for (let i = 0; i < kept.length; i++) machine.remove(`kept-${i}`);
          expect(machine.size).toBe(0);
          expect((machine as unknown as { start: unknown }).start).toMatchObject({
            ways: null,
            matchers: null,
            absences: null,
            rules: undefined,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('explains a mismatch exactly when there is one', () => {
    fc.assert(
      fc.property(pattern, event, (source, each) => {
        for (const candidate of compiled(source)) expect(explainMismatch(candidate, each) === null).toBe(matchesPattern(candidate, each));
      }),
    );
  });

  it('finds values of many array elements by the element that is already chosen', () => {
    const machine = new Machine();
    machine.add('same', compile({ list: { id: ['n7'], state: ['on'], zone: [{ exists: true }] } }));
    const list = Array.from({ length: 2000 }, (_, i) => ({ id: `n${i}`, state: i === 7 ? 'off' : 'on', zone: i }));
    expect(machine.match({ list })).toEqual([]);
    expect(machine.match({ list: [...list, { id: 'n7', state: 'on', zone: 1 }] })).toEqual(['same']);
    expect(machine.match({ list: { list: [] }, other: 1 })).toEqual([]);
    machine.add('nested', compile({ list: { list: { id: ['n7'], state: ['on'] } } }));
    expect(machine.match({ list: [{ list }] })).toEqual([]);
    expect(machine.match({ list: [{ list: [] }, { list: [...list, { id: 'n7', state: 'on' }] }] })).toEqual(['nested']);
    const pattern = compile({ list: { id: [{ exists: true }], state: ['on'], zone: [{ exists: true }], none: ['x'] } });
    expect(explainMismatch(pattern, { list })).toMatchObject({ path: 'list.none', reason: 'missing' });
  });
});

const ENVELOPE = {
  version: '0',
  id: 'a0b1',
  'detail-type': 'OrderPlaced',
  source: 'com.example.shop',
  account: '111122223333',
  time: '2026-11-02T10:15:07Z',
  region: 'eu-west-1',
  resources: [],
  detail: { orderId: 17 },
};

describe('a pattern', () => {
  it.each<[string, unknown, string | object, boolean]>([
    // EB-X14, the table of the fact sheet.
    ['an exact source', { source: ['com.example.shop'] }, ENVELOPE, true],
    ['a number', { detail: { orderId: [17] } }, ENVELOPE, true],
    ['a string for a number', { detail: { orderId: ['17'] } }, ENVELOPE, false],
    ['another case', { 'detail-type': ['orderplaced'] }, ENVELOPE, false],
    ['a missing field that must be missing', { detail: { coupon: [{ exists: false }] } }, ENVELOPE, true],
    ['a number in a range', { detail: { orderId: [{ numeric: ['>', 10, '<=', 20] }] } }, ENVELOPE, true],
    ['a bare star', { account: ['*'] }, ENVELOPE, false],
    ['an empty array that must exist', { resources: [{ exists: true }] }, ENVELOPE, false],
    ['numbers by value', { a: [300] }, '{"a":300.0}', true],
    ['numbers by value, with an exponent', { a: [{ numeric: ['=', 301.8] }] }, '{"a":3.018e2}', true],
    ['a number over the range as written', { a: [123456789012] }, '{"a":123456789012}', true],
    ['a number over the range written differently', { a: [123456789012] }, '{"a":123456789012.0}', false],
    ['null for null', { a: [null] }, '{"a":null}', true],
    ['null for a missing field', { a: [null] }, '{"b":1}', false],
    ['null that must exist', { a: [{ exists: true }] }, '{"a":null}', true],
    ['an empty string', { a: [''] }, '{"a":""}', true],
    ['an object that must exist', { a: [{ exists: true }] }, '{"a":{"b":1}}', false],
    ['a dotted name for nested fields', { 'a.b': ['x'] }, '{"a":{"b":"x"}}', true],
    ['nested fields for a dotted name', { a: { b: ['x'] } }, '{"a.b":"x"}', true],
    ['one of an array', { a: ['x', 'y'] }, '{"a":["z","y"]}', true],
    ['fields of one array element', { a: { b: [1], c: [2] } }, '{"a":[{"b":1,"c":2},{"b":3}]}', true],
    ['fields of different array elements', { a: { b: [1], c: [2] } }, '{"a":[{"b":1},{"c":2}]}', false],
    ['a field missing in the same element', { a: { b: [1], c: [{ exists: false }] } }, '{"a":[{"b":1},{"b":2,"c":2}]}', true],
    ['nested arrays', { a: { b: { c: [1], d: [2] } } }, '{"a":[{"b":[{"c":1},{"d":2}]},{"b":[{"c":1,"d":2}]}]}', true],
    ['anything but, for a missing field', { a: [{ 'anything-but': 'x' }] }, '{}', false],
    ['anything but a number, for a string', { a: [{ 'anything-but': 1 }] }, '{"a":"1"}', true],
    ['anything but a number, written differently', { a: [{ 'anything-but': [1, 2] }] }, '{"a":1.0}', false],
    ['anything but, with one other value in an array', { a: [{ 'anything-but': ['x'] }] }, '{"a":["x","y"]}', true],
    ['a wildcard inside', { a: [{ wildcard: 'a*b*c' }] }, '{"a":"a-bb-c"}', true],
    ['an escaped star', { a: [{ wildcard: 'a\\*' }] }, '{"a":"a*"}', true],
    ['an escaped star for other text', { a: [{ wildcard: 'a\\*' }] }, '{"a":"ab"}', false],
    ['a wildcard for a number', { a: [{ wildcard: '*' }] }, '{"a":1}', false],
    ['an address in a block', { a: [{ cidr: '10.0.0.9/24' }] }, '{"a":"10.0.0.1"}', true],
    ['an IPv6 address in a block', { a: [{ cidr: '2001:db8::/32' }] }, '{"a":"2001:db8:1::5"}', true],
    ['an address written differently', { a: ['::1'] }, '{"a":"0:0:0:0:0:0:0:1"}', true],
    ['a text that is no address', { a: [{ cidr: '10.0.0.0/8' }] }, '{"a":"10.0.0.256"}', false],
    ['one of two branches', { $or: [{ a: [1] }, { b: [2] }], c: [3] }, '{"b":2,"c":3}', true],
    ['two $or of which one fails', { $or: [{ a: [1] }, { b: [2] }], d: { $or: [{ e: [1] }, { f: [1] }] } }, '{"a":1,"d":{"e":2}}', false],
    ['a name that comes twice: the last', '{"a":["x"],"a":["y"]}', '{"a":"y"}', true],
    ['a name that comes twice: not the first', '{"a":["x"],"a":["y"]}', '{"a":"x"}', false],
    ['letters in any case', { a: [{ 'equals-ignore-case': 'Straße' }] }, '{"a":"STRASSE"}', true],
    ['an ending in any case', { a: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, '{"a":"dir/x.png"}', true],
  ])('knows %s', (_, source, given, verdict) => {
    const each = parseEventObject(typeof given === 'string' ? given : JSON.stringify(given)) as EventObject;
    const machine = new Machine();
    machine.add('rule', compile(source));
    expect(machine.match(each)).toEqual(verdict ? ['rule'] : []);
    expect(matchesPattern(compile(source), each)).toBe(verdict);
  });

  it.each<[string, unknown, object, object]>([
    ['a missing field', { a: ['x'] }, {}, { path: 'a', seen: [], reason: 'missing' }],
    ['another value', { a: ['x'] }, { a: 'y' }, { path: 'a', expected: ['"x"'], seen: ['"y"'], reason: 'different-value' }],
    ['a field that is there', { a: [{ exists: false }] }, { a: 1 }, { path: 'a', seen: ['1'], reason: 'present' }],
    ['another array element', { a: { b: [1], c: [2] } }, { a: [{ b: 1 }, { c: 2 }] }, { path: 'a.c', reason: 'different-array-element' }],
    [
      'the branch that came furthest',
      { $or: [{ a: [1] }, { b: [1], c: [1] }] },
      { b: 1, c: 2 },
      { path: 'c', expected: ['1'], seen: ['2'] },
    ],
  ])('explains %s', (_, source, given, mismatch) => {
    expect(explainMismatch(compile(source), given as EventObject)).toMatchObject(mismatch);
  });
});
