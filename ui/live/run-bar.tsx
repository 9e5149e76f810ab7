// The buttons of a live part and its clock.
import type { ReactNode } from 'react';
import { formatClock } from '@/ui/timeline/clock';
import { stepNumber, stepsOf } from '@/ui/timeline/steps';
import styles from './runtime.module.css';
import type { RunView } from './use-run';
import type { WishButtons } from './use-wish';

export interface RunBarProps {
  state: RunView;
  buttons: WishButtons;
  onReset(): void;
  /** What is run: the name of an event, or a choice among several. */
  children: ReactNode;
}

export function RunBar({ state, buttons, onReset, children }: RunBarProps) {
  const { run, cursor } = state;
  const facts = run.status === 'done' ? run.facts : [];
  const steps = stepsOf(facts);
  const isRunning = run.status === 'running';
  const reset = () => {
    state.reset();
    onReset();
  };
  return (
    <>
      <button type="button" className="go" ref={buttons.run} onClick={() => state.start('run')} aria-disabled={isRunning}>
        Run
      </button>
      <button type="button" ref={buttons.step} onClick={state.step} aria-disabled={isRunning}>
        Next fact
      </button>
      {isRunning ? (
        <button type="button" onClick={state.cancel}>
          Cancel
        </button>
      ) : (
        <button type="button" onClick={reset}>
          Reset
        </button>
      )}
      <span className={styles.event}>{children}</span>
      <span className={styles.clock}>
        {formatClock(facts[cursor]?.at ?? 0)}
        {steps.length > 0 && (
          <small>
            fact {stepNumber(steps, cursor)} of {steps.length}
          </small>
        )}
      </span>
    </>
  );
}
