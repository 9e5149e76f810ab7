// One instance of the engine: QuickJS compiled to WebAssembly by quickjs-emscripten, metered by metering/, driven directly.
// Its loader is not used: it instantiates asynchronously and lets the guest see the host's clock and time zone.
import type { EngineExports, Pointer } from './engine-exports';
import { HOST_FUNCTION_NAMES, HOST_FUNCTIONS, type HostFunctionName } from './host-functions';
import { HEAP_MB_MAX, HOST_CALL_FUEL, HOST_FUEL_PER_CHAR } from './limits';

/**
 * Thrown through the engine to end a guest at once. Nothing of the instance may be used before its memory is restored.
 * No Error: collecting a stack at the bottom of a deep recursion would cost more than the guest pays for.
 */
export class GuestEnded {
  constructor(
    readonly reason: 'out-of-memory' | 'exited' | 'fault',
    readonly exitCode: number | null = null,
  ) {}
}

/** Makes the guest see an exception where it called the host. No Error either. */
export class GuestError {
  constructor(
    readonly message: string,
    readonly errorName: string = 'Error',
    readonly code: string | null = null,
  ) {}
}

/** What crosses between the guest runtime and the host. */
export type HostValue = string | number | Uint8Array;

/** The side of the host that an environment implements while its guest runs. */
export interface EngineHost {
  /** Unix time in milliseconds, with a fraction. */
  now(): number;
  call(name: HostFunctionName, args: HostValue[]): HostValue | undefined;
  /** Source text of the function that wraps a CommonJS file. */
  commonJsSource(path: string): string;
  /** Full name of a module. */
  normalize(from: string, specifier: string): string;
  moduleSource(name: string): string;
  /** Whether the memory may grow to so many bytes in all. */
  mayGrowTo(bytes: number): boolean;
}

const PAGE_BYTES = 65_536;
/** Memory grows in whole megabytes: each growth makes new views. */
const GROWTH_BYTES = 1_048_576;
/** First size: static data, 5 MB of native stack, and room for the runtime. */
export const FIRST_PAGES = 112;
const MAXIMUM_PAGES = FIRST_PAGES + (HEAP_MB_MAX * 1_048_576) / PAGE_BYTES;
/** Bytes are copied as they are. */
const BYTES_PER_FUEL = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Engine {
  readonly memory: WebAssembly.Memory;
  readonly exports: EngineExports;
  context: Pointer = 0;
  runtime: Pointer = 0;
  /** The guest function that makes an error of a name, a message and a code. */
  makeError: Pointer = 0;
  /** Rejected promises without a handler, oldest first: the promise's identity and an owned pointer to the reason. */
  rejections: { promise: bigint; reason: Pointer }[] = [];
  private view: Uint8Array;

  constructor(
    module: WebAssembly.Module,
    public host: EngineHost,
  ) {
    this.memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MAXIMUM_PAGES });
    const instance = new WebAssembly.Instance(module, { host: this.imports() });
    this.exports = instance.exports as unknown as EngineExports;
    this.view = new Uint8Array(this.memory.buffer);
  }

  /** All memory; a new view after growth. */
  get bytes(): Uint8Array {
    if (this.view.length === 0) this.view = new Uint8Array(this.memory.buffer);
    return this.view;
  }

  /** Owned text in guest memory, ended by NUL. */
  newText(text: string): { pointer: Pointer; length: number } {
    const encoded = encoder.encode(text);
    const pointer = this.exports.malloc(encoded.length + 1);
    this.bytes.set(encoded, pointer);
    this.bytes[pointer + encoded.length] = 0;
    return { pointer, length: encoded.length };
  }

  textAt(pointer: Pointer): string {
    return decoder.decode(this.bytes.subarray(pointer, this.bytes.indexOf(0, pointer)));
  }

  newString(text: string): Pointer {
    const { pointer } = this.newText(text);
    const value = this.exports.QTS_NewString(this.context, pointer);
    this.exports.free(pointer);
    return value;
  }

  newValue(value: HostValue): Pointer {
    if (value instanceof Uint8Array) return this.newBytes(value);
    return typeof value === 'number' ? this.exports.QTS_NewFloat64(this.context, value) : this.newString(value);
  }

  private newBytes(bytes: Uint8Array): Pointer {
    const pointer = this.exports.malloc(Math.max(1, bytes.length));
    if (pointer === 0) throw new GuestEnded('out-of-memory');
    this.bytes.set(bytes, pointer);
    return this.exports.QTS_NewArrayBuffer(this.context, pointer, bytes.length);
  }

  /** A copy of what an ArrayBuffer holds. */
  private bytesOf(value: Pointer): Uint8Array {
    const pointer = this.exports.QTS_GetArrayBuffer(this.context, value);
    const length = this.exports.QTS_GetArrayBufferLength(this.context, value);
    if (pointer === 0 && length > 0) throw new GuestEnded('out-of-memory');
    const bytes = this.bytes.slice(pointer, pointer + length);
    this.exports.free(pointer);
    return bytes;
  }

  /** The text of a string value. For primitives only: anything else would run guest code. */
  stringOf(value: Pointer): string {
    const pointer = this.exports.QTS_GetString(this.context, value);
    if (pointer === 0) return '';
    const text = this.textAt(pointer);
    this.exports.QTS_FreeCString(this.context, pointer);
    return text;
  }

  free(value: Pointer): void {
    this.exports.QTS_FreeValuePointer(this.context, value);
  }

  property(object: Pointer, name: string): Pointer {
    const key = this.newString(name);
    const value = this.exports.QTS_GetProp(this.context, object, key);
    this.free(key);
    return value;
  }

  /** Evaluates a script; the pending exception stays with the guest when the result is an exception. */
  evaluate(source: string, name: string): Pointer {
    const code = this.newText(source);
    const file = this.newText(name);
    const value = this.exports.QTS_Eval(this.context, code.pointer, code.length, file.pointer, 0, 0);
    this.exports.free(code.pointer);
    this.exports.free(file.pointer);
    return value;
  }

  /** Calls a function of the runtime with owned values, which it frees. Such functions do not throw. */
  call(callee: Pointer, args: Pointer[]): Pointer {
    const list = this.exports.malloc(Math.max(4, args.length * 4));
    new Uint32Array(this.memory.buffer, list, args.length).set(args);
    const result = this.exports.QTS_Call(this.context, callee, this.exports.QTS_GetUndefined(), args.length, list);
    this.exports.free(list);
    for (const arg of args) this.free(arg);
    const error = this.exports.QTS_ResolveException(this.context, result);
    if (error !== 0) throw new Error(`The guest runtime failed: ${this.describe(error)}`);
    return result;
  }

  /** Name, message and stack of an error of the runtime itself. */
  describe(error: Pointer): string {
    const parts = ['name', 'message', 'stack'].map((name) => this.stringOf(this.property(error, name)));
    return `${parts[0]}: ${parts[1]}\n${parts[2]}`;
  }

  /** Runs promise jobs until none is left. */
  runJobs(): void {
    while (this.exports.QTS_IsJobPending(this.runtime) !== 0) {
      const out = this.exports.malloc(4);
      const value = this.exports.QTS_ExecutePendingJob(this.runtime, -1, out);
      this.exports.free(out);
      this.exports.QTS_FreeValuePointerRuntime(this.runtime, value);
    }
  }

  /** Ends the guest when it cannot pay: with its fuel below zero it counts as stopped at the deadline. */
  private charge(amount: number): void {
    const left = (this.exports.fuel.value as bigint) - BigInt(amount);
    this.exports.fuel.value = left;
    if (left < 0n) throw new GuestEnded('fault');
  }

  private throwInGuest(error: unknown): Pointer {
    if (!(error instanceof GuestError)) throw error;
    const value = this.call(
      this.makeError,
      [error.errorName, error.message, error.code ?? ''].map((text) => this.newString(text)),
    );
    const thrown = this.exports.QTS_Throw(this.context, value);
    this.free(value);
    return thrown;
  }

  private callFunction(argumentCount: number, argumentsAt: Pointer, hostRef: number): Pointer {
    const name = HOST_FUNCTION_NAMES[hostRef - 1];
    if (name === undefined) throw new GuestEnded('fault');
    const kinds = HOST_FUNCTIONS[name];
    if (argumentCount < kinds.length) throw new GuestEnded('fault');
    const args: HostValue[] = [];
    for (let index = 0; index < kinds.length; index++) {
      const pointer = this.exports.QTS_ArgvGetJSValueConstPointer(argumentsAt, index);
      if (kinds[index] === 'n') args.push(this.exports.QTS_GetFloat64(this.context, pointer));
      else args.push(kinds[index] === 'b' ? this.bytesOf(pointer) : this.stringOf(pointer));
    }
    try {
      this.charge(args.reduce<number>((sum, arg) => sum + crossingFuel(arg), HOST_CALL_FUEL));
      if (name === 'compile') {
        const path = String(args[0]);
        return this.evaluate(this.host.commonJsSource(path), path);
      }
      const answer = this.host.call(name, args);
      if (answer === undefined) return 0;
      this.charge(crossingFuel(answer));
      return this.newValue(answer);
    } catch (error) {
      return this.throwInGuest(error);
    }
  }

  /** `isHandled` says that a promise got its handler after all. */
  private trackRejection(promiseAt: Pointer, isHandled: boolean, reasonAt: Pointer): void {
    const promise = new DataView(this.memory.buffer).getBigUint64(promiseAt, true);
    if (!isHandled) {
      this.rejections.push({ promise, reason: this.exports.QTS_DupValuePointer(this.context, reasonAt) });
      return;
    }
    const index = this.rejections.findIndex((entry) => entry.promise === promise);
    if (index !== -1) for (const entry of this.rejections.splice(index, 1)) this.free(entry.reason);
  }

  private imports(): WebAssembly.ModuleImports {
    const fault = (): never => {
      throw new GuestEnded('fault');
    };
    const names = (produce: () => string): Pointer => {
      try {
        return this.newText(produce()).pointer;
      } catch (error) {
        this.free(this.throwInGuest(error));
        return 0;
      }
    };
    return {
      memory: this.memory,
      assert_fail: fault,
      abort: fault,
      proc_exit: fault,
      keepalive_clear: () => undefined,
      setitimer: () => 0,
      should_interrupt: () => 0,
      free_host_ref: () => undefined,
      environ_get: () => 0,
      environ_sizes_get: (countAt: Pointer, sizeAt: Pointer) => {
        const data = new DataView(this.memory.buffer);
        data.setUint32(countAt, 0, true);
        data.setUint32(sizeAt, 0, true);
        return 0;
      },
      fd_close: () => 52,
      fd_seek: () => 70,
      fd_write: () => 8,
      date_now: () => this.host.now(),
      localtime: (seconds: bigint, at: Pointer) => this.writeUtcTime(Number(seconds), at),
      tzset: (zoneAt: Pointer, daylightAt: Pointer, standardNameAt: Pointer, daylightNameAt: Pointer) => {
        const data = new DataView(this.memory.buffer);
        data.setInt32(zoneAt, 0, true);
        data.setInt32(daylightAt, 0, true);
        for (const at of [standardNameAt, daylightNameAt]) this.bytes.set([0x55, 0x54, 0x43, 0], at); // UTC
      },
      resize_heap: (bytes: number) => this.growTo(bytes >>> 0),
      call_function: (_context: Pointer, thisAt: Pointer, count: number, at: Pointer, hostRef: number) => {
        if (hostRef !== -1) return this.callFunction(count, at, hostRef);
        this.trackRejection(thisAt, count !== 0, at);
        return 0;
      },
      load_module_source: (_runtime: Pointer, _context: Pointer, nameAt: Pointer) =>
        names(() => this.host.moduleSource(this.textAt(nameAt))),
      normalize_module: (_runtime: Pointer, _context: Pointer, fromAt: Pointer, specifierAt: Pointer) =>
        names(() => this.host.normalize(this.textAt(fromAt), this.textAt(specifierAt))),
    };
  }

  private growTo(bytes: number): number {
    const wanted = Math.ceil(bytes / GROWTH_BYTES) * GROWTH_BYTES;
    if (wanted > MAXIMUM_PAGES * PAGE_BYTES || !this.host.mayGrowTo(bytes)) throw new GuestEnded('out-of-memory');
    this.memory.grow((wanted - this.memory.buffer.byteLength) / PAGE_BYTES);
    return 1;
  }

  /** A `struct tm` in UTC: sec, min, hour, mday, mon, year, wday, yday, isdst, gmtoff. */
  private writeUtcTime(seconds: number, at: Pointer): void {
    const date = new Date(seconds * 1000);
    const dayOfYear =
      (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000;
    const fields = [
      date.getUTCSeconds(),
      date.getUTCMinutes(),
      date.getUTCHours(),
      date.getUTCDate(),
      date.getUTCMonth(),
      date.getUTCFullYear() - 1900,
      date.getUTCDay(),
      dayOfYear,
      0,
      0,
    ];
    const data = new DataView(this.memory.buffer);
    fields.forEach((field, index) => {
      data.setInt32(at + index * 4, field, true);
    });
  }
}

function crossingFuel(value: HostValue): number {
  if (typeof value === 'number') return 0;
  return typeof value === 'string' ? HOST_FUEL_PER_CHAR * value.length : Math.ceil(value.length / BYTES_PER_FUEL);
}
