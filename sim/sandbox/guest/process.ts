// `process`, as far as a function on Lambda meets it. https://nodejs.org/api/process.html
import { defineGlobal, host } from './host';
import { lookAtItself, PERSONAL_VARIABLE } from './personal';
import { nextTick } from './timers';

type Listener = (...args: unknown[]) => void;

const startedAtMs = { value: 0 };
const listeners = new Map<string, Listener[]>();

/** Milliseconds since the runtime started, with a fraction. */
export function uptimeMs(): number {
  return host.now() - startedAtMs.value;
}

/** Runs the listeners of a process event; false when there is none. */
export function emitProcessEvent(name: string, ...args: unknown[]): boolean {
  const registered = listeners.get(name) ?? [];
  for (const listener of registered) listener(...args);
  return registered.length > 0;
}

const on = (name: string, listener: Listener) => {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  return processObject;
};
const off = (name: string, listener: Listener) => {
  listeners.set(
    name,
    (listeners.get(name) ?? []).filter((known) => known !== listener),
  );
  return processObject;
};

const hrtime = Object.assign(
  (since?: [number, number]): [number, number] => {
    const microseconds = Math.round(uptimeMs() * 1000) - (since ? since[0] * 1e6 + Math.round(since[1] / 1000) : 0);
    return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1000];
  },
  { bigint: () => BigInt(Math.round(uptimeMs() * 1000)) * 1000n },
);

const write = (level: string) => (text: unknown) => {
  host.log(level, JSON.stringify(String(text).replace(/\n$/, '')));
  return true;
};

const variables: Record<string, string> = {};

/** The function's log format, as Lambda tells the runtime. */
export function logsJson(): boolean {
  return variables.AWS_LAMBDA_LOG_FORMAT === 'JSON';
}

export const processObject = {
  env: variables,
  argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
  execArgv: [] as string[],
  execPath: '/var/lang/bin/node',
  title: 'node',
  pid: 8,
  ppid: 1,
  platform: 'linux',
  arch: 'x64',
  version: 'v22.20.0',
  versions: { node: '22.20.0' },
  release: { name: 'node', lts: 'Jod' },
  exitCode: undefined as number | undefined,
  stdout: { write: write('INFO'), isTTY: false, fd: 1 },
  stderr: { write: write('ERROR'), isTTY: false, fd: 2 },
  cwd: () => '/var/task',
  uptime: () => uptimeMs() / 1000,
  hrtime,
  nextTick,
  memoryUsage: Object.assign(
    () => {
      const used = host.memoryUsed();
      return { rss: used, heapTotal: used, heapUsed: used, external: 0, arrayBuffers: 0 };
    },
    { rss: () => host.memoryUsed() },
  ),
  cpuUsage: () => ({ user: Math.round(uptimeMs() * 1000), system: 0 }),
  exit: (code?: number): never => host.exit(Number(code ?? processObject.exitCode ?? 0) | 0),
  abort: (): never => host.exit(134),
  emitWarning: (warning: unknown) =>
    write('ERROR')(`(node:8) ${warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${warning}`}`),
  on,
  addListener: on,
  once: on,
  prependListener: on,
  off,
  removeListener: off,
  removeAllListeners: (name: string) => {
    listeners.delete(name);
    return processObject;
  },
  listeners: (name: string) => listeners.get(name) ?? [],
  listenerCount: (name: string) => (listeners.get(name) ?? []).length,
  emit: emitProcessEvent,
};

export function startProcess(environment: Record<string, string>): void {
  startedAtMs.value = host.now();
  Object.assign(variables, environment);
}

/** Where static code has run already: what is this process's own takes the place of what stood there meanwhile. */
export function personaliseProcess(startedAt: number, personalVariable: string): void {
  startedAtMs.value = startedAt;
  if (personalVariable !== '') variables[PERSONAL_VARIABLE] = personalVariable;
}

export function installProcess(): void {
  Object.defineProperty(processObject, Symbol.toStringTag, { value: 'process' });
  // Assigning to an environment variable makes it text, as in a real process.
  const toText = (value: unknown) => String(value);
  const touch = (key: string | symbol) => {
    if (key === PERSONAL_VARIABLE) lookAtItself();
  };
  processObject.env = new Proxy(variables, {
    get(target, key) {
      touch(key);
      return target[key as string];
    },
    getOwnPropertyDescriptor(target, key) {
      touch(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    set(target, key, value) {
      touch(key);
      target[String(key)] = toText(value);
      return true;
    },
    defineProperty(target, key, descriptor) {
      touch(key);
      return Reflect.defineProperty(target, key, { ...descriptor, value: toText(descriptor.value) });
    },
    deleteProperty(target, key) {
      touch(key);
      return Reflect.deleteProperty(target, key);
    },
  });
  defineGlobal('process', processObject);
  defineGlobal('global', globalThis);
  defineGlobal('performance', {
    now: uptimeMs,
    get timeOrigin() {
      lookAtItself();
      return startedAtMs.value;
    },
    mark: () => undefined,
    measure: () => undefined,
    toJSON: () => {
      lookAtItself();
      return { timeOrigin: startedAtMs.value };
    },
  });
}
