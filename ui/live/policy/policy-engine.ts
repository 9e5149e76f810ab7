// One evaluator for all live policies of a page.
import { createEngine, type Engine } from '@/ui/engine/engine';
import type { PolicyJob, PolicyOutcome } from './policy-setup';

/** A decision takes less than a millisecond; a wildcard that a learner wrote to be slow ends here. */
const RUN_TIMEOUT_MS = 5_000;

let engine: Engine<PolicyJob, PolicyOutcome> | null = null;

export function policyEngine(): Engine<PolicyJob, PolicyOutcome> {
  engine ??= createEngine<PolicyJob, PolicyOutcome>(() => new Worker(new URL('./policy.worker.ts', import.meta.url), { type: 'module' }), {
    timeoutMs: RUN_TIMEOUT_MS,
  });
  return engine;
}
