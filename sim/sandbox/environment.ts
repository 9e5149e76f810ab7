// One execution environment: runs its guest slice by slice and turns what the guest does into data.
// What ends a guest is decided here, by fuel and memory, never by what the guest reports.
import { type Engine, type EngineHost, GuestEnded, GuestError, type HostValue } from './engine';
import type { Pointer } from './engine-exports';
import { type EnginePool, type Tenant, UNMETERED_FUEL } from './engine-pool';
import { PERSONAL_VARIABLE } from './guest/personal';
import type { GuestFunctionName, HostFunctionName } from './host-functions';
import { HEAP_MB_MAX, INIT_TRIAL_FUEL_MAX, NATIVE_STACK_MAX, RESPONSE_BYTES_MAX, RUNTIME_BASE_MB, TMP_MB_MAX } from './limits';
import { impersonal, type LoadedCode, type LoadedCodes } from './loaded-code';
import type { Delta } from './memory-image';
import { PackageFiles, type ResolveBy } from './package-files';
import { correctPositions, type PositionSource } from './positions';
import type {
  InvocationContext,
  LogLevel,
  ResumeWith,
  RuntimeError,
  Sandbox,
  SandboxSpec,
  Slice,
  SliceEnd,
  SliceTime,
  TmpFiles,
} from './sandbox';
import { fuelPerMs, SliceClock } from './slice-clock';
import { SliceOutputs } from './slice-outputs';
import { SCRIPT_HEAD, type SourceTexts } from './source-text';
import { sizesOf, TmpMirror } from './tmp-files';

const MB = 1_048_576;
/** No file has such a name. */
const UNRESOLVED = '\u0001unresolved:';

export class Environment implements Sandbox, EngineHost, Tenant, PositionSource {
  private readonly files: PackageFiles;
  private delta: Delta | null = null;
  private isDead = false;
  private isStarted = false;
  private memoryBytes: number;
  /** What the pool counts for this environment. */
  private heldBytes: number;
  private tmpBytes = 0;
  private clock: SliceClock | null = null;
  private outputs = new SliceOutputs();
  private readonly tmpMirror: TmpMirror;
  /** The guest asked for the time, or for what else could be different the next time. */
  private hasLookedAround = false;
  private readonly scripts = new Set<string>();
  private readonly lines = new Map<string, readonly string[]>();

  constructor(
    private readonly spec: SandboxSpec,
    private readonly pool: EnginePool,
    private readonly sources: SourceTexts,
    private readonly loaded: LoadedCodes,
  ) {
    this.files = new PackageFiles(spec.files);
    this.tmpMirror = new TmpMirror(spec.tmp ?? {});
    this.memoryBytes = this.heldBytes = pool.base.memoryBytes;
  }

  init(time: SliceTime): Slice {
    if (this.isStarted) throw new Error('This environment has already run its init phase.');
    this.isStarted = true;
    const code = this.loaded.of(this.spec, () => this.tryInit());
    return code && code.slice.fuel <= SliceClock.budgetOf(time, this.spec.memoryMB) ? this.startFrom(code, time) : this.runInit(time);
  }

  /** Init in a trial environment: null unless it ended well and would do and leave the same in every environment of this code. */
  private tryInit(): LoadedCode | null {
    const trial = new Environment(
      { ...this.spec, environment: impersonal(this.spec.environment), seed: 0 },
      this.pool,
      this.sources,
      this.loaded,
    );
    trial.isStarted = true;
    const slice = trial.runInit({ startEpochMs: 0, deadlineEpochMs: INIT_TRIAL_FUEL_MAX / fuelPerMs(this.spec.memoryMB) });
    try {
      const isReady = slice.ended.end === 'waiting' && slice.outputs.some(({ type }) => type === 'ready');
      const image = isReady && !trial.looksAround() ? this.pool.imageOf(trial) : null;
      return image && { image, slice, scripts: [...trial.scripts] };
    } finally {
      trial.dispose();
    }
  }

  /** Whether what ran so far could see what is this environment's own. */
  private looksAround(): boolean {
    const engine = this.pool.acquire(this, this, this.delta);
    engine.exports.fuel.value = UNMETERED_FUEL;
    return this.hasLookedAround || this.enterForNumber(engine, 'hasLookedAtItself') !== 0;
  }

  /** A cold start by copying: what init did is said again, and what is this environment's own is put in. None of it costs fuel. */
  private startFrom({ image, slice, scripts }: LoadedCode, time: SliceTime): Slice {
    const { environment, seed } = this.spec;
    const engine = this.pool.acquire(this, this, null, image);
    engine.exports.stack_left.value = NATIVE_STACK_MAX;
    this.enter(engine, 'personalise', seed, time.startEpochMs, environment[PERSONAL_VARIABLE] ?? '');
    for (const path of scripts) this.scripts.add(path);
    return { ...slice, outputs: slice.outputs.map((output) => ({ ...output })) };
  }

  private runInit(time: SliceTime): Slice {
    const { handler, environment, seed } = this.spec;
    const tmpBytesMax = Math.min(this.spec.ephemeralStorageMB, TMP_MB_MAX) * MB;
    const boot = JSON.stringify({ handler, environment, seed, tmpBytesMax, tmp: sizesOf(this.spec.tmp ?? {}) });
    return this.run(time, (engine) => {
      this.enter(engine, 'boot', boot);
      this.hasLookedAround = false;
      this.enter(engine, 'init');
    });
  }

  invoke(time: SliceTime, event: string, context: InvocationContext): Slice {
    const given = JSON.stringify({ ...context, deadlineMs: time.deadlineEpochMs });
    return this.run(time, (engine) => this.enter(engine, 'invoke', withoutNul(event), given));
  }

  resume(time: SliceTime, id: number, answer: ResumeWith): Slice {
    const { ok, ...rest } = answer;
    const given = answer.ok ? withoutNul(answer.body) : JSON.stringify(rest);
    return this.run(time, (engine) => this.enter(engine, 'resume', id, ok ? 1 : 0, given));
  }

  fireTimer(time: SliceTime, id: number): Slice {
    return this.run(time, (engine) => this.enter(engine, 'fireTimer', id));
  }

  tmp(): TmpFiles {
    return this.tmpMirror.files();
  }

  dispose(): void {
    this.isDead = true;
    this.delta = null;
    this.pool.account(this.pool.base.memoryBytes - this.heldBytes);
    this.heldBytes = this.pool.base.memoryBytes;
    this.pool.release(this);
  }

  evict(delta: Delta): void {
    this.delta = delta;
  }

  private run(time: SliceTime, work: (engine: Engine) => void): Slice {
    if (this.isDead) throw new Error('This environment has ended: create a new one.');
    if (!this.isStarted) throw new Error('This environment has not run its init phase yet.');
    const engine = this.pool.acquire(this, this, this.delta);
    this.delta = null;
    engine.exports.stack_left.value = NATIVE_STACK_MAX;
    const clock = new SliceClock(time, this.spec.memoryMB, engine.exports.fuel);
    this.clock = clock;
    this.outputs = new SliceOutputs();
    const ended = this.runToEnd(engine, clock, work);
    this.memoryBytes = Math.max(this.memoryBytes, engine.memory.buffer.byteLength);
    const slice: Slice = {
      outputs: this.outputs.list,
      ended,
      cpuMs: clock.elapsedMs,
      fuel: clock.fuelSpent,
      maxMemoryUsedMB: this.maxMemoryUsedMB(ended),
    };
    this.clock = null;
    if (ended.end !== 'waiting') this.dispose();
    return slice;
  }

  private runToEnd(engine: Engine, clock: SliceClock, work: (engine: Engine) => void): SliceEnd {
    try {
      work(engine);
      do this.drain(engine);
      while (this.enterForNumber(engine, 'idle') !== 0);
      return { end: 'waiting' };
    } catch (error) {
      if (clock.isExhausted) return { end: 'deadline' };
      if (error instanceof GuestEnded)
        return error.reason === 'out-of-memory' ? { end: 'out-of-memory' } : { end: 'exited', exitCode: error.exitCode };
      // A trap of the engine (the metered stack, a failed assertion), or the machine's own stack.
      if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return { end: 'exited', exitCode: null };
      throw error;
    }
  }

  /** As Node.js after each callback: next-tick callbacks, promise jobs, and at last rejections that nobody handled. */
  private drain(engine: Engine): void {
    for (;;) {
      engine.runJobs();
      if (this.enterForNumber(engine, 'runTicks') !== 0) continue;
      const rejection = engine.rejections.shift();
      if (!rejection) return;
      engine.free(engine.call(this.pool.entries.rejected, [rejection.reason]));
    }
  }

  private enter(engine: Engine, name: GuestFunctionName, ...args: (string | number)[]): void {
    engine.free(this.callEntry(engine, name, args));
  }

  private enterForNumber(engine: Engine, name: GuestFunctionName): number {
    const value = this.callEntry(engine, name, []);
    const number = engine.exports.QTS_GetFloat64(engine.context, value);
    engine.free(value);
    return number;
  }

  private callEntry(engine: Engine, name: GuestFunctionName, args: (string | number)[]): Pointer {
    return engine.call(
      this.pool.entries[name],
      args.map((arg) => engine.newValue(arg)),
    );
  }

  // What the engine asks for while the guest runs.

  now(): number {
    this.hasLookedAround = true;
    return this.clock?.nowEpochMs ?? 0;
  }

  mayGrowTo(bytes: number): boolean {
    const heapMB = Math.min(HEAP_MB_MAX, this.spec.memoryMB - RUNTIME_BASE_MB);
    if (bytes - this.pool.base.usedTo - this.tmpBytes > heapMB * MB || !this.pool.account(bytes - this.heldBytes)) return false;
    this.heldBytes = bytes;
    return true;
  }

  /** The engine cannot take an error here: the name carries it to where the module is loaded. */
  normalize(from: string, specifier: string): string {
    try {
      return this.files.resolve(specifier, from, 'import');
    } catch (error) {
      if (!(error instanceof GuestError)) throw error;
      return UNRESOLVED + JSON.stringify([error.message, error.errorName, error.code]);
    }
  }

  moduleSource(name: string): string {
    if (name.startsWith(UNRESOLVED)) {
      const [message, errorName, code] = JSON.parse(name.slice(UNRESOLVED.length)) as [string, string, string | null];
      throw new GuestError(message, errorName, code);
    }
    return this.sources.moduleSource(name, this.files, this.pool.exportNames);
  }

  commonJsSource(path: string): string {
    this.scripts.add(path);
    return this.sources.scriptSource(path, this.files);
  }

  call(name: HostFunctionName, args: HostValue[]): HostValue | undefined {
    const [first, second, third, fourth] = args;
    const atMs = this.clock?.elapsedMs ?? 0;
    switch (name) {
      case 'log':
        this.outputs.log(atMs, String(first) as LogLevel, JSON.parse(String(second)) as string, this);
        return undefined;
      case 'request':
        return this.record(
          { type: 'request', atMs, id: Number(first), service: String(second), operation: String(third), input: String(fourth) },
          String(fourth).length,
        );
      case 'fetch': {
        const request = JSON.parse(String(second)) as { url: string; method: string; headers: Record<string, string>; body: string };
        return this.record({ type: 'fetch', atMs, id: Number(first), ...request }, String(second).length);
      }
      case 'timerSet':
        return this.record({ type: 'timer-set', atMs, id: Number(first), delayMs: Number(second) });
      case 'timerCleared':
        return this.record({ type: 'timer-cleared', atMs, id: Number(first) });
      case 'ready':
        return this.record({ type: 'ready', atMs });
      case 'initFailed':
        return this.record({ type: 'init-failed', atMs, error: this.runtimeError(String(first)) });
      case 'result':
        return this.recordResult(atMs, String(first));
      case 'failed':
        return this.record({ type: 'failed', atMs, error: this.runtimeError(String(first)) });
      case 'exit':
        throw new GuestEnded('exited', Number(first));
      case 'now':
        return this.now();
      case 'resolve':
        return this.resolve(String(first), String(second), String(third) as ResolveBy);
      case 'readFile': {
        const text = this.files.text(String(first));
        return text === undefined ? undefined : JSON.stringify(text);
      }
      case 'listFiles':
        return JSON.stringify(this.files.paths());
      case 'tmpUsed':
        this.hasLookedAround = true;
        this.tmpBytes = Number(first);
        return undefined;
      case 'tmpWritten':
        this.tmpMirror.write(String(first), second as Uint8Array, Number(third), this.now());
        return undefined;
      case 'tmpFolderMade':
        this.hasLookedAround = true;
        this.tmpMirror.makeFolder(String(first));
        return undefined;
      case 'tmpRemoved':
        this.hasLookedAround = true;
        this.tmpMirror.remove(String(first));
        return undefined;
      case 'tmpBytes':
        return this.spec.tmp?.[String(first)]?.bytes;
      case 'memoryUsed':
        this.hasLookedAround = true;
        return this.maxMemoryUsedMB({ end: 'waiting' }) * MB;
      case 'compile':
        return undefined; // done by the engine itself
    }
  }

  private resolve(specifier: string, from: string, by: ResolveBy): string {
    const path = this.files.resolve(JSON.parse(specifier) as string, from, by);
    return JSON.stringify({ path, kind: this.files.has(path) ? this.files.kindOf(path) : 'builtin' });
  }

  private record(output: Parameters<SliceOutputs['add']>[0], chars = 0): undefined {
    if (!this.outputs.add(output, chars)) throw new GuestEnded('exited', null);
    return undefined;
  }

  private recordResult(atMs: number, payload: string): undefined {
    if (payload.length <= RESPONSE_BYTES_MAX / 3 || new TextEncoder().encode(payload).length <= RESPONSE_BYTES_MAX) {
      return this.record({ type: 'result', atMs, payload }, payload.length);
    }
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES_MAX} bytes).`;
    return this.record({ type: 'failed', atMs, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: [] } });
  }

  private runtimeError(json: string): RuntimeError {
    const { errorType, errorMessage, trace } = JSON.parse(json) as RuntimeError;
    const corrected = this.corrected(trace.join('\n')).split('\n');
    // A trace begins with type and message, and so shows what a correction made of the message.
    const head = `${errorType}: `;
    const isNamed = errorMessage === 'not a function' && corrected[0]?.startsWith(head);
    return {
      errorType,
      errorMessage: isNamed ? (corrected[0] ?? '').slice(head.length) : errorMessage,
      trace: trace.length > 0 ? corrected : [],
    };
  }

  private corrected(text: string): string {
    return correctPositions(text, this);
  }

  linesOf(path: string): readonly string[] {
    const known = this.lines.get(path);
    if (known) return known;
    const lines = this.files.has(path) ? this.sources.linesOf(path, this.files) : [];
    this.lines.set(path, lines);
    return lines;
  }

  shiftOf(path: string): number {
    return this.scripts.has(path) ? SCRIPT_HEAD.length : 0;
  }

  private maxMemoryUsedMB(ended: SliceEnd): number {
    if (ended.end === 'out-of-memory') return this.spec.memoryMB;
    const grown = Math.max(0, this.memoryBytes - this.pool.base.memoryBytes - this.tmpBytes);
    return Math.min(this.spec.memoryMB, RUNTIME_BASE_MB + Math.ceil(grown / MB));
  }
}

/** Text crosses into the engine up to its first NUL. In JSON only the escape of that character is valid anyway. */
function withoutNul(json: string): string {
  return json.includes('\0') ? json.replaceAll('\0', '\\u0000') : json;
}
