import { describe, expect, it } from 'vitest';
import { createFunction, must } from '../../test/lambda-world';
import { testSandboxes } from '../../test/sandboxes';
import { createAws } from '../aws';

const sandboxes = await testSandboxes();

/** A handler that says how its call ended. */
const HANDLER = `
import { LambdaClient, PutFunctionConcurrencyCommand, InvokeCommand } from '@aws-sdk/client-lambda';
const client = new LambdaClient({ maxAttempts: 1 });
export const handler = async ({ limit }) => {
  try {
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'charge', ReservedConcurrentExecutions: limit }));
    return 'done';
  } catch (error) {
    return { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode };
  }
};`;

describe('a handler’s own SDK', () => {
  it('hears from the front end of an API what any other client hears', () => {
    const world = createAws({ sandboxes, services: ['lambda', 'logs'] });
    createFunction(world, 'charge', { Code: { Files: { 'index.mjs': HANDLER } } });
    const invoke = (limit: number) =>
      JSON.parse(String(must(world, 'lambda', 'Invoke', { FunctionName: 'charge', Payload: JSON.stringify({ limit }) }).Payload));
    expect(invoke(-1)).toEqual({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '-1' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0",
      status: 400,
    });
    expect(invoke(5)).toBe('done');
  });
});
