import { CreateQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { must, queueArn } from '../../../../test/lambda-world';
import { createMappingWorld, JOBS, JOBS_FIFO, queueUrl } from '../../../../test/mapping-world';
import { canonicalJson } from '../../../kernel/trace';
import type { SqsState } from '../../sqs/queue';
import type { LambdaState } from '../state';

type Fate = 'ok' | 'throws' | 'reported' | 'nonsense' | 'filtered';

const FATES: Fate[] = ['ok', 'throws', 'reported', 'nonsense', 'filtered'];

const setups = fc.record({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 40 }),
  isFifo: fc.boolean(),
  batchSize: fc.integer({ min: 1, max: 10 }),
  windowSeconds: fc.constantFrom(0, 3),
  maximum: fc.option(fc.integer({ min: 2, max: 8 })),
  redrives: fc.boolean(),
  durationMs: fc.integer({ min: 1, max: 2900 }),
  /** Throttled, and switched off and on again, at these seconds. */
  stopAt: fc.integer({ min: 0, max: 90 }),
  switchAt: fc.integer({ min: 0, max: 90 }),
  runSeconds: fc.integer({ min: 1, max: 400 }),
});

describe('a mapped queue', () => {
  it('loses no message: each is deleted, filtered, dead-lettered or still there', async () => {
    await fc.assert(
      fc.asyncProperty(
        setups,
        async ({ fates, isFifo, batchSize, windowSeconds, maximum, redrives, durationMs, stopAt, switchAt, runSeconds }) => {
          const at = await createMappingWorld({
            behave: ({ Records }) => {
              const kinds = Records.map(({ body }) => (JSON.parse(body) as { fate: Fate }).fate);
              if (kinds.includes('throws')) return { throws: 'no', durationMs };
              if (kinds.includes('nonsense')) return { returns: { batchItemFailures: [{ itemIdentifier: 'nobody' }] }, durationMs };
              const failed = Records.filter((_record, i) => kinds[i] === 'reported').map(({ messageId }) => ({
                itemIdentifier: messageId,
              }));
              return { returns: { batchItemFailures: failed }, durationMs };
            },
          });
          const [queue, arn] = isFifo ? ['jobs.fifo', JOBS_FIFO] : ['jobs', JOBS];
          const dead = isFifo ? 'dead.fifo' : 'dead';
          await at.sqs.send(new CreateQueueCommand({ QueueName: dead, ...(isFifo ? { Attributes: { FifoQueue: 'true' } } : {}) }));
          if (redrives) {
            const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(dead), maxReceiveCount: 2 });
            await at.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(queue), Attributes: { RedrivePolicy } }));
          }
          const uuid = await at.map({
            EventSourceArn: arn,
            BatchSize: batchSize,
            MaximumBatchingWindowInSeconds: isFifo ? 0 : windowSeconds,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
            FilterCriteria: { Filters: [{ Pattern: '{"body":{"fate":[{"anything-but":"filtered"}]}}' }] },
            ...(maximum === null ? {} : { ScalingConfig: { MaximumConcurrency: maximum } }),
          });
          const bodies = fates.map((fate, n) => JSON.stringify({ n, fate }));
          await at.send(bodies, queue, isFifo ? (body) => `g${body.length % 3}` : undefined);
          const start = at.world.now;
          const end = start + runSeconds * 1000;
          for (const [second, stops] of [
            [Math.min(stopAt, switchAt), stopAt <= switchAt],
            [Math.max(stopAt, switchAt), stopAt > switchAt],
          ] as const) {
            at.world.runUntil(Math.min(end, start + second * 1000));
            if (stops)
              must(at.world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'worker', ReservedConcurrentExecutions: second % 2 });
            else must(at.world, 'lambda', 'UpdateEventSourceMapping', { UUID: uuid, Enabled: second % 2 === 0 });
          }
          at.world.runUntil(Math.max(end, at.world.now));
          const queues = at.world.state<SqsState>('sqs').queues;
          const deleted = at.world.trace.filter(({ type, resource }) => type === 'sqs:MessageDeleted' && resource === arn).length;
          const [there, moved] = [queues[arn]?.messages.length ?? 0, queues[queueArn(dead)]?.messages.length ?? 0];
          expect(deleted + there + moved).toBe(fates.length);
          const filtered = at.facts('lambda:EventsFilteredOut').flatMap(({ data }) => data.messages).length;
          const handled = at.facts('lambda:MessagesDeleted').reduce((sum, { data }) => sum + data.count, 0);
          expect(handled).toBe(deleted);
          expect(filtered).toBeLessThanOrEqual(fates.filter((fate) => fate === 'filtered').length);
          // What was done with is gone for good reasons only: every success was deleted after its batch.
          const mapping = at.world.state<LambdaState>('lambda').mappings[uuid];
          const running = at.facts('lambda:BatchStarted').length - at.facts('lambda:BatchEnded').length;
          expect(mapping?.active).toBe(running);
          // The fold of the facts alone gives the same mapping.
          const folded = at.world.stateAt<LambdaState>('lambda', at.world.trace.length - 1).mappings[uuid];
          expect(canonicalJson(folded as never)).toBe(canonicalJson(mapping as never));
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  }, 60_000);
});
