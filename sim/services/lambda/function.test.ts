import { describe, expect, it } from 'vitest';
import { createFunction, createLambdaWorld } from '../../../test/lambda-world';
import type { JsonObject } from '../../kernel/json';
import { createBehaviourSandboxes } from './behaviour-sandbox';

const sandboxes = createBehaviourSandboxes(() => ({ durationMs: 1, outcome: { payload: '1' } }));

describe('function configuration', () => {
  it.each<[string, JsonObject, string]>([
    ['a timeout over 900 s', { Timeout: 901 }, "Value '901' at 'timeout'"],
    ['memory below 128 MB', { MemorySize: 127 }, "Value '127' at 'memorySize'"],
    ['memory above 10,240 MB', { MemorySize: 10_241 }, "Value '10241' at 'memorySize'"],
    ['/tmp above 10,240 MB', { EphemeralStorage: { Size: 10_241 } }, "Value '10241' at 'ephemeralStorage.size'"],
    ['a runtime that is not Node.js', { Runtime: 'python3.13' }, "Value python3.13 at 'runtime'"],
    ['variables over 4 KB', { Environment: { Variables: { A: 'x'.repeat(4096) } } }, 'exceeded the 4KB limit'],
    ['no code', { Code: { Files: {} } }, 'Please provide a source for function code.'],
    ['a name over 64 characters', { FunctionName: 'f'.repeat(65) }, "at 'functionName'"],
  ])('refuses %s', (_name, configuration, message) => {
    expect(() => createLambdaWorld(sandboxes, configuration)).toThrow(message);
  });

  it('refuses a second function of the same name with 409', () => {
    const world = createLambdaWorld(sandboxes);
    expect(() => createFunction(world, 'charge')).toThrow('ResourceConflictException: Function already exist: charge');
  });
});
