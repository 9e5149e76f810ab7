// The lab's claims with what the latest run says about each: passed, failed, or not judged yet.
import { claimOf, type LabView, type VerdictView } from './lab-view';
import styles from './panes.module.css';
import type { LabRun } from './use-lab-run';

export interface TaskListProps {
  lab: LabView;
  run: LabRun;
  stale: boolean;
  onShowFacts(verdict: VerdictView): void;
  /** Tells in full why the facts of a failed check are as they are. */
  onWhy(verdict: VerdictView): void;
}

export function TaskList({ lab, run, stale, onShowFacts, onWhy }: TaskListProps) {
  const grade = run.finished?.grade ?? null;
  return (
    <div className={styles.checks}>
      {grade === null && (
        <p className={styles.aside}>
          Run judges {lab.checks.length === 1 ? 'the first' : `the first ${lab.checks.length}`} in your browser, as often as you like.
        </p>
      )}
      {stale && <p className={styles.aside}>From the run before your last change.</p>}
      <ol className={styles.tasks} aria-label="Checks" data-stale={stale ? '' : undefined}>
        {lab.checks.map((check) => {
          const verdict = grade?.deployError === undefined ? grade?.verdicts.find((candidate) => candidate.check === check.id) : undefined;
          return (
            <Task
              key={check.id}
              title={claimOf(check.id)}
              points={check.points}
              verdict={verdict ?? null}
              chosen={run.shown === check.id}
              onShowFacts={onShowFacts}
              onWhy={onWhy}
            />
          );
        })}
        {lab.hidden.checks > 0 && (
          <li className={styles.task} data-state="open">
            <StateMark state="open" />
            <div>
              <b>
                {lab.hidden.checks} more {lab.hidden.checks === 1 ? 'check' : 'checks'}, {lab.hidden.points} points
              </b>
              <small>on orders that you have not seen, when you submit</small>
            </div>
          </li>
        )}
      </ol>
    </div>
  );
}

export interface TaskProps {
  title: string;
  points: number;
  verdict: VerdictView | null;
  chosen?: boolean;
  /** Left out where the facts are not there to be shown. */
  onShowFacts?: ((verdict: VerdictView) => void) | undefined;
  onWhy?: ((verdict: VerdictView) => void) | undefined;
}

export function Task({ title, points, verdict, chosen = false, onShowFacts, onWhy }: TaskProps) {
  const state = verdict === null ? 'open' : verdict.passed ? 'passed' : 'failed';
  return (
    <li className={styles.task} data-state={state} data-chosen={chosen ? '' : undefined}>
      <StateMark state={state} />
      <div>
        <b>{title}</b>
        {verdict ? <small>{verdict.message}</small> : <small>{points} points</small>}
        {verdict && (
          <span className={styles.taskFoot}>
            {verdict.passed ? verdict.points : 0} of {verdict.maxPoints} points
            {onShowFacts && verdict.evidence.length > 0 && (
              <button type="button" onClick={() => onShowFacts(verdict)} aria-pressed={chosen}>
                Show the facts
              </button>
            )}
            {onWhy && !verdict.passed && verdict.evidence.length > 0 && (
              <button type="button" onClick={() => onWhy(verdict)}>
                Why?<span className="visually-hidden"> {title}</span>
              </button>
            )}
          </span>
        )}
      </div>
    </li>
  );
}

function StateMark({ state }: { state: 'open' | 'passed' | 'failed' }) {
  const words = { open: 'Not judged yet', passed: 'Passed', failed: 'Failed' };
  return (
    <span className={styles.box}>
      <span aria-hidden="true">{state === 'passed' ? '✓' : state === 'failed' ? '✕' : ''}</span>
      <span className="visually-hidden">{words[state]}:</span>
    </span>
  );
}
