// An environment without code: how long it takes and what comes out is given. For load, where running JavaScript is beside the point.
// Fills the same interface as the sandbox that runs learner code.
import type { RuntimeError, Sandbox, SandboxFactory, SandboxOutput, Slice } from '../../sandbox/sandbox';

export interface Behaviour {
  durationMs: number;
  /** JSON text of the result, or the error that ends the invocation. */
  outcome: { payload: string } | { error: RuntimeError };
}

const MEMORY_USED_MB = 64;

function slice(...outputs: SandboxOutput[]): Slice {
  return { outputs, ended: { end: 'waiting' }, cpuMs: 0, fuel: 0, maxMemoryUsedMB: MEMORY_USED_MB };
}

/** `behave` is asked once an invocation, with the event as JSON text; it must answer the same for the same event. */
export function createBehaviourSandboxes(behave: (event: string) => Behaviour): SandboxFactory {
  return {
    runtimeVersion: 'behaviour',
    create: (): Sandbox => {
      let timers = 0;
      const pending = new Map<number, Behaviour['outcome']>();
      return {
        init: () => slice({ type: 'ready', atMs: 0 }),
        invoke: (_time, event) => {
          const { durationMs, outcome } = behave(event);
          pending.set(++timers, outcome);
          return slice({ type: 'timer-set', atMs: 0, id: timers, delayMs: durationMs });
        },
        fireTimer: (_time, id) => {
          const outcome = pending.get(id);
          if (!outcome) return slice();
          pending.delete(id);
          return slice(
            'error' in outcome ? { type: 'failed', atMs: 0, error: outcome.error } : { type: 'result', atMs: 0, payload: outcome.payload },
          );
        },
        resume: () => slice(),
        tmp: () => ({}),
        dispose: () => pending.clear(),
      };
    },
  };
}
