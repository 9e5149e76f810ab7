import { describe, expect, it } from 'vitest';
import { createAws } from '@/sim/aws';
import type { JsonObject } from '@/sim/kernel/json';
import { testSandboxes } from '../../../test/sandboxes';
import { type EventRouterProps, jobOf, printJson, ruleText } from './router-setup';
import { simulateRouter } from './simulate-router';

const ORDER: JsonObject = {
  source: 'com.example.shop',
  'detail-type': 'OrderPlaced',
  detail: {
    orderId: 17,
    total: 49,
    lines: [
      { sku: 'kettle', qty: 1 },
      { sku: 'lid', qty: 3 },
    ],
  },
};

function run(change: Partial<EventRouterProps>, texts: { event?: string; rules?: Record<string, string>; bus?: string } = {}) {
  const props: EventRouterProps = { id: 'r', title: 'Router', rules: [], events: [{ name: 'order', event: ORDER }], ...change };
  const events = (props.events ?? []).map(({ name, event }) => ({ name, text: texts.event ?? printJson(event) }));
  return simulateRouter(jobOf(props, texts.rules ?? {}, events, texts.bus ?? 'default'), createAws);
}

/** What a pattern says of the order: matched or not, and the keys that fail. */
function verdict(pattern: JsonObject, event?: string): [boolean | undefined, string[]] {
  const { outcome } = run({ rules: [{ name: 'rule', pattern }] }, event === undefined ? {} : { event });
  const [rule] = outcome.events[0]?.rules ?? [];
  return [rule?.isMatched, rule?.keys.filter((key) => !key.holds).map((key) => key.path) ?? []];
}

describe('a run of an event router', () => {
  it.each<[JsonObject, boolean, string[]]>([
    [{ source: ['com.example.shop'] }, true, []],
    [{ 'detail-type': ['orderplaced'] }, false, ['detail-type']],
    [{ detail: { orderId: ['17'], coupon: [{ exists: false }] } }, false, ['detail.orderId']],
    [{ detail: { coupon: [{ exists: true }], total: [{ numeric: ['>', 100] }] } }, false, ['detail.coupon', 'detail.total']],
    [{ $or: [{ source: ['x'] }, { detail: { total: [{ numeric: ['<', 50] }] } }] }, true, []],
    [{ $or: [{ source: ['x'], account: ['1'] }, { detail: { total: [{ numeric: ['>', 50] }] } }] }, false, ['detail.total']],
  ])('says of %j whether it matches, and which keys do not hold', (pattern, isMatched, failing) => {
    expect(verdict(pattern)).toEqual([isMatched, failing]);
  });

  it('tells keys that hold only in different elements of a list', () => {
    const { outcome } = run({ rules: [{ name: 'rule', pattern: { detail: { lines: { sku: ['kettle'], qty: [3] } } } }] });
    expect(outcome.events[0]?.rules[0]).toMatchObject({
      isMatched: false,
      apart: 'detail.lines.sku',
      keys: [{ holds: true }, { holds: true }],
    });
  });

  it('shows the value seen beside the values wanted, a number as it is spelled', () => {
    const { outcome } = run(
      { rules: [{ name: 'rule', pattern: { detail: { total: ['49', 50] } } }] },
      { event: '{"source":"s","detail-type":"d","detail":{"total":49.0}}' },
    );
    expect(outcome.events[0]?.rules[0]?.keys).toEqual([{ path: 'detail.total', holds: false, wanted: ['"49"', '50'], seen: ['49.0'] }]);
  });

  it('passes on what AWS says of a pattern, with its place, and routes by the other rules', () => {
    const { outcome } = run({
      rules: [
        { name: 'broken', pattern: '{\n  "source": "com.example.shop"\n}' },
        { name: 'good', pattern: { source: ['com.example.shop'] }, targets: [{ to: 'queue:orders' }] },
      ],
    });
    expect(outcome.refusedRules.broken).toMatchObject({ code: 'InvalidEventPatternException', line: 2 });
    expect(outcome.refusedRules.broken?.message).toContain('Event pattern is not valid. Reason: "source" must be an object or an array');
    expect(outcome.events[0]?.rules.map(({ rule, isMatched }) => [rule, isMatched])).toEqual([['good', true]]);
  });

  it.each([
    ['{"source":', 'SerializationException'],
    ['{"source":"com.example.shop","detail-type":"x"}', 'InvalidArgument'],
    ['{"source":"aws.s3","detail-type":"x","detail":{}}', 'NotAuthorizedForSourceException'],
    ['{"source":"s","detail-type":"x","detail":"text"}', 'MalformedDetail'],
  ])('refuses the event %s', (event, code) => {
    expect(run({ rules: [] }, { event }).outcome.events[0]).toMatchObject({ eventId: null, refused: { code } });
  });

  it('knows buses apart, and follows an event that a rule forwards', () => {
    const rules = [
      { name: 'here', pattern: { source: ['com.example.shop'] } },
      { name: 'there', bus: 'shop', pattern: { source: ['com.example.shop'] } },
    ];
    const seen = (bus: string, more = rules) =>
      run({ buses: ['shop'], rules: more }, { bus }).outcome.events[0]?.rules.map(({ isOnBus, isMatched }) => [isOnBus, isMatched]);
    expect(seen('default')).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(seen('shop')).toEqual([
      [false, false],
      [true, true],
    ]);
    const [here, there] = rules;
    const forwarding = [{ ...here, targets: [{ to: 'bus:shop' as const }] }, there] as typeof rules;
    expect(seen('default', forwarding)).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  it('retries a throttled target and sends what it gives up to the dead-letter queue', () => {
    const rule = { name: 'ship', pattern: { source: ['com.example.shop'] } };
    const types = (target: object) =>
      run({ rules: [{ ...rule, targets: [{ to: 'queue:orders' as const, ...target }] }] })
        .facts.map(({ type }) => type)
        .filter((type) => /TargetDelivered|TargetRetryScheduled|EventDeadLettered|EventDropped/.test(type));
    expect(types({ failsFirst: 2 })).toEqual(['events:TargetRetryScheduled', 'events:TargetRetryScheduled', 'events:TargetDelivered']);
    expect(types({ failsFirst: 2, retries: 1, deadLetterQueue: 'late' })).toEqual([
      'events:TargetRetryScheduled',
      'events:EventDeadLettered',
    ]);
    expect(types({ missing: true, deadLetterQueue: 'late' })).toEqual(['events:EventDeadLettered']);
    expect(types({ failsFirst: 1, failsWith: 'no-permission' })).toEqual(['events:EventDropped']);
  });

  it('calls a function and is done with the event when Lambda has it', async () => {
    const sandboxes = await testSandboxes();
    const functions = { ship: 'export const handler = async () => { throw new Error("no carrier"); };' };
    const rules = [{ name: 'ship', pattern: { source: ['com.example.shop'] }, targets: [{ to: 'function:ship' as const }] }];
    const props: EventRouterProps = { id: 'r', title: 'Router', rules, functions };
    const { facts } = simulateRouter(jobOf(props, {}, [{ name: 'order', text: printJson(ORDER) }], 'default'), createAws, sandboxes);
    const count = (type: string) => facts.filter((fact) => fact.type === type).length;
    expect([count('events:TargetInvoked'), count('events:TargetDelivered'), count('lambda:InvocationEnded')]).toEqual([1, 1, 3]);
  });

  it('tells the next runs of a schedule and fires it while time passes', () => {
    const schedule = {
      events: [],
      rules: [{ name: 'nightly', schedule: 'cron(30 10 * * ? *)', targets: [{ to: 'queue:jobs' as const }] }],
    };
    const { outcome, facts } = run({ ...schedule, passMinutes: 26 * 60 });
    expect(outcome.schedules[0]?.runs.slice(0, 2).map((at) => new Date(at).toISOString())).toEqual([
      '2026-11-02T10:30:00.000Z',
      '2026-11-03T10:30:00.000Z',
    ]);
    expect(facts.filter((fact) => fact.type === 'sqs:MessageSent')).toHaveLength(2);
    const { outcome: refused } = run(schedule, { rules: { nightly: 'rate(1 hours)' } });
    expect(refused.refusedRules.nightly?.message).toBe('Parameter ScheduleExpression is not valid.');
  });

  it('gives the same facts again', () => {
    const rules = [{ name: 'ship', pattern: { source: ['com.example.shop'] }, targets: [{ to: 'queue:orders' as const, failsFirst: 2 }] }];
    expect(run({ rules }).facts).toEqual(run({ rules }).facts);
  });
});

describe('the text of a rule', () => {
  it.each([
    [
      { name: 'a', pattern: { source: ['x'], detail: { total: [{ numeric: ['>', 1] }] } } },
      '{\n  "source": ["x"],\n  "detail": { "total": [{ "numeric": [">", 1] }] }\n}',
    ],
    [{ name: 'a', schedule: 'rate(1 hour)' }, 'rate(1 hour)'],
    [{ name: 'a', pattern: '{"as": written' }, '{"as": written'],
  ])('of %j', (rule, text) => {
    expect(ruleText(rule)).toBe(text);
  });
});
