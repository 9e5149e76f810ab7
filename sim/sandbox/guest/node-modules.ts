// Puts together what `node:…` modules export.
import { assertModule, assertStrictModule } from './assert-module';
import { AsyncLocalStorage } from './async-local-storage';
import { BufferClass } from './buffer';
import { NODE_MODULES } from './builtin-modules';
import { builtinModule, registerModule } from './builtins';
import { makeRequire } from './common-js';
import { consoleObject } from './console';
import { cryptoModule } from './crypto-module';
import { eventsModule } from './events-module';
import { fsModule, fsPromisesModule } from './fs-module';
import { pathModule } from './path-module';
import { processObject, uptimeMs } from './process';
import { GuestTextDecoder } from './text-coding';
import { timersModule, timersPromisesModule } from './timers';
import { fileUrlToPath, GuestURL, GuestURLSearchParams } from './url';
import { typesModule, utilModule } from './util-module';

class StringDecoder {
  #decoder = new GuestTextDecoder();
  #held: number[] = [];
  /** Keeps back the bytes of a character that is not complete yet. */
  write(bytes: Uint8Array): string {
    const whole = Uint8Array.from([...this.#held, ...bytes]);
    let end = whole.length;
    for (let back = 1; back <= Math.min(3, whole.length); back++) {
      const byte = whole[whole.length - back] ?? 0;
      if ((byte & 0xc0) === 0x80) continue;
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      if (length > back) end = whole.length - back;
      break;
    }
    this.#held = [...whole.subarray(end)];
    return this.#decoder.decode(whole.subarray(0, end));
  }
  end(bytes?: Uint8Array): string {
    const text = bytes ? this.write(bytes) : '';
    const rest = Uint8Array.from(this.#held);
    this.#held = [];
    return text + this.#decoder.decode(rest);
  }
}

const queryString = {
  parse(text: string) {
    const result: Record<string, string | string[]> = Object.create(null);
    for (const [name, value] of new GuestURLSearchParams(text)) {
      const known = result[name];
      result[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
    }
    return result;
  },
  stringify(values: Record<string, unknown>) {
    const pairs = Object.entries(values).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((entry) => [name, entry]));
    return pairs.map(([name, value]) => `${encodeURIComponent(String(name))}=${encodeURIComponent(String(value))}`).join('&');
  },
  escape: encodeURIComponent,
  unescape: decodeURIComponent,
};

const osModule = {
  EOL: '\n',
  platform: () => 'linux',
  type: () => 'Linux',
  arch: () => 'x64',
  release: () => '5.10.0',
  hostname: () => '169.254.100.1',
  tmpdir: () => '/tmp',
  homedir: () => '/home/sbx_user1051',
  cpus: () => [{ model: 'vCPU', speed: 2500, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }],
  totalmem: () => Number(processObject.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 128) * 1_048_576,
  freemem: () => Math.max(0, osModule.totalmem() - processObject.memoryUsage().rss),
  uptime: () => uptimeMs() / 1000,
  loadavg: () => [0, 0, 0],
  userInfo: () => ({ username: 'sbx_user1051', uid: 993, gid: 990, shell: '/sbin/nologin', homedir: '/home/sbx_user1051' }),
};

const urlModule = {
  URL: GuestURL,
  URLSearchParams: GuestURLSearchParams,
  fileURLToPath: fileUrlToPath,
  pathToFileURL: (path: string) => new GuestURL(`file://${encodeURI(pathModule.resolve(path))}`),
  parse: (text: string) => GuestURL.parse(text) ?? { href: text, pathname: text },
  format: (url: GuestURL | string) => String(url),
};

export function installNodeModules(): void {
  const performance = (globalThis as { performance?: unknown }).performance;
  const bufferModule = { Buffer: BufferClass, atob: globalThis.atob, btoa: globalThis.btoa, constants: { MAX_LENGTH: 2 ** 32 } };
  const moduleModule = {
    createRequire: (from: string | GuestURL) => makeRequire(String(from).startsWith('file:') ? fileUrlToPath(from) : String(from)),
    builtinModules: [...NODE_MODULES],
    isBuiltin: (name: string) => builtinModule(name.startsWith('node:') ? name : `node:${name}`) !== undefined,
  };
  registerModule('assert', assertModule);
  registerModule('assert/strict', assertStrictModule);
  registerModule('async_hooks', { AsyncLocalStorage });
  registerModule('buffer', bufferModule);
  registerModule('console', consoleObject);
  registerModule('crypto', cryptoModule);
  registerModule('events', eventsModule);
  registerModule('fs', fsModule);
  registerModule('fs/promises', fsPromisesModule);
  registerModule('module', moduleModule);
  registerModule('os', osModule);
  registerModule('path', pathModule);
  registerModule('path/posix', pathModule);
  registerModule('perf_hooks', { performance });
  registerModule('process', processObject);
  registerModule('querystring', queryString);
  registerModule('string_decoder', { StringDecoder });
  registerModule('timers', timersModule);
  registerModule('timers/promises', timersPromisesModule);
  registerModule('url', urlModule);
  registerModule('util', utilModule);
  registerModule('util/types', typesModule);
  Object.assign(processObject, { getBuiltinModule: (name: string) => builtinModule(name.startsWith('node:') ? name : `node:${name}`) });
}
