// What a function is: its configuration, its policy, its URL, and the words in which Lambda refuses input.
// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
import type { Arn } from '../../kernel/arn';
import { clientFault, type Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';
import { canonicalJson } from '../../kernel/trace';
import type { LayerUse } from './layer';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export interface VpcConfiguration {
  subnetIds: string[];
  securityGroupIds: string[];
  ipv6AllowedForDualStack: boolean;
}

/** What a version locks in. LAM-VER-02. */
export interface FunctionConfiguration {
  functionName: string;
  description: string;
  runtime: string;
  handler: string;
  role: Arn;
  memoryMB: number;
  timeoutMs: Ms;
  ephemeralStorageMB: number;
  variables: Record<string, string>;
  deadLetterArn: Arn | null;
  architecture: 'x86_64' | 'arm64';
  tracingMode: 'Active' | 'PassThrough';
  kmsKeyArn: Arn | null;
  /** Null with public networking. */
  vpc: VpcConfiguration | null;
  logGroup: string;
  logFormat: 'Text' | 'JSON';
  /** Null with the text format. */
  applicationLogLevel: LogLevel | null;
  systemLogLevel: 'DEBUG' | 'INFO' | 'WARN' | null;
  /** In the order in which they are laid over each other. LAM-ENV-X02. */
  layers: LayerUse[];
  /** The deployment package: text files by path. Simplified: AWS takes a zip or an image. */
  files: Record<string, string>;
  /** Bytes of the zip; of the files where there was none. */
  codeSize: number;
  /** Base64, of what `codeSize` counts. LAM-VER-X07. */
  codeSha256: string;
}

/** Only what a version locks in. */
export function configurationOf(fn: FunctionConfiguration): FunctionConfiguration {
  const { functionName, description, runtime, handler, role, memoryMB, timeoutMs, ephemeralStorageMB, variables, deadLetterArn } = fn;
  const { architecture, tracingMode, kmsKeyArn, vpc, logGroup, logFormat, applicationLogLevel, systemLogLevel } = fn;
  const { layers, files, codeSize, codeSha256 } = fn;
  return {
    ...{ functionName, description, runtime, handler, role, memoryMB, timeoutMs, ephemeralStorageMB, variables, deadLetterArn },
    ...{ architecture, tracingMode, kmsKeyArn, vpc, logGroup, logFormat, applicationLogLevel, systemLogLevel },
    ...{ layers, files, codeSize, codeSha256 },
  };
}

/** The same text for the same configuration and code: what says whether anything changed since the last version. */
export function configurationKey(fn: FunctionConfiguration): string {
  const { files: _inTheDigest, ...settings } = configurationOf(fn);
  return canonicalJson(settings as unknown as JsonObject);
}

export interface EventInvokeConfig {
  maximumRetryAttempts: number;
  maximumEventAgeMs: Ms;
  /** What was set, and so is shown; the rest are Lambda's defaults. */
  isSet: { retries: boolean; age: boolean };
  onSuccessArn: Arn | null;
  onFailureArn: Arn | null;
}

/** LAM-INV-X12: two retries, six hours. */
export const DEFAULT_EVENT_INVOKE: EventInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeMs: 21_600_000,
  isSet: { retries: false, age: false },
  onSuccessArn: null,
  onFailureArn: null,
};

/** A resource policy as AddPermission or PutResourcePolicy left it. */
export interface FunctionPolicy {
  statements: JsonObject[];
  /** `default` unless PutResourcePolicy wrote another. Null without one. */
  id: string | null;
}

/** LAM-SEC-X13. */
export interface FunctionUrl {
  urlId: string;
  url: string;
  authType: 'NONE' | 'AWS_IAM';
  /** As the API takes it; null without. */
  cors: JsonObject | null;
  invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  createdEpochMs: number;
  modifiedEpochMs: number;
}

export type Parsed<T> = { value: T } | { fault: Fault };

/** One constraint violation in the words of Lambda's API. */
export function violation(value: unknown, member: string, constraint: string): { fault: Fault } {
  const shown = value === null || value === undefined ? 'null' : `'${value}'`;
  const text = `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`;
  return clientFault('ValidationException', text);
}

export function wholeIn(value: unknown, member: string, min: number, max: number, fallback: number): Parsed<number> {
  if (value === undefined || value === null) return { value: fallback };
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min) {
    return violation(value, member, `Member must have value greater than or equal to ${min}`);
  }
  return value > max ? violation(value, member, `Member must have value less than or equal to ${max}`) : { value };
}

export function invalid(message: string): { fault: Fault } {
  return clientFault('InvalidParameterValueException', message, 400, { Type: 'User' });
}

export function notFound(message: string): { fault: Fault } {
  return clientFault('ResourceNotFoundException', message, 404, { Type: 'User' });
}

export function conflict(message: string): { fault: Fault } {
  return clientFault('ResourceConflictException', message, 409, { Type: 'User' });
}

export function functionNotFound(functionArn: Arn): { fault: Fault } {
  return notFound(`Function not found: ${functionArn}`);
}

/** A guard against writing over what somebody else wrote. LAM-VER-X02. */
export function checkRevision(given: unknown, revisionId: string | null): { fault: Fault } | null {
  if (typeof given !== 'string' || given === revisionId) return null;
  const text =
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id';
  return clientFault('PreconditionFailedException', text, 412, { Type: 'User' });
}
