import { describe, expect, it } from 'vitest';
import { type FilterAttribute, matchMessage } from './match';
import { type FilterScope, parseFilterPolicy } from './policy';

// Cases by the pages of the SNS Developer Guide that state them, read in the 2026 text.

function passes(policy: unknown, scope: FilterScope, body: unknown, attributes: Record<string, FilterAttribute> = {}): boolean {
  const parsed = parseFilterPolicy(JSON.stringify(policy), scope);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return matchMessage(parsed.policy, typeof body === 'string' ? body : JSON.stringify(body), attributes).matches;
}

function reasonOf(policy: unknown, scope: FilterScope = 'MessageAttributes'): string | null {
  const parsed = parseFilterPolicy(JSON.stringify(policy), scope);
  return 'reason' in parsed ? (parsed.reason.split('\n')[0] ?? '') : null;
}

/** A message as attributes: a text, a number, or a list. */
function attributesOf(message: Record<string, unknown>): Record<string, FilterAttribute> {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]): [string, FilterAttribute] => {
      if (Array.isArray(value)) return [name, { DataType: 'String.Array', StringValue: JSON.stringify(value) }];
      return [name, { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) }];
    }),
  );
}

type Case = [page: string, policy: Record<string, unknown>, message: Record<string, unknown>, matches: boolean];

/** Both scopes say the same of these. */
const BOTH: Case[] = [
  // string-value-matching
  ['exact, the first', { c: ['rugby', 'tennis'] }, { c: 'rugby' }, true],
  ['exact, the second', { c: ['rugby', 'tennis'] }, { c: 'tennis' }, true],
  ['exact, both in a list', { c: ['rugby', 'tennis'] }, { c: ['rugby', 'tennis'] }, true],
  ['exact, another', { c: ['rugby', 'tennis'] }, { c: 'baseball' }, false],
  ['exact, another in a list', { c: ['rugby', 'tennis'] }, { c: ['baseball'] }, false],
  ['exact, other case', { c: ['rugby'] }, { c: 'Rugby' }, false],
  ['anything-but, another', { c: [{ 'anything-but': ['rugby', 'tennis'] }] }, { c: 'baseball' }, true],
  ['anything-but, one of a list is another', { c: [{ 'anything-but': ['rugby', 'tennis'] }] }, { c: ['rugby', 'baseball'] }, true],
  ['anything-but, listed', { c: [{ 'anything-but': ['rugby', 'tennis'] }] }, { c: 'rugby' }, false],
  ['anything-but, all listed', { c: [{ 'anything-but': ['rugby', 'tennis'] }] }, { c: ['rugby'] }, false],
  ['anything-but or absent, absent', { c: [{ 'anything-but': ['rugby'] }, { exists: false }] }, { d: 'x' }, true],
  ['anything-but or absent, listed', { c: [{ 'anything-but': ['rugby'] }, { exists: false }] }, { c: 'rugby' }, false],
  ['anything-but prefix, otherwise', { e: [{ 'anything-but': { prefix: 'order-' } }] }, { e: 'data-entry' }, true],
  ['anything-but prefix, nearly', { e: [{ 'anything-but': { prefix: 'order-' } }] }, { e: 'order_number' }, true],
  ['anything-but prefix, with it', { e: [{ 'anything-but': { prefix: 'order-' } }] }, { e: 'order-cancelled' }, false],
  ['anything-but wildcard, otherwise', { c: [{ 'anything-but': { wildcard: '*ball' } }] }, { c: ['hockey', 'rugby', 'soccer'] }, true],
  ['anything-but wildcard, all with it', { c: [{ 'anything-but': { wildcard: '*ball' } }] }, { c: ['baseball', 'basketball'] }, false],
  ['anything-but suffix, otherwise', { c: [{ 'anything-but': { suffix: 'ball' } }] }, { c: ['hockey', 'rugby', 'soccer'] }, true],
  ['anything-but suffix, all with it', { c: [{ 'anything-but': { suffix: 'ball' } }] }, { c: ['baseball', 'basketball'] }, false],
  ['equals-ignore-case, upper', { c: [{ 'equals-ignore-case': 'tennis' }] }, { c: 'TENNIS' }, true],
  ['equals-ignore-case, mixed', { c: [{ 'equals-ignore-case': 'tennis' }] }, { c: 'teNnis' }, true],
  ['equals-ignore-case, more', { c: [{ 'equals-ignore-case': 'tennis' }] }, { c: 'tennis ' }, false],
  ['cidr, the first', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.0' }, true],
  ['cidr, the last', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
  ['cidr, outside', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.1.1.0' }, false],
  ['cidr, no address', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: 'home' }, false],
  ['prefix', { c: [{ prefix: 'bas' }] }, { c: 'basketball' }, true],
  ['prefix, otherwise', { c: [{ prefix: 'bas' }] }, { c: 'rugby' }, false],
  ['suffix', { c: [{ suffix: 'ball' }] }, { c: 'baseball' }, true],
  ['suffix, otherwise', { c: [{ suffix: 'ball' }] }, { c: 'rugby' }, false],
  ['wildcard', { c: [{ wildcard: '*ball' }] }, { c: ['baseball', 'basketball'] }, true],
  ['wildcard, otherwise', { c: [{ wildcard: '*ball' }] }, { c: 'rugby' }, false],
  // numeric-value-matching
  ['numeric =', { p: [{ numeric: ['=', 301.5] }] }, { p: 301.5 }, true],
  ['numeric = with an exponent in the policy', { p: [{ numeric: ['=', 3.015e2] }] }, { p: 301.5 }, true],
  ['numeric anything-but, another', { p: [{ 'anything-but': [100, 500] }] }, { p: 101 }, true],
  ['numeric anything-but, nearly', { p: [{ 'anything-but': [100, 500] }] }, { p: 100.1 }, true],
  ['numeric anything-but, one of a list', { p: [{ 'anything-but': [100, 500] }] }, { p: [100, 50] }, true],
  ['numeric anything-but, listed', { p: [{ 'anything-but': [100, 500] }] }, { p: 100 }, false],
  ['numeric <, below', { p: [{ numeric: ['<', 0] }] }, { p: -0.00001 }, true],
  ['numeric <, at', { p: [{ numeric: ['<', 0] }] }, { p: 0 }, false],
  ['numeric range, at its end', { p: [{ numeric: ['>', 0, '<=', 150] }] }, { p: 150 }, true],
  ['numeric range, above', { p: [{ numeric: ['>', 0, '<=', 150] }] }, { p: 150.00001 }, false],
  ['numeric of a text', { p: [{ numeric: ['>', 0] }] }, { p: '5' }, false],
  // attribute-key-matching
  ['exists', { store: [{ exists: true }] }, { store: 'fans', c: ['baseball', 'basketball'] }, true],
  ['exists, absent', { store: [{ exists: true }] }, { c: ['baseball', 'basketball'] }, false],
  ['exists false, present', { store: [{ exists: false }] }, { store: 'fans', c: ['baseball'] }, false],
  ['exists false, absent', { store: [{ exists: false }] }, { c: ['baseball', 'basketball'] }, true],
  // and-or-logic
  ['and, both', { c: ['rugby'], p: [{ numeric: ['>', 100] }] }, { c: 'rugby', p: 101 }, true],
  ['and, one', { c: ['rugby'], p: [{ numeric: ['>', 100] }] }, { c: 'rugby', p: 100 }, false],
  ['or of values', { c: ['rugby', 'football', 'baseball'] }, { c: 'baseball' }, true],
  ['$or, the first', { s: ['aws.cloudwatch'], $or: [{ m: ['CPU'] }, { n: ['EC2'] }] }, { s: 'aws.cloudwatch', m: 'CPU' }, true],
  ['$or, the second', { s: ['aws.cloudwatch'], $or: [{ m: ['CPU'] }, { n: ['EC2'] }] }, { s: 'aws.cloudwatch', n: 'EC2' }, true],
  ['$or, neither', { s: ['aws.cloudwatch'], $or: [{ m: ['CPU'] }, { n: ['EC2'] }] }, { s: 'aws.cloudwatch', n: 'ES' }, false],
  ['$or, without the rest', { s: ['aws.cloudwatch'], $or: [{ m: ['CPU'] }, { n: ['EC2'] }] }, { m: 'CPU', n: 'EC2' }, false],
  ['$or within $or', { $or: [{ a: ['1'] }, { t: ['x'], $or: [{ b: ['2'] }, { c: ['3'] }] }] }, { t: 'x', c: '3' }, true],
  ['$or of one object is a name', { $or: ['x'] }, { $or: 'x' }, true],
  // example-filter-policies
  [
    'the example that is accepted',
    {
      store: ['example_corp'],
      event: [{ 'anything-but': 'order_cancelled' }],
      customer_interests: ['rugby', 'football', 'baseball'],
      price_usd: [{ numeric: ['>=', 100] }],
    },
    { customer_interests: ['soccer', 'rugby', 'hockey'], store: 'example_corp', event: 'order_placed', price_usd: 210.75 },
    true,
  ],
  [
    'the example that is rejected',
    { store: ['example_corp'], event: ['order_cancelled'], encrypted: [false], customer_interests: ['basketball', 'baseball'] },
    { customer_interests: ['soccer', 'rugby', 'hockey'], store: 'example_corp', event: 'order_placed', price_usd: 210.75 },
    false,
  ],
];

describe('the filter policies of the documentation', () => {
  it.each(BOTH)('on attributes: %s', (_page, policy, message, matches) => {
    expect(passes(policy, 'MessageAttributes', 'hello', attributesOf(message))).toBe(matches);
  });

  it.each(BOTH)('on the body: %s', (_page, policy, message, matches) => {
    expect(passes(policy, 'MessageBody', message)).toBe(matches);
  });

  it.each<[string, Record<string, unknown>, Record<string, FilterAttribute>, boolean]>([
    ['a number with an exponent', { p: [{ numeric: ['=', 301.5] }] }, { p: { DataType: 'Number', StringValue: '3.015e2' } }, true],
    ['a list of numbers', { p: [{ 'anything-but': [100, 500] }] }, { p: { DataType: 'Number.Array', StringValue: '[100, 50]' } }, true],
    ['absence without any attribute', { store: [{ exists: false }] }, {}, false],
    ['an empty policy without any attribute', {}, {}, true],
    ['a quotation mark escaped twice', { s: ['say \\"hi\\"'] }, { s: { DataType: 'String', StringValue: 'say "hi"' } }, true],
    ['a quotation mark escaped once', { s: ['say "hi"'] }, { s: { DataType: 'String', StringValue: 'say "hi"' } }, false],
    ['Binary', { s: [{ exists: true }] }, { s: { DataType: 'Binary' } }, false],
  ])('on attributes alone: %s', (_name, policy, attributes, matches) => {
    expect(passes(policy, 'MessageAttributes', '{}', attributes)).toBe(matches);
  });

  it.each<[string, Record<string, unknown>, unknown, boolean]>([
    ['a number with an exponent', { p: [{ numeric: ['=', 301.5] }] }, '{"p": 3.015e2}', true],
    ['null is there and does not exist', { a: [{ exists: true }] }, { a: null }, false],
    ['empty text does not exist', { a: [{ exists: true }] }, { a: '' }, false],
    ['an object is no leaf', { a: [{ exists: true }] }, { a: { b: 'x' } }, false],
    ['a leaf below', { a: { b: [{ exists: true }] } }, { a: { b: 'x' } }, true],
    ['absence in an empty body', { a: [{ exists: false }] }, {}, true],
    ['null by its name', { a: [null] }, { a: null }, true],
    ['false by its name', { a: [false] }, { a: false }, true],
    ['false is no text', { a: [false] }, { a: 'false' }, false],
    ['$or below a key', { d: { s: ['x'], $or: [{ a: ['1'] }, { b: ['2'] }] } }, { d: { s: 'x', b: '2' } }, true],
    ['quotation marks as they are', { s: ['say "hi"'] }, { s: 'say "hi"' }, true],
  ])('on the body alone: %s', (_name, policy, body, matches) => {
    expect(passes(policy, 'MessageBody', body)).toBe(matches);
  });

  const values = (count: number): string[] => Array.from({ length: count }, (_, i) => `v${i}`);
  const wild = (count: number): unknown[] => Array.from({ length: count }, (_, i) => ({ wildcard: `*${i}` }));
  const TOO_COMPLEX = 'Filter policy is too complex';

  it.each<[string, unknown, FilterScope, string | null]>([
    ['3 x 1 x 2 = 6', { a: values(3), b: values(1), c: values(2) }, 'MessageAttributes', null],
    ['15 x 10 = 150', { a: values(15), b: values(10) }, 'MessageAttributes', null],
    ['151', { a: values(151) }, 'MessageAttributes', TOO_COMPLEX],
    ['4 x 3 x 3 x 2 = 72', { a: { b: { c: values(4) } }, d: { e: values(3) } }, 'MessageBody', null],
    ['9 x 3 x 3 x 2 = 162', { a: { b: { c: values(9) } }, d: { e: values(3) } }, 'MessageBody', TOO_COMPLEX],
    [
      'sums of $or: 2 + 2 + 3 = 7',
      {
        source: values(1),
        $or: [{ metricName: values(2) }, { metricType: values(1), $or: [{ metricId: [1, 2] }, { spaceId: [1, 2, 3] }] }],
      },
      'MessageAttributes',
      null,
    ],
    [
      'four times 8 = 32',
      { $or: [{ m: values(2) }, { n: values(2) }], detail: { scope: values(1), $or: [{ s: values(1) }, { t: values(1) }] } },
      'MessageBody',
      null,
    ],
    [
      'four times 40 = 160',
      { $or: [{ m: values(2) }, { n: values(2) }], detail: { scope: values(5), $or: [{ s: values(1) }, { t: values(1) }] } },
      'MessageBody',
      TOO_COMPLEX,
    ],
    ['five leaves under eight keys', { a: { b: ['1'], c: ['1'] }, d: { e: ['1'], f: ['1'] }, h: ['1'] }, 'MessageBody', null],
    [
      'six leaves',
      { a: { b: ['1'], c: ['1'], d: ['1'] }, e: { f: ['1'], g: ['1'], h: ['1'] } },
      'MessageBody',
      'Filter policy can not have more than 5 keys',
    ],
    ['ten wildcards in a field: 10 x 10 = 100 points', { a: wild(10) }, 'MessageAttributes', null],
    ['eleven: 121 points', { a: wild(11) }, 'MessageAttributes', TOO_COMPLEX],
    ['points of fields added: 64 + 49 = 113', { a: wild(8), b: wild(7) }, 'MessageAttributes', TOO_COMPLEX],
    ['three wildcards in a pattern', { a: [{ wildcard: '*a*b*' }] }, 'MessageAttributes', null],
    ['four wildcards in a pattern', { a: [{ wildcard: '*a*b*c*' }] }, 'MessageAttributes', TOO_COMPLEX],
    [
      'six patterns of several wildcards: 18 x 6 = 108',
      { a: values(6).map((text) => ({ wildcard: `*${text}*` })) },
      'MessageAttributes',
      TOO_COMPLEX,
    ],
    [
      'anything-but with a prefix beside a wildcard: 2 x 2 = 4',
      { greeting: [{ 'anything-but': { prefix: 'Hello' } }, { wildcard: 'H*' }] },
      'MessageAttributes',
      null,
    ],
    ['a billion', { a: [{ numeric: ['<=', 1_000_000_000] }] }, 'MessageAttributes', null],
    ['over a billion', { a: [1_000_000_001] }, 'MessageAttributes', 'Numeric match value must be smaller than 1E9, got 1000000001'],
    [
      '$or of reserved words is a name like another',
      { $or: [{ numeric: 123 }, { prefix: 'abc' }] },
      'MessageAttributes',
      'Value of numeric must be an array.',
    ],
    ['262,144 bytes and more', { a: ['é'.repeat(131_100)] }, 'MessageAttributes', 'Filter policy is too large'],
  ])('of the limits: %s', (_name, policy, scope, reason) => {
    expect(reasonOf(policy, scope)).toBe(reason);
  });
});
