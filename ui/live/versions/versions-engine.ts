// One simulator for all live functions with versions of a page.
import { createEngine, type Engine } from '@/ui/engine/engine';
import type { VersionsJob, VersionsOutcome } from './versions-setup';

/** Forty steps with a hundred calls each take a few seconds on a slow machine. */
const RUN_TIMEOUT_MS = 30_000;

let engine: Engine<VersionsJob, VersionsOutcome> | null = null;

export function versionsEngine(): Engine<VersionsJob, VersionsOutcome> {
  engine ??= createEngine<VersionsJob, VersionsOutcome>(
    () => new Worker(new URL('./versions.worker.ts', import.meta.url), { type: 'module' }),
    { timeoutMs: RUN_TIMEOUT_MS },
  );
  return engine;
}
