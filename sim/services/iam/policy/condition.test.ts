import { describe, expect, it } from 'vitest';
import { compileCondition, conditionHolds } from './condition';

type Values = string | string[];
type Case = [operator: string, wanted: Values, seen: Values | undefined, holds: boolean];

function holds(operator: string, wanted: Values, seen: Values | undefined): boolean {
  const condition = compileCondition(operator, 'test:Key', [wanted].flat(), true);
  if (!condition) throw new Error(`IAM knows no operator ${operator}.`);
  const context = new Map([
    ['test:owner', ['ana']],
    ['test:many', ['a', 'b']],
    ...(seen === undefined ? [] : [['test:key', [seen].flat()] as const]),
  ]);
  return conditionHolds(condition, context as Map<string, string[]>);
}

function table(name: string, cases: Case[]): void {
  describe(name, () => {
    it.each(cases)('%s %j against %j is %s', (operator, wanted, seen, expected) => {
      expect(holds(operator, wanted, seen)).toBe(expected);
    });
  });
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, read 2026-11-23
table('string operators', [
  ['StringEquals', 'blue', 'blue', true],
  ['StringEquals', 'blue', 'Blue', false],
  ['StringEquals', ['red', 'blue'], 'blue', true],
  ['StringEquals', 'bl*', 'blue', false],
  ['StringEquals', 'bl*', 'bl*', true],
  ['StringEquals', '${*}', '*', true],
  ['StringEquals', '${test:Owner}', 'ana', true],
  ['StringEquals', '${test:absent}', '', false],
  ['StringEquals', "${test:absent, 'ana'}", 'ana', true],
  ['StringEquals', '${test:many}', 'a', false],
  ['StringNotEquals', '${test:absent}', 'ana', true],
  ['StringEquals', [], 'blue', false],
  ['StringNotEquals', 'blue', 'blue', false],
  ['StringNotEquals', 'blue', 'red', true],
  ['StringNotEquals', ['red', 'blue'], 'blue', false],
  ['StringNotEquals', ['red', 'blue'], 'green', true],
  ['StringEqualsIgnoreCase', 'blue', 'BLUE', true],
  ['StringEqualsIgnoreCase', 'blue', 'red', false],
  ['StringNotEqualsIgnoreCase', 'blue', 'BLUE', false],
  ['StringLike', 'bl*', 'blue', true],
  ['StringLike', 'bl?e', 'blue', true],
  ['StringLike', 'bl?', 'blue', false],
  ['StringLike', '*', '', true],
  ['StringLike', 'b${*}', 'blue', false],
  ['StringLike', 'b${*}', 'b*', true],
  ['StringLike', '${test:Owner}/*', 'ana/1', true],
  ['StringNotLike', 'bl*', 'blue', false],
  ['StringNotLike', 'bl*', 'red', true],
  ['stringlike', 'bl*', 'blue', true],
]);

table('numeric operators', [
  ['NumericEquals', '10', '10.0', true],
  ['NumericEquals', '10', '11', false],
  ['NumericEquals', '10', 'ten', false],
  ['NumericNotEquals', '10', '11', true],
  ['NumericNotEquals', '10', '10', false],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '10', '10', false],
  ['NumericGreaterThan', '-3', '-2', true],
  ['NumericGreaterThanEquals', '10', '10', true],
  ['NumericGreaterThanEquals', ['100', '10'], '50', true],
]);

table('date operators', [
  ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateEquals', '2026-01-01', '2026-01-01T00:00:00Z', true],
  ['DateEquals', '1767225600', '2026-01-01T00:00:00Z', true],
  ['DateEquals', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z', true],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', true],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59.999Z', true],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['DateLessThanEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
  ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', false],
  ['DateGreaterThan', 'yesterday', '2026-01-01T00:00:00Z', false],
]);

table('Bool, BinaryEquals and IP addresses', [
  ['Bool', 'true', 'true', true],
  ['Bool', 'false', 'true', false],
  ['Bool', 'True', 'true', true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'qmluyxj5', false],
  ['IpAddress', '203.0.113.0/24', '203.0.113.200', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.1', false],
  ['IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', '0.0.0.0/0', '198.51.100.1', true],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::9', true],
  ['IpAddress', '2001:db8::/32', '2001:db9::9', false],
  ['IpAddress', ['10.0.0.0/8', '2001:db8::/32'], '10.9.9.9', true],
  ['IpAddress', '0.0.0.0/0', '::1', false],
  ['IpAddress', '10.0.0.0/8', 'not an address', false],
  ['NotIpAddress', '203.0.113.0/24', '203.0.113.200', false],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
]);

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:orders';
table('ARN operators compare component by component', [
  ['ArnEquals', TOPIC, TOPIC, true],
  ['ArnEquals', 'arn:aws:sns:*:111122223333:*', TOPIC, true],
  ['ArnLike', 'arn:aws:sns:*:*:ord?rs', TOPIC, true],
  ['ArnLike', 'arn:aws:sns:*:orders', TOPIC, false],
  ['ArnLike', 'arn:aws:s*:*:*:*', TOPIC, true],
  ['ArnLike', 'arn:aws:lambda:*:*:function:*', 'arn:aws:lambda:eu-west-1:1:function:f:prod', true],
  ['ArnLike', 'arn:aws:iam::${test:owner}:role/*', 'arn:aws:iam::ana:role/x', true],
  ['ArnNotEquals', TOPIC, TOPIC, false],
  ['ArnNotLike', 'arn:aws:sns:*:*:other', TOPIC, true],
  ['ArnLike', 'orders', 'orders', false],
]);

table('a key that is absent', [
  ['StringEquals', 'x', undefined, false],
  ['StringLike', '*', undefined, false],
  ['StringNotEquals', 'x', undefined, true],
  ['StringNotLike', '*', undefined, true],
  ['NumericLessThan', '1', undefined, false],
  ['NumericNotEquals', '1', undefined, true],
  ['DateNotEquals', '2026-01-01', undefined, true],
  ['Bool', 'false', undefined, false],
  ['IpAddress', '0.0.0.0/0', undefined, false],
  ['NotIpAddress', '0.0.0.0/0', undefined, true],
  ['ArnNotLike', '*', undefined, true],
  ['StringEqualsIfExists', 'x', undefined, true],
  ['StringEqualsIfExists', 'x', 'y', false],
  ['StringNotEqualsIfExists', 'x', 'x', false],
  ['BoolIfExists', 'true', undefined, true],
  ['BoolIfExists', 'true', 'false', false],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'x', false],
  ['Null', 'false', 'x', true],
  ['Null', 'false', undefined, false],
  ['Null', 'true', [], true],
  ['ForAllValues:StringEquals', 'x', undefined, true],
  ['ForAllValues:StringNotEquals', 'x', undefined, true],
  ['ForAllValues:StringEquals', 'x', [''], true],
  ['ForAnyValue:StringEquals', 'x', undefined, false],
  ['ForAnyValue:StringNotEquals', 'x', undefined, false],
  ['ForAnyValue:StringLike', '*', [''], false],
  ['ForAnyValue:StringEqualsIfExists', 'x', undefined, true],
]);

table('a key of several values', [
  ['ForAllValues:StringEquals', ['a', 'b', 'c'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false],
  ['ForAllValues:StringLike', ['a*'], ['a1', 'a2'], true],
  ['ForAllValues:StringNotEquals', ['c'], ['a', 'b'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['a', 'b'], false],
  ['ForAnyValue:StringEquals', ['b', 'z'], ['a', 'b'], true],
  ['ForAnyValue:StringEquals', ['z'], ['a', 'b'], false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
  ['StringEquals', ['b'], ['a', 'b'], false],
  ['StringNotEquals', ['b'], ['a', 'b'], true],
  ['StringEquals', ['b'], ['b'], true],
]);

describe('operator names', () => {
  it.each(['StringEqual', 'NullIfExists', 'ForSomeValue:StringEquals', 'IpAddresses', ''])('%j is unknown', (operator) => {
    expect(compileCondition(operator, 'test:Key', ['x'], true)).toBeNull();
  });
});
