import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ask,
  BROKEN,
  BUS,
  createEventsWorld,
  DEVICE,
  DLQ,
  ENTRY,
  expectConservation,
  OTHER,
  putEvent,
  QUEUE,
  THROTTLED,
} from '../../../test/events-world';
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { formatTrace } from '../../kernel/trace';

const SECOND_BUS = `arn:aws:events:eu-west-1:${OTHER}:event-bus/default`;
const DENIED: Fault = { code: 'AccessDeniedException', message: 'No.', status: 403, side: 'client' };

const target = fc.record({
  Arn: fc.constantFrom(QUEUE, DEVICE, DEVICE, `${QUEUE}-gone`, SECOND_BUS, BUS, 'arn:aws:nothing:eu-west-1:1:x'),
  DeadLetterConfig: fc.constantFrom(undefined, { Arn: DLQ }, { Arn: `${DLQ}-gone` }),
  RetryPolicy: fc.constantFrom(undefined, { MaximumRetryAttempts: 0 }, { MaximumRetryAttempts: 3 }, { MaximumEventAgeInSeconds: 60 }),
  InputPath: fc.constantFrom(undefined, '$.detail', '$.detail.gone'),
});
const rule = fc.record({
  pattern: fc.constantFrom<JsonObject>(
    { source: ['com.example.shop'] },
    { detail: { orderId: [{ numeric: ['>', 17] }] } },
    { source: [{ prefix: 'com.' }], detail: { who: { name: [{ exists: false }] } } },
  ),
  targets: fc.array(target, { maxLength: 3 }),
});
const failure = fc.constantFrom(THROTTLED, BROKEN, DENIED);
const detail = fc.constantFrom(ENTRY.Detail, '{"orderId":18}', '{}');

describe('a bus', () => {
  it('loses nothing: every event and every delivery ends, and the trace holds all of it', () => {
    const plan = fc.record({
      rules: fc.array(rule, { maxLength: 4 }),
      elsewhere: fc.array(rule, { maxLength: 2 }),
      failures: fc.array(failure, { maxLength: 12 }),
      events: fc.array(detail, { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(plan, ({ rules, elsewhere, failures, events }) => {
        const run = () => {
          const world = createEventsWorld({ failures: [...failures] });
          ask(world, 'CreateArchive', { ArchiveName: 'kept', EventSourceArn: BUS });
          for (const [account, list] of [
            [undefined, rules],
            [OTHER, elsewhere],
          ] as const) {
            list.forEach(({ pattern, targets }, i) => {
              ask(world, 'PutRule', { Name: `rule-${i}`, EventPattern: JSON.stringify(pattern) }, account);
              const Targets = targets.map((each, j) => JSON.parse(JSON.stringify({ Id: `t${j}`, ...each })) as JsonObject);
              if (Targets.length > 0) ask(world, 'PutTargets', { Rule: `rule-${i}`, Targets }, account);
            });
          }
          for (const Detail of events) putEvent(world, { Detail });
          world.runUntilIdle();
          return world;
        };
        const world = run();
        expectConservation(world);
        expect(world.stateAt('events', world.trace.length - 1)).toEqual(world.state('events'));
        expect(formatTrace(run().trace)).toBe(formatTrace(world.trace));
      }),
      { numRuns: 60 },
    );
  });
});
