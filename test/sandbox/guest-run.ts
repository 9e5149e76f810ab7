// Drives one environment through an invocation, as a world would: fires timers in order of time, answers requests by a function.
import type {
  InvocationContext,
  ResumeWith,
  RuntimeError,
  Sandbox,
  SandboxFactory,
  SandboxOutput,
  SandboxSpec,
  Slice,
} from '../../sim/sandbox/sandbox';

export const START_MS = Date.UTC(2026, 10, 2, 10, 0, 0);

export type Outgoing = Extract<SandboxOutput, { type: 'request' | 'fetch' }>;
export type Answer = (request: Outgoing, count: number) => ResumeWith;

export interface Run {
  /** The result, parsed. */
  result: unknown;
  error: RuntimeError | null;
  initError: RuntimeError | null;
  logs: string[];
  requests: Outgoing[];
  ended: Slice['ended'];
  slices: Slice[];
  /** Virtual milliseconds from the invocation to its answer. */
  tookMs: number;
}

export const CONTEXT: InvocationContext = {
  awsRequestId: '8a4b0c5e-1111-4222-8333-000000000001',
  functionName: 'charge',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:charge',
  memoryLimitInMB: '1769',
  logGroupName: '/aws/lambda/charge',
  logStreamName: '2026/11/02/[$LATEST]0123456789abcdef0123456789abcdef',
};

export function spec(files: Record<string, string> | string, more: Partial<SandboxSpec> = {}): SandboxSpec {
  return {
    files: typeof files === 'string' ? { 'index.mjs': files } : files,
    handler: 'index.handler',
    memoryMB: 1769,
    environment: { AWS_REGION: 'eu-west-1' },
    seed: 7,
    ephemeralStorageMB: 512,
    ...more,
  };
}

const ACCEPTED: Answer = () => ({ ok: true, body: '{}' });

/** One environment that can be invoked several times; time goes on from one to the next. */
export class GuestRun {
  readonly sandbox: Sandbox;
  now = START_MS;
  private due: { atMs: number; id: number; request: Outgoing | null }[] = [];
  private answered = 0;

  constructor(
    factory: SandboxFactory,
    given: SandboxSpec,
    private readonly answer: Answer = ACCEPTED,
    private readonly timeoutMs = 60_000,
  ) {
    this.sandbox = factory.create(given);
  }

  init(): Run {
    return this.drive((time) => this.sandbox.init(time), 10_000);
  }

  invoke(event: unknown = {}): Run {
    return this.drive((time) => this.sandbox.invoke(time, JSON.stringify(event), CONTEXT), this.timeoutMs);
  }

  private drive(first: (time: { startEpochMs: number; deadlineEpochMs: number }) => Slice, patienceMs: number): Run {
    const from = this.now;
    const deadlineEpochMs = from + patienceMs;
    const slices: Slice[] = [];
    let answerAtMs: number | null = null;
    const keep = (slice: Slice): boolean => {
      slices.push(slice);
      for (const output of slice.outputs) {
        if (output.type === 'timer-set') this.due.push({ atMs: this.now + output.atMs + output.delayMs, id: output.id, request: null });
        else if (output.type === 'timer-cleared') this.due = this.due.filter(({ id }) => id !== output.id);
        else if (output.type === 'request' || output.type === 'fetch')
          this.due.push({ atMs: this.now + output.atMs + 5, id: output.id, request: output });
        else if (output.type !== 'log') answerAtMs = this.now + output.atMs;
      }
      this.now += slice.cpuMs;
      return slice.ended.end === 'waiting' && answerAtMs === null;
    };
    let goesOn = keep(first({ startEpochMs: from, deadlineEpochMs }));
    while (goesOn) {
      this.due.sort((a, b) => a.atMs - b.atMs || a.id - b.id);
      const next = this.due.shift();
      if (!next) break;
      this.now = Math.max(this.now, next.atMs);
      const time = { startEpochMs: this.now, deadlineEpochMs };
      const { id, request } = next;
      goesOn = keep(request ? this.sandbox.resume(time, id, this.answer(request, ++this.answered)) : this.sandbox.fireTimer(time, id));
    }
    return summarise(slices, (answerAtMs ?? this.now) - from);
  }
}

function summarise(slices: Slice[], tookMs: number): Run {
  const outputs = slices.flatMap((slice) => slice.outputs);
  const find = <Type extends SandboxOutput['type']>(type: Type) =>
    outputs.find((output) => output.type === type) as Extract<SandboxOutput, { type: Type }> | undefined;
  const payload = find('result')?.payload;
  return {
    result: payload === undefined ? undefined : JSON.parse(payload),
    error: find('failed')?.error ?? null,
    initError: find('init-failed')?.error ?? null,
    logs: outputs.filter((output) => output.type === 'log').map((output) => `${output.level} ${output.text}`),
    requests: outputs.filter((output) => output.type === 'request' || output.type === 'fetch'),
    ended: slices.at(-1)?.ended ?? { end: 'waiting' },
    slices,
    tookMs,
  };
}

/** Init and one invocation. */
export function runOnce(factory: SandboxFactory, given: SandboxSpec, event: unknown = {}, answer?: Answer): Run {
  const run = new GuestRun(factory, given, answer);
  const init = run.init();
  if (init.initError || init.ended.end !== 'waiting') return init;
  const invoked = run.invoke(event);
  run.sandbox.dispose();
  return { ...invoked, logs: [...init.logs, ...invoked.logs], slices: [...init.slices, ...invoked.slices] };
}
