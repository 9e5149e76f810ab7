import { describe, expect, it } from 'vitest';
import { readQuery } from './query';
import type { Source } from './row';
import { runQuery } from './run';
import { QueryError } from './tokens';

const START = Date.UTC(2026, 10, 2, 10, 0, 0);
const REQUEST = '5e5c3f0a-1111-4222-8333-444455556666';

const LINES: [second: number, message: string][] = [
  [0, `START RequestId: ${REQUEST} Version: $LATEST\n`],
  [1, `2026-11-02T10:00:01.000Z\t${REQUEST}\tERROR\tcharge failed user=ada id=7\n`],
  [
    2,
    `REPORT RequestId: ${REQUEST}\tDuration: 120.50 ms\tBilled Duration: 121 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: 80.00 ms\n`,
  ],
  [61, '{"level":"INFO","user":{"name":"ada"},"ms":10,"ok":true}'],
  [62, '{"level":"WARN","user":{"name":"bob"},"ms":30}'],
  [400, '{"level":"INFO","user":{"name":"ada"},"ms":20}'],
];

const SOURCES: Source[] = LINES.map(([second, message], i) => ({
  timestamp: START + second * 1000,
  ingestionTime: START + second * 1000,
  message,
  logStream: i < 3 ? 'a' : 'b',
  log: '111122223333:/aws/lambda/charge',
  groupName: '/aws/lambda/charge',
  ptr: `p${i}`,
}));

function run(query: string): Record<string, string>[] {
  return runQuery(readQuery(query), SOURCES, 1000).results.map((row) =>
    Object.fromEntries(row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field, value])),
  );
}

describe('Insights', () => {
  it.each([
    ['fields @message | filter @message like /charge/ | limit 1', [{ '@message': LINES[1]?.[1] }]],
    [
      'fields @timestamp | sort @timestamp asc | limit 2',
      [{ '@timestamp': '2026-11-02 10:00:00.000' }, { '@timestamp': '2026-11-02 10:00:01.000' }],
    ],
    ['fields @timestamp, level | limit 1', [{ '@timestamp': '2026-11-02 10:06:40.000', level: 'INFO' }]],
    ['filter level = "WARN" | display user.name, ms', [{ 'user.name': 'bob', ms: '30' }]],
    ['filter ms > 10 and level in ["INFO", "ERROR"] | display ms', [{ ms: '20' }]],
    ['filter not (level = "INFO") and ispresent(level) | display ms', [{ ms: '30' }]],
    ['filter @message not like "level" | stats count(*) as n', [{ n: '3' }]],
    [
      'filter @type = "REPORT" | display @requestId, @duration, @billedDuration, @maxMemoryUsed, @initDuration',
      [{ '@requestId': REQUEST, '@duration': '120.5', '@billedDuration': '121', '@maxMemoryUsed': '64000000', '@initDuration': '80' }],
    ],
    ['stats count(*)', [{ 'count(*)': '6' }]],
    [
      'stats avg(ms), max(ms), min(ms), sum(ms), pct(ms, 50)',
      [{ 'avg(ms)': '20', 'max(ms)': '30', 'min(ms)': '10', 'sum(ms)': '60', 'pct(ms, 50)': '20' }],
    ],
    [
      'filter ispresent(ms) | stats count(*) as n by level | sort n desc',
      [
        { level: 'INFO', n: '2' },
        { level: 'WARN', n: '1' },
      ],
    ],
    [
      'stats count(*) by bin(5m) | sort `bin(5m)` asc',
      [
        { 'bin(5m)': '2026-11-02 10:00:00.000', 'count(*)': '5' },
        { 'bin(5m)': '2026-11-02 10:05:00.000', 'count(*)': '1' },
      ],
    ],
    ['stats count_distinct(user.name) as users', [{ users: '2' }]],
    ['stats latest(ms) as last, earliest(ms) as first', [{ last: '20', first: '10' }]],
    ['filter @message like "user=" | parse @message "user=* id=*" as who, id | display who, id', [{ who: 'ada', id: '7\n' }]],
    ['parse @message /user=(?<who>\\w+)/ | filter ispresent(who) | display who', [{ who: 'ada' }]],
    [
      'filter ispresent(level) | sort ms asc | dedup user.name | display user.name, ms',
      [
        { 'user.name': 'ada', ms: '10' },
        { 'user.name': 'bob', ms: '30' },
      ],
    ],
    ['fields ms * 2 + 1 as twice, toupper(user.name) as who | filter level = "WARN"', [{ twice: '61', who: 'BOB' }]],
    ['filter ok = 1 | display ok, strlen(level) as n', [{ ok: '1', n: '4' }]],
    ['fields concat(user.name, "-", level) as x # a remark\n| filter ms = 30', [{ x: 'bob-WARN' }]],
    ['stats sum(ms) / count(ms) as mean', [{ mean: '20' }]],
    ['stats count(*) as n by datefloor(@timestamp, 1h) as hour', [{ hour: '2026-11-02 10:00:00.000', n: '6' }]],
  ])('%s', (query, expected) => {
    expect(run(query)).toEqual(expected);
  });

  it('shows time and message when the query names no fields, the newest first', () => {
    const rows = run('');
    expect(rows).toHaveLength(6);
    expect(rows[0]).toEqual({ '@timestamp': '2026-11-02 10:06:40.000', '@message': LINES[5]?.[1] });
  });

  it.each([
    ['fieldz @message', 'unexpected symbol found fieldz at line 1 and position 0', 0, 6],
    ['fields @message\n| filter', 'unexpected the end of the query at line 2 and position 8', 24, 24],
    ['fields nosuch(1)', 'invalid function nosuch', 7, 16],
    ['filter count(*) > 1', 'aggregate functions are only allowed in the stats command', 0, 19],
    ['limit 0', 'limit takes a number from 1 to 10000', 6, 7],
    ['parse @message "a=*" as x, y', 'parse has 1 wildcards and 2 names', 15, 20],
    ['pattern @message', 'the command pattern is not part of this simulator', 0, 7],
  ])('refuses %s', (query, message, start, end) => {
    let thrown: unknown;
    try {
      readQuery(query);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(QueryError);
    expect(thrown).toMatchObject({ message, start, end });
  });
});
