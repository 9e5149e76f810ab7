// Reads a function's configuration from CreateFunction and UpdateFunctionConfiguration: defaults, ranges, and what Lambda says to the rest.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
import { parseArn } from '../../kernel/arn';
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { type FunctionConfiguration, invalid, type LogLevel, type Parsed, violation, wholeIn } from './function';

type Settings = Omit<FunctionConfiguration, 'functionName' | 'files' | 'codeSize' | 'codeSha256'>;

/** Node.js runtimes of the API (LAM-03); the sandbox runs the same engine for each. Simplified: other languages are refused. */
const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'nodejs26.x'];

/** All environment variables together, as JSON: LAM-ENV-X02. */
const VARIABLES_BYTES_MAX = 4096;

/** LAM-ENV-X06, and what the runtime itself sets. */
const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

const LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

export function defaultSettings(functionName: string): Settings {
  return {
    description: '',
    runtime: '',
    handler: '',
    role: '',
    memoryMB: 128,
    timeoutMs: 3000,
    ephemeralStorageMB: 512,
    variables: {},
    deadLetterArn: null,
    architecture: 'x86_64',
    tracingMode: 'PassThrough',
    kmsKeyArn: null,
    vpc: null,
    layers: [],
    logGroup: `/aws/lambda/${functionName}`,
    logFormat: 'Text',
    applicationLogLevel: null,
    systemLogLevel: null,
  };
}

/** Members that are left out keep what `base` has. Ranges: LAM-ENV-01, LAM-ENV-03, LAM-ENV-04. */
export function parseSettings<T extends Settings>(input: JsonObject, base: T, { region }: { region: string }): Parsed<T> {
  const refused = refuseUnknown(input) ?? checkText(input, base);
  if (refused) return refused;
  const timeout = wholeIn(input.Timeout, 'timeout', 1, 900, base.timeoutMs / 1000);
  if ('fault' in timeout) return timeout;
  const memory = wholeIn(input.MemorySize, 'memorySize', 128, 10_240, base.memoryMB);
  if ('fault' in memory) return memory;
  const size = (input.EphemeralStorage as JsonObject | null | undefined)?.Size;
  const storage = wholeIn(size, 'ephemeralStorage.size', 512, 10_240, base.ephemeralStorageMB);
  if ('fault' in storage) return storage;
  const variables = parseVariables(input, base.variables);
  if ('fault' in variables) return variables;
  const logging = parseLogging(input.LoggingConfig as JsonObject | null | undefined, base);
  if ('fault' in logging) return logging;
  const deadLetter = input.DeadLetterConfig as JsonObject | null | undefined;
  const unfit = deadLetter ? refuseDeadLetter(textOrNull(deadLetter.TargetArn), region) : null;
  if (unfit) return unfit;
  const tracing = (input.TracingConfig as JsonObject | null | undefined)?.Mode;
  return {
    value: {
      ...base,
      description: typeof input.Description === 'string' ? input.Description : base.description,
      runtime: textOr(input.Runtime, base.runtime),
      handler: textOr(input.Handler, base.handler),
      role: textOr(input.Role, base.role),
      memoryMB: memory.value,
      timeoutMs: timeout.value * 1000,
      ephemeralStorageMB: storage.value,
      variables: variables.value,
      deadLetterArn: deadLetter ? textOrNull(deadLetter.TargetArn) : base.deadLetterArn,
      architecture: ((input.Architectures as string[] | undefined)?.[0] as Settings['architecture'] | undefined) ?? base.architecture,
      tracingMode: tracing === 'Active' || tracing === 'PassThrough' ? tracing : base.tracingMode,
      kmsKeyArn: typeof input.KMSKeyArn === 'string' ? textOrNull(input.KMSKeyArn) : base.kmsKeyArn,
      vpc: input.VpcConfig ? parseVpc(input.VpcConfig as JsonObject) : base.vpc,
      ...logging.value,
    },
  };
}

/** LAM-INV-A4. */
function refuseDeadLetter(arn: string | null, region: string): { fault: Fault } | null {
  if (arn === null) return null;
  const parts = parseArn(arn);
  if (parts?.service !== 'sqs' && parts?.service !== 'sns') {
    return invalid('Invalid dead letter queue ARN: The service specified by the TargetArn is not supported for dead letter configuration.');
  }
  if (parts.region === region) return null;
  return invalid(
    "Invalid dead letter queue ARN: The resource specified by the TargetArn must be in the same region as the Lambda function it's associated with.",
  );
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What AWS has and this simulator has not. */
function refuseUnknown(input: JsonObject): { fault: Fault } | null {
  if (input.PackageType === 'Image') return invalid('Container images are not part of this simulator: use PackageType Zip.');
  if ((input.SnapStart as JsonObject | undefined)?.ApplyOn === 'PublishedVersions') {
    return invalid(`${input.Runtime ?? 'nodejs'} is not supported for SnapStart enabled functions.`);
  }
  return null;
}

function checkText(input: JsonObject, base: Settings): { fault: Fault } | null {
  const { Runtime: runtime = base.runtime, Handler: handler = base.handler, Role: role = base.role } = input;
  if (typeof runtime !== 'string' || !RUNTIMES.includes(runtime)) {
    return invalid(
      `Value ${runtime || null} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(', ')}] or be a valid ARN`,
    );
  }
  if (typeof handler !== 'string' || !/^\S{1,128}$/.test(handler)) {
    return violation(handler, 'handler', 'Member must satisfy regular expression pattern: [^\\s]+, up to 128 characters');
  }
  if (typeof role !== 'string' || role === '') return violation(null, 'role', 'Member must not be null');
  return null;
}

function textRecord(value: unknown): Record<string, string> | null {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  for (const member of Object.values(value)) if (typeof member !== 'string') return null;
  return value as Record<string, string>;
}

function parseVariables(input: JsonObject, base: Record<string, string>): Parsed<Record<string, string>> {
  if (input.Environment === undefined || input.Environment === null) return { value: base };
  const variables = textRecord((input.Environment as JsonObject).Variables);
  if (!variables) return violation('…', 'environment.variables', 'Member must be a map of strings');
  const reserved = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) {
    return invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const bytes = new TextEncoder().encode(JSON.stringify(variables)).length;
  if (bytes > VARIABLES_BYTES_MAX) {
    return invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. Measured size: ${bytes} bytes`,
    );
  }
  return { value: variables };
}

function parseVpc({ SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack }: JsonObject): FunctionConfiguration['vpc'] {
  const subnetIds = (SubnetIds ?? []) as string[];
  // Without subnets the function leaves its VPC.
  if (subnetIds.length === 0) return null;
  return {
    subnetIds,
    securityGroupIds: (SecurityGroupIds ?? []) as string[],
    ipv6AllowedForDualStack: Ipv6AllowedForDualStack === true,
  };
}

type Logging = Pick<Settings, 'logGroup' | 'logFormat' | 'applicationLogLevel' | 'systemLogLevel'>;

/** LAM-LOG-X07: with JSON both levels are INFO unless named; the text format has none. */
function parseLogging(given: JsonObject | null | undefined, base: Logging): Parsed<Logging> {
  const { logGroup, logFormat, applicationLogLevel, systemLogLevel } = base;
  if (!given) return { value: { logGroup, logFormat, applicationLogLevel, systemLogLevel } };
  const format = given.LogFormat ?? logFormat;
  if (format !== 'Text' && format !== 'JSON') {
    return violation(format, 'loggingConfig.logFormat', 'Member must satisfy enum value set: [JSON, Text]');
  }
  const group = textOrNull(given.LogGroup) ?? logGroup;
  if (format === 'Text') {
    if (given.ApplicationLogLevel !== undefined || given.SystemLogLevel !== undefined) {
      return invalid(
        'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
      );
    }
    return { value: { logGroup: group, logFormat: format, applicationLogLevel: null, systemLogLevel: null } };
  }
  const application = (given.ApplicationLogLevel ?? applicationLogLevel ?? 'INFO') as LogLevel;
  const system = (given.SystemLogLevel ?? systemLogLevel ?? 'INFO') as Exclude<Logging['systemLogLevel'], null>;
  if (!LEVELS.includes(application)) {
    return violation(application, 'loggingConfig.applicationLogLevel', `Member must satisfy enum value set: [${LEVELS.join(', ')}]`);
  }
  if (!['DEBUG', 'INFO', 'WARN'].includes(system)) {
    return violation(system, 'loggingConfig.systemLogLevel', 'Member must satisfy enum value set: [DEBUG, INFO, WARN]');
  }
  return { value: { logGroup: group, logFormat: format, applicationLogLevel: application, systemLogLevel: system } };
}
