// One simulator for all live runtimes of a page.
import { createEngine, type Engine } from '@/ui/engine/engine';
import type { MappingJob } from './mapping/mapping-setup';
import type { RuntimeJob } from './runtime-setup';

export type LiveJob = RuntimeJob | MappingJob;

/** A lesson's run takes milliseconds; a learner's endless loop ends by its own virtual timeout long before this. */
const RUN_TIMEOUT_MS = 20_000;

let engine: Engine<LiveJob, null> | null = null;

export function runtimeEngine(): Engine<LiveJob, null> {
  engine ??= createEngine<LiveJob, null>(() => new Worker(new URL('./runtime.worker.ts', import.meta.url), { type: 'module' }), {
    timeoutMs: RUN_TIMEOUT_MS,
  });
  return engine;
}
