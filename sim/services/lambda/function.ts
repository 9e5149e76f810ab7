// A function's configuration and what Lambda accepts for it.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
import type { Arn } from '../../kernel/arn';
import { clientFault, type Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';

export interface FunctionConfiguration {
  functionName: string;
  runtime: string;
  handler: string;
  role: Arn;
  memoryMB: number;
  timeoutMs: Ms;
  ephemeralStorageMB: number;
  variables: Record<string, string>;
  deadLetterArn: Arn | null;
  logGroup: string;
  /** The deployment package: text files by path. Simplified: AWS takes a zip or an image. */
  files: Record<string, string>;
}

export interface EventInvokeConfig {
  maximumRetryAttempts: number;
  maximumEventAgeMs: Ms;
  onSuccessArn: Arn | null;
  onFailureArn: Arn | null;
}

/** LAM-INV-X12: two retries, six hours. */
export const DEFAULT_EVENT_INVOKE: EventInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeMs: 21_600_000,
  onSuccessArn: null,
  onFailureArn: null,
};

/** The function's resource policy. */
export interface FunctionPolicy {
  statements: JsonObject[];
  revisionId: string;
}

/** Node.js runtimes of the API (LAM-03); the sandbox runs the same engine for each. Simplified: other languages are refused. */
const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'nodejs26.x'];

/** All environment variables together: LAM-ENV-X02. */
const VARIABLES_BYTES_MAX = 4096;

/** LAM-ENV-X01: 250 MB unzipped. Simplified: the simulator holds text, and far less of it. */
const PACKAGE_CHARACTERS_MAX = 2_000_000;

export type Parsed<T> = { value: T } | { fault: Fault };

/** One constraint violation in the words of Lambda's API. */
export function violation(value: unknown, member: string, constraint: string): { fault: Fault } {
  const text = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
  return clientFault('ValidationException', text);
}

export function wholeIn(value: unknown, member: string, min: number, max: number, fallback: number): Parsed<number> {
  if (value === undefined || value === null) return { value: fallback };
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min) {
    return violation(value, member, `Member must have value greater than or equal to ${min}`);
  }
  return value > max ? violation(value, member, `Member must have value less than or equal to ${max}`) : { value };
}

export function functionNotFound(functionArn: Arn): { fault: Fault } {
  return clientFault('ResourceNotFoundException', `Function not found: ${functionArn}`, 404, { Type: 'User' });
}

function textRecord(value: unknown): Record<string, string> | null {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  for (const member of Object.values(value)) if (typeof member !== 'string') return null;
  return value as Record<string, string>;
}

/** Reads CreateFunction's input. Ranges: LAM-ENV-01, LAM-ENV-03, LAM-ENV-04, LAM-ENV-X08. */
export function parseConfiguration(input: JsonObject): Parsed<FunctionConfiguration> {
  const name = input.FunctionName;
  if (typeof name !== 'string' || !/^[a-zA-Z0-9-_]{1,64}$/.test(name)) {
    return violation(name, 'functionName', 'Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+, up to 64 characters');
  }
  if (typeof input.Runtime !== 'string' || !RUNTIMES.includes(input.Runtime)) {
    return violation(input.Runtime, 'runtime', `Member must satisfy enum value set: [${RUNTIMES.join(', ')}]`);
  }
  if (typeof input.Handler !== 'string' || !/^\S{1,128}$/.test(input.Handler)) {
    return violation(input.Handler, 'handler', 'Member must satisfy regular expression pattern: [^\\s]+, up to 128 characters');
  }
  if (typeof input.Role !== 'string') return violation(input.Role, 'role', 'Member must not be null');
  const timeout = wholeIn(input.Timeout, 'timeout', 1, 900, 3);
  if ('fault' in timeout) return timeout;
  const memory = wholeIn(input.MemorySize, 'memorySize', 128, 10_240, 128);
  if ('fault' in memory) return memory;
  const storage = wholeIn((input.EphemeralStorage as JsonObject | undefined)?.Size, 'ephemeralStorage.size', 512, 10_240, 512);
  if ('fault' in storage) return storage;
  const variables = textRecord((input.Environment as JsonObject | undefined)?.Variables);
  if (!variables) return violation('…', 'environment.variables', 'Member must be a map of strings');
  const variablesBytes = Object.entries(variables).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  if (variablesBytes > VARIABLES_BYTES_MAX) {
    const text = `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${variablesBytes} characters`;
    return clientFault('InvalidParameterValueException', text);
  }
  const files = textRecord((input.Code as JsonObject | undefined)?.Files);
  if (!files || Object.keys(files).length === 0)
    return clientFault('InvalidParameterValueException', 'Please provide a source for function code.');
  const size = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  if (size > PACKAGE_CHARACTERS_MAX) {
    return clientFault(
      'InvalidParameterValueException',
      `The files of a function may hold ${PACKAGE_CHARACTERS_MAX} characters together, these hold ${size}.`,
    );
  }
  const deadLetterArn = (input.DeadLetterConfig as JsonObject | undefined)?.TargetArn ?? null;
  const logGroup = (input.LoggingConfig as JsonObject | undefined)?.LogGroup ?? `/aws/lambda/${name}`;
  return {
    value: {
      functionName: name,
      runtime: input.Runtime,
      handler: input.Handler,
      role: input.Role,
      memoryMB: memory.value,
      timeoutMs: timeout.value * 1000,
      ephemeralStorageMB: storage.value,
      variables,
      deadLetterArn: typeof deadLetterArn === 'string' && deadLetterArn !== '' ? deadLetterArn : null,
      logGroup: String(logGroup),
      files,
    },
  };
}
