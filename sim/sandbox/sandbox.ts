// One execution environment's runtime: learner code behind a synchronous, deterministic interface.
// The world calls in with a virtual time; the guest runs until it has nothing left to do; what it did comes back as data.

/** The errors that Lambda reports for a function. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface RuntimeError {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export interface SandboxSpec {
  /** Text files of the deployment package, path relative to `/var/task`: `src/charge.mjs`. Those of layers by their path under /opt. */
  files: Record<string, string>;
  /** `file.export` as in the function's configuration: `src/charge.handler`. */
  handler: string;
  /** 128 to 10,240. Sets the CPU share (1,769 MB is one vCPU) and the memory limit that the guest sees. */
  memoryMB: number;
  /** Environment variables, reserved ones included. */
  environment: Record<string, string>;
  /** Seeds Math.random and crypto.randomUUID in this environment. A 32-bit integer. */
  seed: number;
  /** Size of /tmp in MB. */
  ephemeralStorageMB: number;
  /** What /tmp holds at the start: of an environment that was reset, what `Sandbox.tmp` gave. */
  tmp?: TmpFiles;
}

/** Files of /tmp by path; folders map to null. */
export type TmpFiles = Record<string, { bytes: Uint8Array; changedMs: number } | null>;

/** When a slice starts and by when it must end, in Unix milliseconds of virtual time (fractions allowed). */
export interface SliceTime {
  startEpochMs: number;
  deadlineEpochMs: number;
}

/** What the guest did, in order. `atMs` counts virtual milliseconds from the start of the slice. */
export type SandboxOutput =
  | { type: 'log'; atMs: number; level: LogLevel; text: string }
  /** `await client.send(new SendMessageCommand(input))`: service `sqs` (IAM prefix), operation `SendMessage`. */
  | { type: 'request'; atMs: number; id: number; service: string; operation: string; input: string }
  /** `fetch(url, …)` */
  | { type: 'fetch'; atMs: number; id: number; url: string; method: string; headers: Record<string, string>; body: string }
  | { type: 'timer-set'; atMs: number; id: number; delayMs: number }
  | { type: 'timer-cleared'; atMs: number; id: number }
  /** Init finished: the module ran and the handler was found. */
  | { type: 'ready'; atMs: number }
  | { type: 'init-failed'; atMs: number; error: RuntimeError }
  /** The handler answered; `payload` is JSON text. */
  | { type: 'result'; atMs: number; payload: string }
  | { type: 'failed'; atMs: number; error: RuntimeError };

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** How a slice ended. All but `waiting` leave the sandbox dead: only `dispose` may follow. */
export type SliceEnd =
  /** The guest has nothing left to do until it is resumed, a timer fires or it is invoked again. */
  | { end: 'waiting' }
  /** The CPU was still busy at the deadline. */
  | { end: 'deadline' }
  /** Memory ran out. */
  | { end: 'out-of-memory' }
  /** The process ended by itself (`process.exit`) or by a fault of the engine, such as a native stack overflow. */
  | { end: 'exited'; exitCode: number | null };

export interface Slice {
  outputs: SandboxOutput[];
  ended: SliceEnd;
  /** Virtual CPU time of the slice; with `deadline` it reaches exactly to the deadline. */
  cpuMs: number;
  /** Fuel spent: the measure of work that is the same on every machine. */
  fuel: number;
  /** High-water mark of the environment's memory so far, runtime included, as REPORT prints it. */
  maxMemoryUsedMB: number;
}

/** The answer to a `request` or a `fetch`, as JSON text. */
export type ResumeWith =
  | { ok: true; body: string }
  /** SDK fault: becomes a thrown service exception with this name. For fetch: a TypeError `fetch failed` with this cause. */
  | { ok: false; name: string; message: string; status: number; side: 'client' | 'server' };

export interface InvocationContext {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
}

/** Every call is synchronous and runs the guest until it waits or dies. */
export interface Sandbox {
  init(time: SliceTime): Slice;
  /** `event` is JSON text. One invocation at a time; frozen timers of earlier ones may still fire. */
  invoke(time: SliceTime, event: string, context: InvocationContext): Slice;
  resume(time: SliceTime, id: number, answer: ResumeWith): Slice;
  fireTimer(time: SliceTime, id: number): Slice;
  /** What /tmp holds now; also of a sandbox that has ended. */
  tmp(): TmpFiles;
  dispose(): void;
}

/** Creates environments from one compiled engine. */
export interface SandboxFactory {
  /** Engine, prelude, meter and shims: stored with every grade, since fuel depends on all of them. */
  readonly runtimeVersion: string;
  create(spec: SandboxSpec): Sandbox;
}
