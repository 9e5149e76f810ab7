// One run after another of a live part: what state it is in, its facts, and the cursor that steps through them.
import { useEffect, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import type { Engine } from '@/ui/engine/engine';
import { closingStep, nextStep, stepsOf } from '@/ui/timeline/steps';

export type RunState =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'failed'; message: string }
  | { status: 'done'; facts: Fact[]; signature: string };

export interface RunView {
  run: RunState;
  /** What was run is not what is written now. */
  stale: boolean;
  cursor: number;
  setCursor(seq: number): void;
  /** Facts after the cursor are not shown yet. */
  stepping: boolean;
  start(mode: 'run' | 'step'): void;
  step(): void;
  cancel(): void;
  reset(): void;
}

export interface RunOptions<Job> {
  engine: () => Engine<Job, null>;
  /** Tells apart what the learner may change. */
  signature: string;
  /** The job as it is written now; throws the sentence that the reader sees when it cannot be run. */
  jobOf(): Job;
  onDone?(facts: readonly Fact[]): void;
}

export function useRun<Job>({ engine, signature, jobOf, onDone }: RunOptions<Job>): RunView {
  const [run, setRun] = useState<RunState>({ status: 'none' });
  const [cursor, setCursor] = useState(0);
  const [stepping, setStepping] = useState(false);
  const cancelRun = useRef<() => void>(() => undefined);
  useEffect(() => () => cancelRun.current(), []);

  const start = async (mode: 'run' | 'step') => {
    let job: Job;
    try {
      job = jobOf();
    } catch (error) {
      setRun({ status: 'failed', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    const facts: Fact[] = [];
    setRun({ status: 'running' });
    const running = engine().run(job, { facts: (_world, more) => facts.push(...more) });
    cancelRun.current = running.cancel;
    const outcome = await running.outcome;
    if (outcome.ended === 'cancelled') setRun((before) => (before.status === 'running' ? { status: 'none' } : before));
    else if (outcome.ended === 'failed') setRun({ status: 'failed', message: outcome.message });
    else {
      setStepping(mode === 'step');
      setCursor(mode === 'step' ? (stepsOf(facts)[0] ?? 0) : closingStep(facts));
      setRun({ status: 'done', facts, signature });
      onDone?.(facts);
    }
  };

  const stale = run.status === 'done' && run.signature !== signature;
  return {
    run,
    stale,
    cursor,
    setCursor,
    stepping,
    start: (mode) => void start(mode),
    step: () => {
      if (run.status === 'done' && !stale) setCursor(nextStep(stepsOf(run.facts), cursor));
      else void start('step');
    },
    cancel: () => cancelRun.current(),
    reset: () => {
      cancelRun.current();
      setRun({ status: 'none' });
      setCursor(0);
      setStepping(false);
    },
  };
}
