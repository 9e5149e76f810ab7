// The guest runtime: evaluated once, then kept as a memory image. Gives the host its entry points.
import { builtinModule, nodeExportNames } from './builtins';
import { requireForImport } from './common-js';
import { installConsole } from './console';
import { installErrors, makeError } from './errors';
import { startTmp, type TmpFiles } from './fs-store';
import { parse } from './host';
import { configureHandler, idle, init, invoke, rejected, uncaught } from './lambda-runtime';
import { installNodeModules } from './node-modules';
import { hasLookedAtItself } from './personal';
import { installProcess, personaliseProcess, startProcess } from './process';
import { random, seedRandom } from './random';
import { resume } from './requests';
import { fireTimer, installTimers, runTicks } from './timers';
import { installWebGlobals } from './web-globals';

installErrors();
installTimers();
installProcess();
installConsole();
installWebGlobals();
installNodeModules();
Object.defineProperty(Math, 'random', { value: random, writable: true, configurable: true });
Object.defineProperty(globalThis, '__coldstart', { value: Object.freeze({ builtin: builtinModule, require: requireForImport }) });

interface BootSpec {
  handler: string;
  environment: Record<string, string>;
  seed: number;
  tmpBytesMax: number;
  tmp: TmpFiles;
}

/** An exception in a callback of the event loop ends the process; it never reaches the host. */
function guarded<Args extends unknown[], Result>(run: (...args: Args) => Result, otherwise: Result): (...args: Args) => Result {
  return (...args) => {
    try {
      return run(...args);
    } catch (error) {
      uncaught(error);
      return otherwise;
    }
  };
}

export const entries = {
  boot(specJson: string) {
    const spec = parse(specJson) as BootSpec;
    seedRandom(spec.seed);
    startProcess(spec.environment);
    configureHandler(spec.handler);
    startTmp(spec.tmpBytesMax, spec.tmp);
  },
  init,
  hasLookedAtItself,
  /** Instead of `boot` and `init`, in a copy of a process that has done both and has not looked at itself. */
  personalise(seed: number, startedAtMs: number, personalVariable: string) {
    seedRandom(seed);
    personaliseProcess(startedAtMs, personalVariable);
  },
  invoke: guarded(invoke, undefined),
  resume: guarded(resume, undefined),
  fireTimer: guarded(fireTimer, undefined),
  runTicks: guarded(runTicks, 0),
  rejected: guarded(rejected, undefined),
  idle: guarded(idle, 0),
  makeError,
  exportNames: JSON.stringify(nodeExportNames()),
};
