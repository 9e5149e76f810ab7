import { describe, expect, it } from 'vitest';
import { CHARGE, DEAD_LETTERS, RETRIED, traceOf } from './example-trace';
import type { Lane } from './lane-sheet';
import { lanesOf } from './lanes';
import { timeOfLanes } from './time-of-lanes';

/** One line a segment: `cold 70-220 init`. */
function drawn(lane: Lane | undefined): string[] {
  return lane?.segments.map((segment) => `${segment.kind} ${segment.from}-${segment.to} ${segment.label}`) ?? [];
}

describe('lanes of Lambda', () => {
  const lanes = lanesOf(RETRIED);

  it('stand in the order queue, environments', () => {
    expect(lanes.map((lane) => lane.label)).toEqual(['Async queue', 'Env. 1', 'Env. 2']);
  });

  it('show the wait for a retry from the failure to the next attempt', () => {
    expect(drawn(lanes[0])).toEqual(['wait 224-60430 wait 1 min']);
  });

  it('show init, invocation and idle time, and where an environment ends', () => {
    expect(drawn(lanes[1])).toEqual(['cold 70-220 init', 'fault 220-224 error', 'ash 224-30224 frozen']);
    expect(lanes[1]?.marks).toMatchObject([{ kind: 'gone', at: 30_224 }]);
    expect(drawn(lanes[2])).toEqual(['cold 60280-60430 init', 'warm 60430-60433 ok', 'ash 60433-60433 frozen']);
  });

  it('leave what is still going open to the end of the trace', () => {
    const running = lanesOf(RETRIED.slice(0, 7));
    expect(drawn(running[0])).toEqual(['cold 70-220 init', 'warm 220-220 invoke']);
    expect(running[0]?.segments[1]?.endFact).toBeNull();
  });

  it('give waits that overlap rows of their own', () => {
    const wait = (requestId: string) => ({ requestId, attempt: 2, waitMs: 60_000, dueAt: 60_000, reason: 'function-error' });
    const [lane] = lanesOf(
      traceOf([
        [0, 'lambda:AttemptScheduled', wait('a')],
        [10, 'lambda:AttemptScheduled', wait('b')],
      ]),
    );
    expect(lane?.rows).toBe(2);
    expect(lane?.segments.map((segment) => segment.row)).toEqual([0, 1]);
  });

  it('name the function where there are several', () => {
    const other = CHARGE.replace('charge', 'ship');
    const names = lanesOf(
      traceOf([
        [0, 'lambda:EnvironmentCreated', { environmentId: 'e1' }],
        [0, 'lambda:InitStarted', { environmentId: 'e1' }],
        [5, 'lambda:EnvironmentCreated', { environmentId: 'e2' }, null, other],
        [5, 'lambda:InitStarted', { environmentId: 'e2' }, null, other],
      ]),
    ).map((lane) => lane.label);
    expect(names).toEqual(['charge, env. 1', 'ship, env. 1']);
  });
});

describe('lanes of queues and hosts', () => {
  it('count the messages that a queue holds', () => {
    const sent = (messageId: string) => ({ messageId, body: '{}', attributes: {} });
    const [lane] = lanesOf(
      traceOf([
        [0, 'sqs:MessageSent', sent('m1'), null, DEAD_LETTERS],
        [10, 'sqs:MessageSent', sent('m2'), null, DEAD_LETTERS],
        [20, 'sqs:MessageDeleted', { messageId: 'm1' }, null, DEAD_LETTERS],
        [30, 'sqs:QueuePurged', { messages: 1 }, null, DEAD_LETTERS],
      ]),
    );
    expect(lane?.label).toBe('charge-dlq');
    expect(drawn(lane)).toEqual(['held 0-10 1', 'held 10-20 2', 'held 20-30 1']);
  });

  it('let a host be busy until it answers, even if nobody listens any more', () => {
    const request = { method: 'POST', url: 'https://payments.example/charges', status: 201, afterMs: 5000, effect: null };
    const facts = traceOf([[100, 'internet:RequestReceived', request, null, 'https://payments.example']]);
    expect(drawn(lanesOf(facts)[0])).toEqual(['host 100-5100 201']);
    expect(lanesOf(facts, { hosts: false })).toEqual([]);
  });
});

describe('the time axis of lanes', () => {
  it('folds waiting, not working', () => {
    const { stretches } = timeOfLanes(lanesOf(RETRIED), RETRIED);
    const folded = stretches.filter((stretch) => stretch.folded).map((stretch) => `${stretch.from}-${stretch.to}`);
    expect(folded).toEqual(['0-70', '224-30224', '30224-60280']);
  });
});
