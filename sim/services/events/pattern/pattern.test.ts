import { describe, expect, it } from 'vitest';
import { parsePattern } from './pattern';

/** The reason without the quoted source, and the place. */
function rejection(text: string): string {
  const parsed = parsePattern(text);
  if ('pattern' in parsed) return 'valid';
  return parsed.refused.replaceAll(`[Source: (String)"${text}"; line: `, '[').replaceAll(', column: ', ':').replaceAll('\n at ', ' ');
}

describe('a rejected pattern', () => {
  it('quotes its source and the place as EventBridge does', () => {
    // Both seen in AWS's answers: github.com/cloud-custodian/cloud-custodian/issues/6507, checked 2026-11-23.
    expect(parsePattern('{"source": ["aws.health"], "detail": {}}')).toEqual({
      refused: 'Empty objects are not allowed\n at [Source: (String)"{"source": ["aws.health"], "detail": {}}"; line: 1, column: 40]',
    });
    const long = `{"a":"${'x'.repeat(600)}"}`;
    expect(parsePattern(long)).toEqual({
      refused: `"a" must be an object or an array\n at [Source: (String)"${long.slice(0, 500)}"[truncated 108 chars]; line: 1, column: 7]`,
    });
  });

  it.each<[string, string, string]>([
    ['a value outside an array', '{"source":"com.example"}', '"source" must be an object or an array [1:12]'],
    ['a number outside an array', '{"a":123}', '"a" must be an object or an array [1:9]'],
    ['a place on another line', '{\n  "a":\n    true}', '"a" must be an object or an array [3:9]'],
    ['an empty pattern', '{}', 'Empty objects are not allowed [1:3]'],
    ['an empty array', '{"a":[]}', 'Empty arrays are not allowed [1:8]'],
    ['a nested array', '{"a":[["b"]]}', 'Match value must be String, number, true, false, or null [1:8]'],
    ['a text', '"a"', 'Filter is not an object [1:2]'],
    ['an array', '[]', 'Filter is not an object [1:2]'],
    ['nothing', '', 'Filter is not an object [1:1]'],
    ['an unknown expression', '{"a":[{"like":"b"}]}', 'Unrecognized match type like [1:16]'],
    ['an expression without a name', '{"a":[{}]}', 'Match expression name not found [1:9]'],
    ['two expressions in one', '{"a":[{"prefix":"a","suffix":"b"}]}', 'Only one key allowed in match expression [1:31]'],
    ['a prefix that is no text', '{"a":[{"prefix":1}]}', 'prefix match pattern must be a string [1:18]'],
    ['a list of suffixes', '{"a":[{"suffix":["b"]}]}', 'suffix match pattern must be a string [1:18]'],
    ['a nested prefix', '{"a":[{"prefix":{"wildcard":"b"}}]}', 'Unsupported prefix pattern: wildcard [1:30]'],
    ['exists with a text', '{"a":[{"exists":"true"}]}', 'exists match pattern must be either true or false. [1:18]'],
    ['equals-ignore-case with a list', '{"a":[{"equals-ignore-case":["b"]}]}', 'equals-ignore-case match pattern must be a string [1:30]'],
    ['a CIDR that is no text', '{"a":[{"cidr":10}]}', 'prefix match pattern must be a string [1:17]'],
    ['a CIDR without a mask', '{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
    ['a CIDR with a word as mask', '{"a":[{"cidr":"10.0.0.0/x"}]}', 'Malformed CIDR, mask bits must be an integer'],
    ['a CIDR of one address', '{"a":[{"cidr":"10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
    ['a CIDR of a name', '{"a":[{"cidr":"host/8"}]}', 'Nonstandard IP address: host'],
    ['a CIDR over the range', '{"a":[{"cidr":"300.0.0.0/8"}]}', 'Invalid IP address: 300.0.0.0'],
    ['a numeric that is no array', '{"a":[{"numeric":5}]}', 'Value of numeric must be an array. [1:19]'],
    ['an empty numeric', '{"a":[{"numeric":[]}]}', 'Invalid member in numeric match: ] [1:20]'],
    ['a numeric without an operator', '{"a":[{"numeric":[5]}]}', 'Invalid member in numeric match: 5 [1:20]'],
    ['an unknown operator', '{"a":[{"numeric":["!=",5]}]}', 'Unrecognized numeric range operator: != [1:25]'],
    ['a numeric with a text', '{"a":[{"numeric":["=","5"]}]}', 'Value of equals must be numeric [1:24]'],
    ['a numeric that goes on', '{"a":[{"numeric":["=",5,"<",6]}]}', 'Too many elements in numeric expression [1:26]'],
    ['a range with a wrong end', '{"a":[{"numeric":[">",5,">",6]}]}', 'Bad numeric range operator: > [1:28]'],
    ['a range without an end', '{"a":[{"numeric":[">",5,"<"]}]}', 'Value of < must be numeric [1:29]'],
    ['a range that goes on', '{"a":[{"numeric":[">",5,"<",6,7]}]}', 'Too many terms in numeric range expression [1:32]'],
    ['a range upside down', '{"a":[{"numeric":[">",6,"<",5]}]}', 'Bottom must be less than top [1:31]'],
    ['a number over the range', '{"a":[{"numeric":["<",5000000001]}]}', 'Value must be between -5.0E9 and 5.0E9, inclusive [1:34]'],
    ['anything-but true', '{"a":[{"anything-but":true}]}', 'Value of anything-but must be an array or single string/number value. [1:27]'],
    ['anything-but with numeric', '{"a":[{"anything-but":{"numeric":["=",1]}}]}', 'Unsupported anything-but pattern: numeric [1:35]'],
    ['anything-but with an empty prefix', '{"a":[{"anything-but":{"prefix":""}}]}', 'Null prefix/suffix not allowed [1:35]'],
    [
      'anything-but with a nested object',
      '{"a":[{"anything-but":{"prefix":{"b":1}}}]}',
      'Value of anything-but must be an array or single string/number value. [1:34]',
    ],
    [
      'anything-but with mixed values',
      '{"a":[{"anything-but":["b",1]}]}',
      'Inside anything but list, either all values are number or string, mixed type is not supported [1:30]',
    ],
    [
      'anything-but with null in a list: the place twice',
      '{"a":[{"anything-but":[null]}]}',
      'Inside anything but list, start|null|boolean is not supported. [1:28] [1:28]',
    ],
    [
      'anything-but a number over the range: no place',
      '{"a":[{"anything-but":1e11}]}',
      'Value must be between -5.0E9 and 5.0E9, inclusive',
    ],
    ['two stars', '{"a":[{"wildcard":"ab**"}]}', 'Consecutive wildcard characters at pos 3 [1:25]'],
    ['an unknown escape', '{"a":[{"wildcard":"é\\\\n"}]}', 'Invalid escape character at pos 3 [1:25]'],
    ['a wildcard that is no text', '{"a":[{"wildcard":1}]}', 'wildcard match pattern must be a string [1:20]'],
    [
      'the wildcard that the guide calls too complex',
      '{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}',
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    ],
    ['the wildcard that the guide offers instead', '{"a":[{"wildcard":"arn:aws:events:us-east-1:*:event-bus/*"}]}', 'valid'],
    ['$or with an object', '{"$or":{"a":[1]}}', 'It must be an Array followed with $or. [1:9]'],
    ['$or with one branch', '{"$or":[{"a":[1]}]}', 'There must have at least 2 Objects in $or relationship. [1:19]'],
    ['$or with a text', '{"$or":["a","b"]}', 'Only JSON object is allowed in array of $or relationship. [1:10]'],
    [
      '$or with an operator as a field',
      '{"$or":[{"prefix":["a"]},{"b":[1]}]}',
      'prefix is Ruler reserved fieldName which cannot be used inside $or. [1:20]',
    ],
    [
      'a word',
      'yes',
      "Unrecognized token 'yes': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') [1:4]",
    ],
    [
      'a missing comma',
      '{"a":[1] "b":[2]}',
      "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries [1:11]",
    ],
    ['a name without quotes', '{a:[1]}', "Unexpected character ('a' (code 97)): was expecting double-quote to start field name [1:3]"],
    ['an end too early', '{"a":[1]', 'Unexpected end-of-input: expected close marker for Object (start marker at [1:1]) [1:9]'],
    ['a thousand branches', JSON.stringify({ $or: branches('a', 40), b: { $or: branches('c', 25) } }), 'valid'],
    [
      'over a thousand branches',
      JSON.stringify({ $or: branches('a', 40), b: { $or: branches('c', 26) } }),
      'Too many combinations of $or conditions: at most 1000 are allowed',
    ],
  ])('says what is wrong with %s', (_, text, reason) => {
    expect(rejection(text)).toBe(reason);
  });
});

function branches(name: string, count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({ [name]: [i] }));
}
