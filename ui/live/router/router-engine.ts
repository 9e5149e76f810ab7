// One simulator for all event routers of a page.
import { createEngine, type Engine } from '@/ui/engine/engine';
import type { RouterJob, RouterOutcome } from './router-setup';

/** A lesson's run takes milliseconds; a rule that writes to its own queue of work ends by the world's limits before this. */
const RUN_TIMEOUT_MS = 20_000;

let engine: Engine<RouterJob, RouterOutcome> | null = null;

export function routerEngine(): Engine<RouterJob, RouterOutcome> {
  engine ??= createEngine<RouterJob, RouterOutcome>(() => new Worker(new URL('./router.worker.ts', import.meta.url), { type: 'module' }), {
    timeoutMs: RUN_TIMEOUT_MS,
  });
  return engine;
}
