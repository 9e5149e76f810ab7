import { describe, expect, it } from 'vitest';
import { type FilterAttribute, matchMessage } from './match';
import { type FilterScope, parseFilterPolicy } from './policy';

function compile(policy: unknown, scope: FilterScope) {
  const parsed = parseFilterPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy), scope);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return parsed.policy;
}

const text = (StringValue: string): FilterAttribute => ({ DataType: 'String', StringValue });
const number = (StringValue: string): FilterAttribute => ({ DataType: 'Number', StringValue });
const list = (StringValue: string): FilterAttribute => ({ DataType: 'String.Array', StringValue });

type AttributeCase = [name: string, policy: unknown, attributes: Record<string, FilterAttribute>, matches: boolean];

const TABLE = { kind: ['order', 'refund'], amount: [{ numeric: ['>=', 100] }] };

const ATTRIBUTE_CASES: AttributeCase[] = [
  ['an empty policy takes everything', {}, {}, true],
  ['both keys hold', TABLE, { kind: text('order'), amount: number('100') }, true],
  ['an amount below the limit', TABLE, { kind: text('order'), amount: number('99.99') }, false],
  ['case counts', TABLE, { kind: text('Order'), amount: number('500') }, false],
  ['a missing key', TABLE, { kind: text('order') }, false],
  ['further attributes are ignored', TABLE, { kind: text('refund'), amount: number('100'), region: text('eu') }, true],
  ['a number written otherwise', { price: [100] }, { price: number('100.0') }, true],
  ['a text is no number', { price: [100] }, { price: text('100') }, false],
  ['a number is no text', { price: ['100'] }, { price: number('100') }, false],
  ['the sixth digit does not count', { price: [123.456789] }, { price: number('123.4567891') }, true],
  ['exponents are numbers too', { price: [{ numeric: ['=', 150] }] }, { price: number('1.5e2') }, true],
  ['negative range', { t: [{ numeric: ['>', -5, '<', 0] }] }, { t: number('-2.5') }, true],
  ['one element of an array is enough', { sport: ['rugby'] }, { sport: list('["soccer","rugby"]') }, true],
  ['booleans of an array', { flag: [true] }, { flag: list('[true]') }, true],
  ['null of an array', { flag: [null] }, { flag: list('[null]') }, true],
  ['a text that says true is a text', { flag: [true] }, { flag: text('true') }, false],
  ['numbers of an array', { n: [{ numeric: ['<', 5] }] }, { n: list('[9,4]') }, true],
  ['an array that is no JSON', { sport: ['rugby'] }, { sport: list('[rugby') }, false],
  ['an array that is a text', { sport: ['rugby'] }, { sport: list('"rugby"') }, false],
  [
    'anything-but on an array passes with one element outside',
    { s: [{ 'anything-but': ['rugby', 'tennis'] }] },
    { s: list('["rugby","baseball"]') },
    true,
  ],
  ['anything-but on an array of listed ones', { s: [{ 'anything-but': ['rugby', 'tennis'] }] }, { s: list('["rugby"]') }, false],
  ['anything-but asks for the key', { s: [{ 'anything-but': 'rugby' }] }, {}, false],
  ['anything-but a number', { n: [{ 'anything-but': [100] }] }, { n: number('100.00') }, false],
  ['anything-but a prefix', { s: [{ 'anything-but': { prefix: 'order-' } }] }, { s: text('order-1') }, false],
  ['anything-but a suffix', { s: [{ 'anything-but': { suffix: '.png' } }] }, { s: text('a.jpg') }, true],
  ['anything-but a wildcard', { s: [{ 'anything-but': { wildcard: '*.png' } }] }, { s: text('a.png') }, false],
  ['prefix', { s: [{ prefix: 'bas' }] }, { s: text('baseball') }, true],
  ['suffix', { s: [{ suffix: 'ball' }] }, { s: text('baseball') }, true],
  ['equals-ignore-case', { s: [{ 'equals-ignore-case': 'TENNIS' }] }, { s: text('tennis') }, true],
  ['wildcard', { s: [{ wildcard: '*ball*' }] }, { s: text('ballet') }, true],
  ['wildcard does not overlap', { s: [{ wildcard: 'ab*ba' }] }, { s: text('aba') }, false],
  ['exists', { s: [{ exists: true }] }, { s: text('x') }, true],
  ['exists asks for the key', { s: [{ exists: true }] }, { t: text('x') }, false],
  ['absence', { s: [{ exists: false }] }, { t: text('x') }, true],
  ['absence of everything', { s: [{ exists: false }] }, {}, false],
  ['absence fails when it is there', { s: [{ exists: false }] }, { s: text('x') }, false],
  ['absent or a value', { s: [{ exists: false }, 'x'] }, { s: text('x') }, true],
  ['Binary takes no part', { s: [{ exists: true }] }, { s: { DataType: 'Binary' } }, false],
  ['cidr', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: text('10.0.0.255') }, true],
  ['outside the block', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: text('10.0.1.0') }, false],
  ['cidr of IPv6', { ip: [{ cidr: '2001:db8::/32' }] }, { ip: text('2001:db8::1') }, true],
  ['$or over keys, first', { a: ['1'], $or: [{ b: ['2'] }, { c: ['3'] }] }, { a: text('1'), b: text('2') }, true],
  ['$or over keys, second', { a: ['1'], $or: [{ b: ['2'] }, { c: ['3'] }] }, { a: text('1'), c: text('3') }, true],
  ['$or over keys, none', { a: ['1'], $or: [{ b: ['2'] }, { c: ['3'] }] }, { a: text('1'), c: text('4') }, false],
];

type BodyCase = [name: string, policy: unknown, body: string, matches: boolean];

const S3 = { Records: { s3: { object: { key: [{ prefix: 'auto-' }] } }, eventName: [{ prefix: 'ObjectCreated:' }] } };

const BODY_CASES: BodyCase[] = [
  ['nested keys', { a: { b: ['x'] } }, '{"a":{"b":"x","c":1}}', true],
  ['a key elsewhere', { a: { b: ['x'] } }, '{"b":"x"}', false],
  ['an object has no value', { a: [{ exists: true }] }, '{"a":{"b":1}}', false],
  ['values of an array', { a: ['x'] }, '{"a":["y","x"]}', true],
  ['keys in an array of objects', { a: { b: ['x'] } }, '{"a":[{"b":"y"},{"b":"x"}]}', true],
  ['one element holds both', S3, '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"auto-1"}}}]}', true],
  [
    'two elements do not add up',
    S3,
    '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"x"}}},{"eventName":"ObjectRemoved:Delete","s3":{"object":{"key":"auto-1"}}}]}',
    false,
  ],
  ['booleans and null', { a: [true, null] }, '{"a":null}', true],
  ['numbers are compared as numbers', { a: [1] }, '{"a":1.0}', true],
  ['no JSON', { a: ['x'] }, 'x', false],
  ['JSON that is no object', { a: ['x'] }, '["x"]', false],
];

describe('filter policies', () => {
  it.each(ATTRIBUTE_CASES)('attributes: %s', (_name, policy, attributes, matches) => {
    expect(matchMessage(compile(policy, 'MessageAttributes'), '{"kind":"order","amount":100}', attributes).matches).toBe(matches);
  });

  it.each(BODY_CASES)('body: %s', (_name, policy, body, matches) => {
    expect(matchMessage(compile(policy, 'MessageBody'), body, {}).matches).toBe(matches);
  });

  it('names the key that kept a message out, and what it saw', () => {
    const verdict = matchMessage(compile(TABLE, 'MessageAttributes'), '', { kind: text('order'), amount: number('5') });
    expect(verdict).toEqual({ matches: false, reason: 'MessageAttributes', key: 'amount', seen: ['5'] });
    expect(matchMessage(compile(TABLE, 'MessageAttributes'), '', {})).toMatchObject({
      reason: 'NoMessageAttributes',
      key: 'kind',
      seen: [],
    });
    expect(matchMessage(compile(TABLE, 'MessageBody'), 'no', {})).toEqual({ matches: false, reason: 'InvalidMessageBody' });
    expect(matchMessage(compile(TABLE, 'MessageAttributes'), '', { x: list('[') })).toMatchObject({ reason: 'InvalidAttributes' });
  });

  const many = (length: number): string[] => Array.from({ length }, (_, i) => `v${i}`);

  it.each<[string, unknown, FilterScope, string | null]>([
    ['{"a":', null, 'MessageAttributes', 'failed to parse JSON.'],
    [
      'six keys',
      { a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] },
      'MessageAttributes',
      'Filter policy can not have more than 5 keys',
    ],
    ['151 combinations', { a: many(151) }, 'MessageAttributes', 'Filter policy is too complex'],
    ['150 combinations', { a: many(10), b: many(15) }, 'MessageAttributes', null],
    ['4 x 3 x 3 x 2 = 72', { a: { b: { c: many(4) } }, d: { e: many(3) } }, 'MessageBody', null],
    ['depth counts', { a: { b: { c: many(51) } } }, 'MessageBody', 'Filter policy is too complex'],
    ['alternatives add', { $or: [{ a: many(75) }, { b: many(75) }] }, 'MessageAttributes', null],
    ['alternatives add up to too many', { $or: [{ a: many(76) }, { b: many(75) }] }, 'MessageAttributes', 'Filter policy is too complex'],
    ['nested', { a: { b: ['x'] } }, 'MessageAttributes', 'Filter policy scope MessageAttributes does not support nested filter policy'],
    ['no array', { a: 'b' }, 'MessageAttributes', '"a" must be an object or an array'],
    ['an empty array', { a: [] }, 'MessageAttributes', 'Empty arrays are not allowed'],
    ['an array in an array', { a: [['x']] }, 'MessageAttributes', 'Match value must be String, number, true, false, or null'],
    ['an unknown operator', { a: [{ like: 'x' }] }, 'MessageAttributes', 'Unrecognized match type like'],
    ['prefix of a number', { a: [{ prefix: 1 }] }, 'MessageAttributes', 'prefix match pattern must be a string'],
    ['exists of a text', { a: [{ exists: 'no' }] }, 'MessageAttributes', 'exists match pattern must be either true or false.'],
    ['numeric without members', { a: [{ numeric: [] }] }, 'MessageAttributes', 'Invalid member in numeric match: ]'],
    ['numeric with a number first', { a: [{ numeric: [50, '<='] }] }, 'MessageAttributes', 'Invalid member in numeric match: 50'],
    ['numeric with a strange operator', { a: [{ numeric: ['<>', 50] }] }, 'MessageAttributes', 'Unrecognized numeric range operator: <>'],
    ['numeric equals a text', { a: [{ numeric: ['=', '1'] }] }, 'MessageAttributes', 'Value of equals must be numeric'],
    ['too many elements', { a: [{ numeric: ['<', 5, '>', 1] }] }, 'MessageAttributes', 'Too many elements in numeric expression'],
    ['a bad second operator', { a: [{ numeric: ['>', 5, '>', 9] }] }, 'MessageAttributes', 'Bad numeric range operator: >'],
    ['an empty range', { a: [{ numeric: ['>', 5, '<', 5] }] }, 'MessageAttributes', 'Bottom must be less than top'],
    ['too many terms', { a: [{ numeric: ['>', 5, '<', 9, '<', 10] }] }, 'MessageAttributes', 'Too many terms in numeric range expression'],
    ['two operators', { a: [{ prefix: 'x', suffix: 'y' }] }, 'MessageAttributes', 'Only one key allowed in match expression'],
    [
      'anything-but numeric',
      { a: [{ 'anything-but': { numeric: ['<', 1] } }] },
      'MessageAttributes',
      'Unsupported anything-but pattern: numeric',
    ],
    ['cidr without mask', { a: [{ cidr: '10.0.0.0' }] }, 'MessageAttributes', "Malformed CIDR, one '/' required"],
    ['cidr without address', { a: [{ cidr: 'x/8' }] }, 'MessageAttributes', 'Nonstandard IP address: x'],
  ])('refuses or takes %s', (name, policy, scope, reason) => {
    const parsed = parseFilterPolicy(policy === null ? name : JSON.stringify(policy), scope);
    expect('reason' in parsed ? parsed.reason.split('\n')[0] : null).toBe(reason);
  });

  it('says where the fault is', () => {
    const source = '{"price":[{"numeric":["<","100"]}]}';
    const parsed = parseFilterPolicy(source, 'MessageAttributes');
    expect(parsed).toEqual({ reason: `Value of < must be numeric\n at [Source: (String)"${source}"; line: 1, column: 28]` });
  });
});
