import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, createFunction, createLambdaWorld, factsOf } from '../../../test/lambda-world';
import type { JsonObject } from '../../kernel/json';
import { createBehaviourSandboxes } from './behaviour-sandbox';
import type { LambdaState } from './state';

const FunctionName = 'charge';
const qualifier = fc.constantFrom('1', '2', '3', 'A', 'B', '$LATEST');
const alias = fc.constantFrom('A', 'B');
const version = fc.constantFrom('1', '2', '3', '$LATEST');
const op = <T>(name: string, input: fc.Arbitrary<T>) => input.map((given) => ({ name, input: given as JsonObject }));

/** What people do to a function, in any order, with names that may not exist. */
const operation = fc.oneof(
  op('UpdateFunctionConfiguration', fc.record({ Timeout: fc.integer({ min: 2, max: 5 }) })),
  op('UpdateFunctionCode', fc.record({ Files: fc.record({ 'index.mjs': fc.constantFrom('1', '2', '3') }) })),
  op('PublishVersion', fc.record({})),
  op('CreateAlias', fc.record({ Name: alias, FunctionVersion: version })),
  op(
    'UpdateAlias',
    fc.record({
      Name: alias,
      FunctionVersion: version,
      RoutingConfig: fc.record({
        AdditionalVersionWeights: fc.dictionary(fc.constantFrom('1', '2'), fc.constantFrom(0, 0.5, 1), { maxKeys: 1 }),
      }),
    }),
  ),
  op('DeleteAlias', fc.record({ Name: alias })),
  op(
    'PutProvisionedConcurrencyConfig',
    fc.record({ Qualifier: qualifier, ProvisionedConcurrentExecutions: fc.integer({ min: 1, max: 3 }) }),
  ),
  op('DeleteProvisionedConcurrencyConfig', fc.record({ Qualifier: qualifier })),
  op('PutFunctionConcurrency', fc.record({ ReservedConcurrentExecutions: fc.integer({ min: 0, max: 4 }) })),
  op('DeleteFunctionConcurrency', fc.record({})),
  op('Invoke', fc.record({ Qualifier: qualifier, InvocationType: fc.constantFrom('Event', 'RequestResponse') })),
  op('DeleteFunction', fc.record({}, { requiredKeys: [] })),
  op('DeleteFunction', fc.record({ Qualifier: qualifier })),
  op('CreateFunction', fc.record({})),
  op('Wait', fc.record({ ms: fc.constantFrom(10, 500, 61_000) })),
);

describe('versions, aliases and provisioned concurrency', () => {
  it('in any order leave no invocation counted, no event lost and a state that replays', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
        const world = createLambdaWorld(createBehaviourSandboxes(() => ({ durationMs: 700, outcome: { payload: '1' } })));
        for (const { name, input } of operations) {
          if (name === 'Wait') world.runUntil(world.now + (input.ms as number));
          else if (name === 'CreateFunction') {
            if (!Object.keys(world.state<LambdaState>('lambda').functions).length) createFunction(world, FunctionName);
          } else if (name === 'Invoke') {
            const route = world.route('lambda', name, { FunctionName, ...input });
            if (route) world.schedule({ ...route, input });
          } else ask(world, 'lambda', name, { FunctionName, ...input });
        }
        world.runUntilIdle();
        const { functions, environments, events } = world.state<LambdaState>('lambda');
        expect(events).toEqual({});
        for (const fn of Object.values(functions)) expect([fn.concurrency, fn.provisionedInUse]).toEqual([0, 0]);
        for (const { functionArn, code, invocation } of Object.values(environments)) {
          expect([functions[functionArn]?.functionId, invocation]).toEqual([code.functionId, null]);
        }
        const ended = factsOf(world, 'lambda:EventProcessed').length + factsOf(world, 'lambda:EventDiscarded').length;
        expect(ended).toBe(factsOf(world, 'lambda:EventQueued').length);
        expect(world.stateAt('lambda', world.trace.length - 1)).toEqual(world.state('lambda'));
      }),
      { numRuns: 150 },
    );
  });
});
