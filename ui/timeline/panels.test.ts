import { describe, expect, it } from 'vitest';
import { DEAD_LETTERS, RETRIED, traceOf } from './example-trace';
import { errorAt, shortName, sourceLineOf } from './lambda-fact';
import { logLinesOf } from './log-lines';
import { queuesAt } from './queue-messages';
import { factAt, nextStep, previousStep, stepNumber, stepsOf } from './steps';
import { keyTarget } from './timeline';

const GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/charge';

describe('steps', () => {
  const steps = stepsOf(RETRIED);
  it('leave out what was set up', () => {
    expect(steps[0]).toBe(1);
    expect([nextStep(steps, 0), nextStep(steps, 17), previousStep(steps, 5), previousStep(steps, 1)]).toEqual([1, 17, 4, 1]);
    expect(stepNumber(steps, 3)).toBe(3);
  });

  it('are found by time: the last fact at or before a moment', () => {
    expect([factAt(RETRIED, -1), factAt(RETRIED, 100), factAt(RETRIED, 1e9)]).toEqual([0, 4, 17]);
  });

  it.each([
    ['ArrowRight', 8],
    ['ArrowLeft', 6],
    ['Home', 1],
    ['End', 17],
    ['c', 6],
    ['x', null],
  ])('are reached from fact 7 by %s', (key, target) => {
    expect(keyTarget(key, RETRIED, steps, 7)).toBe(target);
  });
});

describe('the error at the cursor', () => {
  it('lasts until something starts again', () => {
    expect(errorAt(RETRIED, 6)).toBeNull();
    expect(errorAt(RETRIED, 10)?.errorMessage).toBe('card network down');
    expect(errorAt(RETRIED, 12)).toBeNull();
  });

  it.each([
    ['    at handler (file:///var/task/charge.mjs:4:9)', { path: 'charge.mjs', line: 4 }],
    ['    at Runtime.handler (/var/task/src/charge.mjs:12:3)', { path: 'src/charge.mjs', line: 12 }],
    ['    at node:internal/process/task_queues:95:5', null],
  ])('is traced to a line of a file: %s', (frame, place) => {
    const error = { errorType: 'Error', errorMessage: '', trace: ['Error', frame] };
    expect(sourceLineOf(error, ['charge.mjs', 'src/charge.mjs'])).toEqual(place);
  });
});

describe('logs at the cursor', () => {
  const facts = traceOf([
    [0, 'logs:LogEventsPut', { logStreamName: 's1', logEvents: [{ timestamp: 1, message: 'START RequestId: r1\n' }] }, null, GROUP],
    [9, 'logs:LogEventsPut', { logStreamName: 's1', logEvents: [{ timestamp: 9, message: 't\tr1\tERROR\tbad\n' }] }, null, GROUP],
  ]);
  it('end with the cursor and know whose lines they are', () => {
    expect(logLinesOf(facts, 0).map((line) => [line.group, line.message, line.tone])).toEqual([
      ['/aws/lambda/charge', 'START RequestId: r1', 'platform'],
    ]);
    expect(logLinesOf(facts, 1)[1]?.tone).toBe('fault');
  });
});

describe('queues at the cursor', () => {
  const attributes = { ErrorCode: { DataType: 'Number', StringValue: '200' } };
  const facts = traceOf([
    [0, 'sqs:QueueCreated', {}, null, DEAD_LETTERS],
    [1, 'sqs:MessageSent', { messageId: 'm1', body: '{"n":1}', attributes }, null, DEAD_LETTERS],
    [2, 'sqs:MessageDeleted', { messageId: 'm1' }, null, DEAD_LETTERS],
  ]);
  it('hold what was sent and not deleted', () => {
    expect([0, 1, 2].map((cursor) => queuesAt(facts, cursor)[0]?.messages.length)).toEqual([0, 1, 0]);
    expect(queuesAt(facts, 1)[0]?.messages[0]).toMatchObject({
      body: '{"n":1}',
      attributes: [{ name: 'ErrorCode', type: 'Number', value: '200' }],
    });
  });
});

describe('short names', () => {
  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:charge', 'charge'],
    ['arn:aws:sqs:eu-west-1:111122223333:orders-dlq', 'orders-dlq'],
    ['https://payments.example', 'payments.example'],
    ['sqs:SendMessage', 'sqs:SendMessage'],
  ])('call %s %s', (resource, name) => {
    expect(shortName(resource)).toBe(name);
  });
});
