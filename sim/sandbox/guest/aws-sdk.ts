// Clients of the AWS SDK for JavaScript v3: commands become requests to the host, faults become service exceptions, throttles and
// server faults are retried as the SDK's standard mode does. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
import { parse, stringify, whenSettled } from './host';
import { random, randomUUID } from './random';
import { type HostFault, sendRequest } from './requests';
import { type SdkPackage, sdkPackage } from './sdk-packages';
import { fromWire, toWire } from './sdk-values';
import { sleep } from './timers';

interface ClientConfig {
  maxAttempts?: number | (() => Promise<number>);
  region?: string | (() => Promise<string>);
  [key: string]: unknown;
}

interface Command {
  input: object;
  operation: string;
}

type Callback = (error: unknown, output?: unknown) => void;
/** `send(command)`, `send(command, callback)`, `send(command, options)`, `send(command, options, callback)` */
type SendOptions = { abortSignal?: AbortSignal } | Callback | undefined;

const MAX_ATTEMPTS = 3;
const BACKOFF_BASE_MS = 100;
/** Throttles wait longer than other faults. */
const THROTTLE_BACKOFF_BASE_MS = 500;
const BACKOFF_MAX_MS = 20_000;
/** Tokens of standard mode: retries stop while a service keeps failing. */
const RETRY_TOKENS_MAX = 500;
const RETRY_COST = 5;

/** @smithy/service-error-classification */
const THROTTLING = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const TRANSIENT = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);
const TRANSIENT_STATUS = new Set([500, 502, 503, 504]);

export function isThrottling(fault: { name: string; status: number }): boolean {
  return fault.status === 429 || THROTTLING.has(fault.name);
}

function isRetryable(fault: HostFault): boolean {
  return isThrottling(fault) || TRANSIENT.has(fault.name) || TRANSIENT_STATUS.has(fault.status);
}

/** Exponential with full jitter. */
function backoffMs(retry: number, fault: HostFault): number {
  const base = isThrottling(fault) ? THROTTLE_BACKOFF_BASE_MS : BACKOFF_BASE_MS;
  return Math.floor(Math.min(BACKOFF_MAX_MS, random() * 2 ** retry * base));
}

export class ServiceException extends Error {
  $fault: 'client' | 'server';
  $metadata: object;
  $service?: string;
  constructor(options: { name: string; message?: string; $fault?: 'client' | 'server'; $metadata?: object }) {
    super(options.message);
    this.name = options.name;
    this.$fault = options.$fault ?? 'client';
    this.$metadata = options.$metadata ?? {};
  }
}

class Client {
  readonly config: ClientConfig & { region: () => Promise<string>; maxAttempts: () => Promise<number> };
  private retryTokens = RETRY_TOKENS_MAX;

  constructor(
    private readonly about: SdkPackage,
    private readonly exceptions: Record<string, unknown>,
    config: ClientConfig = {},
  ) {
    const { maxAttempts = MAX_ATTEMPTS, region = process.env.AWS_REGION ?? 'us-east-1' } = config;
    this.config = {
      ...config,
      region: typeof region === 'function' ? region : async () => region,
      maxAttempts: typeof maxAttempts === 'function' ? maxAttempts : async () => maxAttempts,
    };
    for (const hidden of ['about', 'exceptions', 'retryTokens']) Object.defineProperty(this, hidden, { enumerable: false });
  }

  send(command: Command, options?: SendOptions, callback?: Callback): Promise<unknown> | undefined {
    const done = typeof options === 'function' ? options : callback;
    const answer = this.request(command, typeof options === 'function' ? undefined : options?.abortSignal);
    if (!done) return answer;
    whenSettled(
      answer,
      (output) => done(null, output),
      (error) => done(error),
    );
    return undefined;
  }

  destroy(): void {}

  private async request(command: Command, signal?: AbortSignal): Promise<unknown> {
    if (typeof command?.operation !== 'string') throw new TypeError('command.resolveMiddleware is not a function');
    const { operation } = command;
    const input = stringify(toWire(command.input ?? {}, this.about.service, operation));
    const maxAttempts = Math.max(1, Number(process.env.AWS_MAX_ATTEMPTS ?? (await this.config.maxAttempts())) || MAX_ATTEMPTS);
    let totalRetryDelay = 0;
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
      const requestId = randomUUID();
      let answer: string;
      try {
        answer = await sendRequest(this.about.service, operation, input);
      } catch (error) {
        const fault = error as HostFault;
        if (typeof fault?.status !== 'number') throw error;
        if (attempt >= maxAttempts || !isRetryable(fault) || this.retryTokens < RETRY_COST) {
          throw this.exception(fault, { httpStatusCode: fault.status, requestId, attempts: attempt, totalRetryDelay });
        }
        this.retryTokens -= RETRY_COST;
        const waitMs = backoffMs(attempt - 1, fault);
        totalRetryDelay += waitMs;
        await sleep(waitMs);
        continue;
      }
      this.retryTokens = Math.min(RETRY_TOKENS_MAX, this.retryTokens + (attempt > 1 ? RETRY_COST : 1));
      const $metadata = { httpStatusCode: 200, requestId, attempts: attempt, totalRetryDelay };
      return { $metadata, ...(fromWire(parse(answer), this.about.service, operation) as object) };
    }
  }

  private exception(fault: HostFault, $metadata: object): Error {
    const { name, message, status, side, ...members } = fault;
    const known = Object.hasOwn(this.exceptions, name) ? this.exceptions[name] : undefined;
    const Kind = (known ?? this.exceptions[`${this.about.stem}ServiceException`]) as typeof ServiceException;
    return Object.assign(new Kind({ name, message, $fault: side, $metadata }), members);
  }
}

/** A class under its own name, since learners see it in logs. */
function named<T extends object>(made: T, name: string): T {
  Object.defineProperty(made, 'name', { value: name, configurable: true });
  return made;
}

/** Builds what `import … from '@aws-sdk/client-…'` gives. */
export function sdkModule(name: string): Record<string, unknown> | undefined {
  const found = sdkPackage(name);
  if (!found) return undefined;
  const about: SdkPackage = found;
  const { stem, operations, exceptions } = about;
  const module: Record<string, unknown> = {};
  const base = named(class extends ServiceException {}, `${stem}ServiceException`);
  module[`${stem}ServiceException`] = base;
  for (const exception of exceptions) {
    const Kind = class extends base {
      constructor(options: { message?: string }) {
        super({ ...options, name: exception });
      }
    };
    module[exception] = named(Kind, exception);
  }
  const ServiceClient = class extends Client {
    constructor(config?: ClientConfig) {
      super(about, module, config);
    }
  };
  const Aggregated = class extends ServiceClient {};
  for (const operation of operations) {
    const CommandClass = class {
      constructor(readonly input: object) {
        if (input !== undefined && (typeof input !== 'object' || input === null)) this.input = {};
      }
      get operation() {
        return operation;
      }
    };
    module[`${operation}Command`] = named(CommandClass, `${operation}Command`);
    const method = (operation[0] ?? '').toLowerCase() + operation.slice(1);
    Object.defineProperty(Aggregated.prototype, method, {
      value(this: Client, input: object, options?: SendOptions, callback?: Callback) {
        return this.send(new CommandClass(input), options, callback);
      },
      configurable: true,
      writable: true,
    });
  }
  module[`${stem}Client`] = named(ServiceClient, `${stem}Client`);
  module[stem] = named(Aggregated, stem);
  return module;
}
