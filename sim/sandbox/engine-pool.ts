// Instances of the engine, shared out among environments one after the other; never to two at a time.
// An instance whose memory grew is dropped: memory cannot shrink, and a larger one would change what allocation costs.
import { Engine, type EngineHost, GuestEnded } from './engine';
import type { Pointer } from './engine-exports';
import { sdkExports } from './guest/sdk-packages';
import { GUEST_FUNCTIONS, type GuestFunctionName, HOST_FUNCTION_NAMES, HOST_FUNCTIONS } from './host-functions';
import { LIVE_MB_MAX, NATIVE_STACK_MAX, RESIDENT_MAX, SCRIPT_STACK_BYTES } from './limits';
import { captureBase, captureDelta, captureLike, type Delta, type MemoryImage, restore } from './memory-image';

/** What is behind the factory's wasm besides the engine: appended to it by scripts/build-sandbox.mjs. */
export interface RuntimeBundle {
  runtimeVersion: string;
  /** Source of the guest runtime: an expression whose value is a function of the host functions. */
  prelude: string;
  /** Index of the promise rejection tracker in the engine's function table. */
  rejectionTrackerSlot: number;
}

/** Who holds an instance, and can be asked to give it back. */
export interface Tenant {
  /** Called with the captured state; the instance is gone after it. */
  evict(delta: Delta): void;
}

export const UNMETERED_FUEL = 1n << 60n;
const unused = (): never => {
  throw new GuestEnded('fault');
};
/** The host while the runtime starts, before any learner code: a fixed clock, no files. */
const startHost: EngineHost = {
  now: () => 0,
  call: () => undefined,
  commonJsSource: unused,
  normalize: (_from, specifier) => specifier,
  moduleSource: unused,
  mayGrowTo: () => false,
};

export class EnginePool {
  /** A runtime that has not yet seen any code of a learner. */
  readonly base: MemoryImage;
  readonly entries: Record<GuestFunctionName, Pointer>;
  private readonly context: Pointer;
  private readonly runtime: Pointer;
  private readonly nodeExports: Record<string, string[]>;
  private free: Engine[] = [];
  /** Memory of live environments beyond the base image, resident or put aside. */
  private liveBytes = 0;
  /** Residents, least recently used first. */
  private residents = new Map<Tenant, Engine>();

  constructor(
    private readonly module: WebAssembly.Module,
    bundle: RuntimeBundle,
  ) {
    const engine = new Engine(module, startHost);
    const { exports } = engine;
    exports.fuel.value = UNMETERED_FUEL;
    exports.stack_left.value = NATIVE_STACK_MAX;
    exports.run_constructors();
    this.runtime = engine.runtime = exports.QTS_NewRuntime();
    exports.QTS_RuntimeSetMaxStackSize(engine.runtime, SCRIPT_STACK_BYTES);
    this.context = engine.context = exports.QTS_NewContext(engine.runtime, 0);
    exports.QTS_RuntimeEnableModuleLoader(engine.runtime, 1);
    installRejectionTracker(engine, bundle.rejectionTrackerSlot);
    const started = startRuntime(engine, bundle.prelude);
    this.entries = started.entries;
    this.nodeExports = started.nodeExports;
    this.base = captureBase(engine);
    this.free.push(engine);
  }

  /** What a built-in module exports, by its full name. */
  readonly exportNames = (module: string): readonly string[] => sdkExports(module) ?? this.nodeExports[module] ?? [];

  /** The tenant's instance: the one it holds, or another with its state restored, from `image` where it starts there. */
  acquire(tenant: Tenant, host: EngineHost, delta: Delta | null, image: MemoryImage = this.base): Engine {
    const held = this.residents.get(tenant);
    if (held) {
      this.residents.delete(tenant);
      this.residents.set(tenant, held);
      return held;
    }
    if (this.residents.size >= RESIDENT_MAX) this.evictOldest();
    const engine = this.free.pop() ?? new Engine(this.module, host);
    engine.host = host;
    engine.context = this.context;
    engine.runtime = this.runtime;
    engine.makeError = this.entries.makeError;
    // The last tenant may have ended with its fuel spent, and even restoring the stack pointer is metered.
    engine.exports.fuel.value = UNMETERED_FUEL;
    restore(engine, image, delta);
    this.residents.set(tenant, engine);
    return engine;
  }

  /** An image of what the tenant's instance holds now; null when it holds none, or when its memory has grown. */
  imageOf(tenant: Tenant): MemoryImage | null {
    const engine = this.residents.get(tenant);
    return engine && engine.memory.buffer.byteLength === this.base.memoryBytes ? captureLike(engine, this.base) : null;
  }

  /** Counts memory that an environment takes or gives back; false when there is no more for it. */
  account(bytes: number): boolean {
    if (bytes > 0 && this.liveBytes + bytes > LIVE_MB_MAX * 1_048_576) return false;
    this.liveBytes += bytes;
    return true;
  }

  release(tenant: Tenant): void {
    const engine = this.residents.get(tenant);
    if (!engine) return;
    this.residents.delete(tenant);
    engine.host = startHost;
    if (engine.memory.buffer.byteLength === this.base.memoryBytes) this.free.push(engine);
  }

  private evictOldest(): void {
    for (const [tenant, engine] of this.residents) {
      tenant.evict(captureDelta(engine, this.base));
      this.release(tenant);
      return;
    }
  }
}

/**
 * QuickJS has a hook for rejected promises that quickjs-emscripten does not reach. In the runtime's record it follows the interrupt
 * handler and its argument (quickjs.c, struct JSRuntime), which the library can switch on: so the place is found, not assumed.
 */
function installRejectionTracker(engine: Engine, slot: number): void {
  const { exports, runtime } = engine;
  const words = () => new Uint32Array(engine.memory.buffer, runtime, 256).slice();
  const before = words();
  exports.QTS_RuntimeEnableInterruptHandler(runtime);
  const after = words();
  exports.QTS_RuntimeDisableInterruptHandler(runtime);
  const handlerAt = after.findIndex((word, index) => word !== before[index]);
  if (handlerAt === -1) throw new Error('The engine hides its interrupt handler: this version of quickjs-emscripten is not known.');
  new Uint32Array(engine.memory.buffer, runtime, 256)[handlerAt + 2] = slot;
  engine.free(engine.evaluate('Promise.reject(0); 0', 'self-test'));
  if (engine.rejections.length !== 1)
    throw new Error('The engine does not report rejected promises: this version of quickjs-emscripten is not known.');
  for (const { reason } of engine.rejections) engine.free(reason);
  engine.rejections = [];
}

interface StartedRuntime {
  entries: Record<GuestFunctionName, Pointer>;
  nodeExports: Record<string, string[]>;
}

function startRuntime(engine: Engine, prelude: string): StartedRuntime {
  const { exports, context } = engine;
  const start = engine.evaluate(prelude, 'aws-lambda-runtime');
  const failure = exports.QTS_ResolveException(context, start);
  if (failure !== 0) throw new Error(`The guest runtime does not start: ${engine.describe(failure)}`);
  const host = exports.QTS_NewObject(context);
  HOST_FUNCTION_NAMES.forEach((name, index) => {
    const text = engine.newText(name);
    const made = exports.QTS_NewFunction(context, text.pointer, HOST_FUNCTIONS[name].length, 0, index + 1);
    exports.free(text.pointer);
    const key = engine.newString(name);
    exports.QTS_SetProp(context, host, key, made);
    engine.free(key);
    engine.free(made);
  });
  const entriesObject = engine.call(start, [host]);
  engine.free(start);
  engine.runJobs();
  const entries = GUEST_FUNCTIONS.map((name) => [name, engine.property(entriesObject, name)] as const);
  const names = engine.property(entriesObject, 'exportNames');
  const nodeExports = JSON.parse(engine.stringOf(names)) as Record<string, string[]>;
  engine.free(names);
  engine.free(entriesObject);
  return { entries: Object.fromEntries(entries) as Record<GuestFunctionName, Pointer>, nodeExports };
}
