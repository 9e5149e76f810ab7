// Static code that has run already. Environments of one package and configuration differ in nothing but their seed, the time of their
// start and the name of their log stream (guest/personal.ts). So init runs once, in a trial environment that has none of these, and
// its memory is kept. When the static code did not ask for the time, for chance or for that name, and neither wrote to /tmp nor made
// the memory grow, then it would have done the same in every environment: each starts as a copy, reports the fuel and the outputs of
// the trial, and is given what is its own. Otherwise each environment runs init itself, from the start.
// Which of the two it is depends on the package and the configuration alone, never on what this factory has seen before: a trial that
// is not remembered is made again and comes to the same.
import { PERSONAL_VARIABLE } from './guest/personal';
import { LOADED_CODES_MAX } from './limits';
import type { MemoryImage } from './memory-image';
import type { SandboxSpec, Slice } from './sandbox';

export interface LoadedCode {
  image: MemoryImage;
  /** What init did and what it cost. */
  slice: Slice;
  /** CommonJS files among what was loaded. */
  scripts: string[];
}

export class LoadedCodes {
  /** By everything that init can see, latest used last. Null: init has to run in each environment. */
  private readonly codes = new Map<string, LoadedCode | null>();

  /** Null when the static code has to run. `load` makes the trial. */
  of(spec: SandboxSpec, load: () => LoadedCode | null): LoadedCode | null {
    // What a reset left in /tmp is one environment's own.
    if (spec.tmp && Object.keys(spec.tmp).length > 0) return null;
    const key = keyOf(spec);
    let code = this.codes.get(key);
    if (code === undefined) code = load();
    else this.codes.delete(key);
    this.codes.set(key, code);
    for (const oldest of this.codes.keys()) {
      if (this.codes.size <= LOADED_CODES_MAX) break;
      this.codes.delete(oldest);
    }
    return code;
  }
}

/** The variables without the one that differs between environments. */
export function impersonal(environment: Record<string, string>): Record<string, string> {
  return Object.hasOwn(environment, PERSONAL_VARIABLE) ? { ...environment, [PERSONAL_VARIABLE]: '' } : environment;
}

/** The whole text, not a hash of it: two packages are never taken for each other. */
function keyOf({ files, handler, memoryMB, environment, ephemeralStorageMB }: SandboxSpec): string {
  return JSON.stringify([handler, memoryMB, ephemeralStorageMB, impersonal(environment), files]);
}
