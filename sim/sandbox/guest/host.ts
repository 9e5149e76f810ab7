// The functions that the host gives to the runtime (host-functions.ts), and the intrinsics that learner code could replace later.

export interface Host {
  log(level: string, textJson: string): void;
  request(id: number, service: string, operation: string, inputJson: string): void;
  fetch(id: number, requestJson: string): void;
  timerSet(id: number, delayMs: number): void;
  timerCleared(id: number): void;
  ready(): void;
  initFailed(errorJson: string): void;
  result(payload: string): void;
  failed(errorJson: string): void;
  exit(code: number): never;
  now(): number;
  resolve(specifierJson: string, from: string, by: 'require' | 'import'): string;
  readFile(path: string): string | undefined;
  listFiles(): string;
  compile(path: string): (...wrapped: unknown[]) => void;
  tmpUsed(bytes: number): void;
  tmpWritten(path: string, bytes: ArrayBufferLike, from: number): void;
  tmpFolderMade(path: string): void;
  tmpRemoved(path: string): void;
  tmpBytes(path: string): ArrayBuffer;
  memoryUsed(): number;
}

/** The parameter of the function that scripts/build-sandbox.mjs wraps around the runtime. */
declare const __host: Host;

export const host = __host;
export const stringify = JSON.stringify;
export const parse = JSON.parse;
export const apply = Reflect.apply;
const { then } = Promise.prototype;

/** `promise.then` as it was before any learner code. */
export function whenSettled<T>(promise: Promise<T>, onResult: (value: T) => void, onError: (reason: unknown) => void): void {
  apply(then, promise, [onResult, onError]);
}

/** Defines a global as Node.js does: writable and not enumerable. */
export function defineGlobal(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
