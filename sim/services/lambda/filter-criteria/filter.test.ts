import { describe, expect, it } from 'vitest';
import { missesOfBody } from './body-filter';
import { parseFilterPattern } from './filter-pattern';

const passes = (body: unknown, message: unknown) =>
  missesOfBody([JSON.stringify({ body })], typeof message === 'string' ? message : JSON.stringify(message)) === null;

// The operators of https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
describe('a filter', () => {
  it.each<[rule: string, body: unknown, message: unknown, passed: boolean]>([
    ['null', { id: [null] }, { id: null }, true],
    ['null', { id: [null] }, { id: 'null' }, false],
    ['null', { id: [null] }, {}, false],
    ['empty', { name: [''] }, { name: '' }, true],
    ['equals', { name: ['Alice'] }, { name: 'Alice' }, true],
    ['equals', { name: ['Alice'] }, { name: 'alice' }, false],
    ['equals ignoring case', { name: [{ 'equals-ignore-case': 'Alice' }] }, { name: 'aLICE' }, true],
    ['and', { place: ['NYC'], day: ['Monday'] }, { place: 'NYC', day: 'Monday' }, true],
    ['and', { place: ['NYC'], day: ['Monday'] }, { place: 'NYC', day: 'Tuesday' }, false],
    ['or', { method: ['Credit', 'Debit'] }, { method: 'Debit' }, true],
    ['or of fields', { $or: [{ place: ['NYC'] }, { day: ['Monday'] }] }, { place: 'Rome', day: 'Monday' }, true],
    ['or of fields', { $or: [{ place: ['NYC'] }, { day: ['Monday'] }] }, { place: 'Rome', day: 'Friday' }, false],
    ['not', { weather: [{ 'anything-but': ['Raining'] }] }, { weather: 'Sunny' }, true],
    ['not', { weather: [{ 'anything-but': ['Raining'] }] }, { weather: 'Raining' }, false],
    ['not', { weather: [{ 'anything-but': ['Raining'] }] }, {}, false],
    ['not a prefix', { weather: [{ 'anything-but': { prefix: 'Rain' } }] }, { weather: 'Rainbow' }, false],
    ['number', { price: [{ numeric: ['=', 100] }] }, { price: 100 }, true],
    ['number', { price: [100] }, { price: '100' }, false],
    ['range', { price: [{ numeric: ['>', 10, '<=', 20] }] }, { price: 20 }, true],
    ['range', { price: [{ numeric: ['>', 10, '<=', 20] }] }, { price: 10 }, false],
    ['exists', { name: [{ exists: true }] }, { name: 'x' }, true],
    ['exists', { name: [{ exists: true }] }, { other: 'x' }, false],
    ['does not exist', { name: [{ exists: false }] }, { other: 'x' }, true],
    ['does not exist', { name: [{ exists: false }] }, { name: 'x' }, false],
    ['begins with', { region: [{ prefix: 'us-' }] }, { region: 'us-east-1' }, true],
    ['ends with', { file: [{ suffix: '.png' }] }, { file: 'a.png' }, true],
    ['ends with', { file: [{ suffix: '.png' }] }, { file: 'a.jpg' }, false],
    ['wildcard', { file: [{ wildcard: 'a*.p?g' }] }, { file: 'a1.p?g' }, true],
    ['wildcard', { file: [{ wildcard: 'a*.p?g' }] }, { file: 'a1.png' }, false],
    ['nested', { order: { kind: ['book'] } }, { order: { kind: 'book' } }, true],
    ['array of values', { tags: ['b'] }, { tags: ['a', 'b'] }, true],
    [
      'array of objects',
      { lines: { sku: ['x'], n: [1] } },
      {
        lines: [
          { sku: 'x', n: 2 },
          { sku: 'y', n: 1 },
        ],
      },
      false,
    ],
    [
      'array of objects',
      { lines: { sku: ['x'], n: [1] } },
      {
        lines: [
          { sku: 'y', n: 1 },
          { sku: 'x', n: 1 },
        ],
      },
      true,
    ],
    ['text', ['hello'], 'hello', true],
    ['text', [{ prefix: 'he' }], 'hello', true],
    ['text against JSON', ['hello'], { hello: 1 }, false],
    ['JSON against text', { hello: [1] }, 'hello', false],
    ['JSON against broken JSON', { hello: [1] }, '{"hello":1', false],
  ])('%s %j on %j: %s', (_rule, body, message, passed) => {
    expect(passes(body, message)).toBe(passed);
  });

  it('stands beside others: one of them is enough', () => {
    const patterns = ['{"body":{"a":[1]}}', '{"body":{"b":[2]}}'];
    expect(missesOfBody(patterns, '{"a":0,"b":2}')).toBeNull();
    expect(missesOfBody(patterns, '{"a":0,"b":0}')).toEqual([
      { pattern: patterns[0], reason: 'no-match', path: 'body.a', seen: 0 },
      { pattern: patterns[1], reason: 'no-match', path: 'body.b', seen: 0 },
    ]);
    expect(missesOfBody([], 'anything')).toBeNull();
  });

  it('on another key than the body never passes', () => {
    expect(missesOfBody(['{"messageAttributes":{"a":["b"]}}'], '{}')).toMatchObject([{ path: 'messageAttributes.a' }]);
  });
});

describe('what is no filter pattern', () => {
  it.each([
    ['no JSON', '{"body":'],
    ['no object', '["body"]'],
    ['an empty object', '{}'],
    ['an empty object inside', '{"body":{}}'],
    ['an empty array', '{"body":[]}'],
    ['a value without an array', '{"body":{"a":"b"}}'],
    ['an unknown operator', '{"body":{"a":[{"regex":"b"}]}}'],
    ['two operators in one', '{"body":{"a":[{"prefix":"b","suffix":"c"}]}}'],
    ['a comparison with text', '{"body":{"a":[{"numeric":[">","1"]}]}}'],
    ['an unknown comparison', '{"body":{"a":[{"numeric":["!",1]}]}}'],
    ['half a range', '{"body":{"a":[{"numeric":[">",1,"<"]}]}}'],
    ['exists of text', '{"body":{"a":[{"exists":"yes"}]}}'],
    ['an empty prefix', '{"body":{"a":[{"prefix":""}]}}'],
    ['$or of one', '{"body":{"$or":[{"a":["b"]}]}}'],
    ['an array in an array', '{"body":{"a":[["b"]]}}'],
    ['anything-but of nothing', '{"body":{"a":[{"anything-but":[]}]}}'],
  ])('%s', (_what, pattern) => {
    expect(parseFilterPattern(pattern)).toHaveProperty('refused');
  });
});
