import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile';

function matching(pattern: string, messages: string[]): string[] {
  const compiled = compilePattern(pattern);
  if ('refused' in compiled) throw new Error(compiled.refused);
  return messages.filter((message) => compiled.matches(message));
}

const ERRORS = ['[ERROR 400] BAD REQUEST', '[ERROR 401] UNAUTHORIZED REQUEST', '[ERROR 419] MISSING ARGUMENTS', '[INFO] REQUEST DONE'];
const [BAD, UNAUTHORIZED, MISSING, DONE] = ERRORS as [string, string, string, string];

const ACCESS = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';
const OTHER = '10.0.0.7 - ada [10/Oct/2000:13:25:16 -0700] "POST /pay HTTP/1.0" 201 80';

describe('filter patterns', () => {
  it.each([
    ['', ERRORS],
    ['" "', ERRORS],
    ['ERROR', [BAD, UNAUTHORIZED, MISSING]],
    ['error', []],
    ['ERROR REQUEST', [BAD, UNAUTHORIZED]],
    ['?ARGUMENTS ?DONE', [MISSING, DONE]],
    ['ERROR -REQUEST', [MISSING]],
    ['-ERROR', [DONE]],
    ['"BAD REQUEST"', [BAD]],
    ['ERROR -"BAD REQUEST"', [UNAUTHORIZED, MISSING]],
    ['?ARGUMENTS REQUEST', [BAD, UNAUTHORIZED, DONE]],
    ['%4[01]0%', [BAD]],
    ['%AUTHORIZED%', [UNAUTHORIZED]],
    ['%^\\[INFO%', [DONE]],
  ])('of terms: %s', (pattern, expected) => {
    expect(matching(pattern, ERRORS)).toEqual(expected);
  });

  const EVENT = JSON.stringify({
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    objectList: [{ name: 'a', id: 1 }, { id: 2 }],
    SomeObject: null,
    ThisFlag: true,
    off: false,
    latency: 50.5,
    code: '404',
    'dotted.name': 'yes',
  });

  it.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{ $.eventType = "Update" }', false],
    ['{ $.eventType = Update* }', true],
    ['{ $.eventType = "*Trail" }', true],
    ['{ $.eventType != "UpdateTrail" }', false],
    ['{$.eventType=UpdateTrail}', true],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[1] = "value" }', false],
    ['{ $.arrayKey[*] = "another value" }', true],
    ['{ $.objectList[1].id = 2 }', true],
    ['{ $.objectList[5].id = 2 }', false],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.eventType IS NULL }', false],
    ['{ $.missing IS NULL }', false],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.SomeObject NOT EXISTS }', false],
    ['{ $.ThisFlag IS TRUE }', true],
    ['{ $.off IS TRUE }', false],
    ['{ $.off IS FALSE }', true],
    ['{ $.latency > 50 }', true],
    ['{ $.latency >= 50.5 && $.latency <= 5.05e1 }', true],
    ['{ $.latency < 50.5 }', false],
    ['{ $.code = 404 }', true],
    ['{ $.code = 4* }', true],
    ['{ $.missing = 1 }', false],
    ["{ $['dotted.name'] = yes }", true],
    ['{ $.eventType = %Update|Delete% }', true],
    ['{ ($.latency > 100 || $.ThisFlag IS TRUE) && $.code = 404 }', true],
    ['{ $.latency > 100 || $.ThisFlag IS TRUE && $.code = 500 }', false],
  ])('of JSON: %s', (pattern, expected) => {
    expect(matching(pattern, [EVENT]).length === 1).toBe(expected);
    expect(matching(pattern, ['not JSON'])).toEqual([]);
  });

  it.each([
    ['[ip, identity, user, timestamp, request, status_code, bytes]', [ACCESS, OTHER]],
    ['[ip, identity, user, timestamp, request, status_code = 404, bytes]', [ACCESS]],
    ['[ip, identity, user, timestamp, request = *.html*, status_code = 4*, bytes]', [ACCESS]],
    ['[..., status_code = 404, bytes]', [ACCESS]],
    ['[..., status_code = 404 || status_code = 201, bytes > 100]', [ACCESS]],
    ['[ip = 127.0.0.1, ..., bytes]', [ACCESS]],
    ['[ip != 127.0.0.1, ...]', [OTHER]],
    ['[ip = %^10\\.%, ...]', [OTHER]],
    ['[w1=10.0.0.7, w2]', [OTHER]],
    ['[w1!=10.0.0.7 && w1!=127.0.0.1, w2]', []],
    ['[w1=10.0.0.7]', []],
    ['[]', [ACCESS, OTHER]],
    ['[a, b, c, d, e, f, g, h]', []],
  ])('of fields: %s', (pattern, expected) => {
    expect(matching(pattern, [ACCESS, OTHER])).toEqual(expected);
  });

  it.each([
    [
      '[..., size]',
      ACCESS,
      { $1: '127.0.0.1', $2: '-', $3: 'frank', $4: '10/Oct/2000:13:25:15 -0700', $5: 'GET /index.html HTTP/1.0', $6: '404', $size: '1534' },
    ],
    ['{ $.a.b = 1 || $.c EXISTING }', '', null],
    ['{ $.a.b > 0 && $.c = * }', '{"a":{"b":7},"c":"x"}', { '$.a.b': '7', '$.c': 'x' }],
    ['ERROR', 'ERROR 1', {}],
  ])('extract the fields that they name: %s', (pattern, message, expected) => {
    const compiled = compilePattern(pattern);
    if ('refused' in compiled) expect(expected).toBeNull();
    else expect(compiled.extract(message)).toEqual(expected);
  });

  it.each([
    ['foo-bar', "Invalid character(s) in term 'foo-bar'"],
    ['"open', 'Invalid filter pattern'],
    ['{ $.a > "text" }', 'Invalid filter pattern'],
    ['{ $.a = 1', 'Invalid filter pattern'],
    ['{ $.a EXISTS }', 'Invalid filter pattern'],
    ['{ a = 1 }', 'Invalid filter pattern'],
    ['[a, b', 'Invalid filter pattern'],
    ['[a, b=1 && c=2]', 'Invalid filter pattern'],
    ['[..., a, ...]', 'Invalid filter pattern'],
    ['%(a|b)%', 'Invalid filter pattern: %(a|b)%'],
    ['%a% %b% %c%', 'Invalid filter pattern: a pattern may hold 2 regular expressions.'],
  ])('are refused: %s', (pattern, refused) => {
    expect(compilePattern(pattern)).toEqual({ refused });
  });
});
