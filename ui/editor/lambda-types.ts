// What TypeScript knows about the code in the editor: the Node.js of a function as the sandbox offers it, Lambda's context,
// and the clients of AWS SDK for JavaScript v3. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html

const NODE = `
interface Console {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  trace(...data: unknown[]): void;
}
declare const console: Console;
declare const process: {
  /** The function's environment variables. */
  env: Record<string, string | undefined>;
  hrtime: { bigint(): bigint };
  memoryUsage(): { heapUsed: number; rss: number };
  nextTick(callback: () => void): void;
  exit(code?: number): never;
};
declare function setTimeout(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): number;
declare function clearTimeout(id?: number): void;
declare function setInterval(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): number;
declare function clearInterval(id?: number): void;
declare function setImmediate(callback: () => void): number;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;
interface Headers {
  get(name: string): string | null;
  has(name: string): boolean;
}
interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  json(): Promise<any>;
  text(): Promise<string>;
}
interface AbortSignal {
  readonly aborted: boolean;
}
declare const AbortSignal: { timeout(ms: number): AbortSignal; abort(): AbortSignal };
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
/** Calls a host outside AWS. The answer takes virtual time. */
declare function fetch(
  url: string | URL,
  options?: { method?: string; headers?: Record<string, string>; body?: string; signal?: AbortSignal },
): Promise<Response>;
declare class URL {
  constructor(url: string, base?: string);
  href: string;
  host: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, string>);
  get(name: string): string | null;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  toString(): string;
}
declare class TextEncoder { encode(text: string): Uint8Array; }
declare class TextDecoder { decode(bytes: Uint8Array): string; }
declare class Buffer extends Uint8Array {
  static from(data: string | ArrayLike<number>, encoding?: string): Buffer;
  static byteLength(text: string): number;
  toString(encoding?: string): string;
}
interface Crypto {
  randomUUID(): string;
  getRandomValues<T>(array: T): T;
}
declare const crypto: Crypto;
declare module 'node:crypto' {
  export function randomUUID(): string;
  export function createHash(algorithm: 'sha256' | 'sha1' | 'md5'): { update(data: string): any; digest(encoding: 'hex' | 'base64'): string };
  export function createHmac(algorithm: 'sha256' | 'sha1', key: string): { update(data: string): any; digest(encoding: 'hex' | 'base64'): string };
}
declare module 'node:timers/promises' {
  export function setTimeout<T>(ms: number, value?: T): Promise<T>;
}
declare module 'node:fs' {
  export function readFileSync(path: string, encoding: 'utf8'): string;
  export function writeFileSync(path: string, text: string): void;
  export function appendFileSync(path: string, text: string): void;
  export function existsSync(path: string): boolean;
  export function mkdirSync(path: string, options?: { recursive?: boolean }): void;
  export function unlinkSync(path: string): void;
}
declare module 'node:fs/promises' {
  export function readFile(path: string, encoding: 'utf8'): Promise<string>;
  export function writeFile(path: string, text: string): Promise<void>;
  export function unlink(path: string): Promise<void>;
}
`;

const LAMBDA = `
/** What Lambda passes to a handler beside the event. */
interface Context {
  /** The same in every retry of one event; another for every new event. */
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  /** Milliseconds until the function's timeout. */
  getRemainingTimeInMillis(): number;
}
type Handler<Event = any, Result = any> = (event: Event, context: Context) => Promise<Result> | Result;
interface SQSEvent {
  Records: { messageId: string; receiptHandle: string; body: string; attributes: Record<string, string>; eventSourceARN: string; awsRegion: string }[];
}
`;

/** Operations that the sandbox's clients offer, with the members that the exercises need most. */
const COMMANDS: Record<string, { client: string; commands: Record<string, [input: string, output: string]> }> = {
  '@aws-sdk/client-sqs': {
    client: 'SQSClient',
    commands: {
      SendMessage: [
        '{ QueueUrl: string; MessageBody: string; DelaySeconds?: number; MessageAttributes?: Record<string, { DataType: string; StringValue?: string }>; MessageGroupId?: string; MessageDeduplicationId?: string }',
        '{ MessageId?: string; MD5OfMessageBody?: string }',
      ],
      ReceiveMessage: [
        '{ QueueUrl: string; MaxNumberOfMessages?: number; VisibilityTimeout?: number; WaitTimeSeconds?: number; MessageAttributeNames?: string[] }',
        '{ Messages?: { MessageId?: string; ReceiptHandle?: string; Body?: string }[] }',
      ],
      DeleteMessage: ['{ QueueUrl: string; ReceiptHandle: string }', '{}'],
      ChangeMessageVisibility: ['{ QueueUrl: string; ReceiptHandle: string; VisibilityTimeout: number }', '{}'],
      GetQueueUrl: ['{ QueueName: string }', '{ QueueUrl?: string }'],
      GetQueueAttributes: ['{ QueueUrl: string; AttributeNames?: string[] }', '{ Attributes?: Record<string, string> }'],
      PurgeQueue: ['{ QueueUrl: string }', '{}'],
    },
  },
  '@aws-sdk/client-lambda': {
    client: 'LambdaClient',
    commands: {
      Invoke: [
        "{ FunctionName: string; InvocationType?: 'RequestResponse' | 'Event' | 'DryRun'; Payload?: string | Uint8Array }",
        '{ StatusCode?: number; FunctionError?: string; Payload?: Uint8Array }',
      ],
    },
  },
};

function sdkModule(name: string): string {
  const known = COMMANDS[name];
  if (!known) return '';
  const commands = Object.entries(known.commands).map(
    ([operation, [input, output]]) =>
      `  export class ${operation}Command { constructor(input: ${input}); readonly input: ${input}; private readonly output: ${output}; }\n`,
  );
  const sends = Object.entries(known.commands).map(
    ([operation, [, output]]) => `    send(command: ${operation}Command): Promise<${output}>;\n`,
  );
  const client = `  export class ${known.client} {\n    constructor(config?: { region?: string; maxAttempts?: number });\n${sends.join('')}    destroy(): void;\n  }\n`;
  return `declare module '${name}' {\n${client}${commands.join('')}}\n`;
}

/** Declarations by the file name that the editor shows when one follows a name to its definition. */
export const LAMBDA_TYPES: Record<string, string> = {
  'node.d.ts': NODE,
  'lambda.d.ts': LAMBDA,
  ...Object.fromEntries(Object.keys(COMMANDS).map((name) => [`${name.replace(/[@/]/g, '-').slice(1)}.d.ts`, sdkModule(name)])),
};
