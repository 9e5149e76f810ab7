// The bar above the workbench: the lab, where the text is, and the two buttons that matter.
import type { LabView } from './lab-view';
import { SaveStatus } from './save-status';
import type { Draft } from './use-draft';
import type { LabRun } from './use-lab-run';
import type { Submissions } from './use-submissions';
import styles from './workbench.module.css';

export interface WorkbenchBarProps {
  lab: LabView;
  draft: Draft;
  run: LabRun;
  submissions: Submissions;
  onRun(): void;
  onSubmit(): void;
}

export function WorkbenchBar({ lab, draft, run, submissions, onRun, onSubmit }: WorkbenchBarProps) {
  const isRunning = run.status === 'running';
  const isBusy = submissions.sending || submissions.list?.[0]?.status === 'queued' || submissions.list?.[0]?.status === 'grading';
  return (
    <div className={styles.head}>
      <div className={styles.bar}>
        <h1>{lab.title}</h1>
        <p className={styles.status} role="status">
          {statusOf(run, submissions)}
        </p>
        <SaveStatus draft={draft} />
        <span className={styles.actions}>
          {isRunning && (
            <button type="button" onClick={run.cancel}>
              Cancel
            </button>
          )}
          <button type="button" onClick={onRun} aria-disabled={isRunning || draft.status === 'loading'} aria-keyshortcuts="Control+Enter">
            Run <kbd>Ctrl Enter</kbd>
          </button>
          <button
            type="button"
            className="go"
            onClick={onSubmit}
            disabled={isBusy || draft.status === 'loading' || draft.status === 'conflict'}
          >
            {submissions.sending ? 'Submitting…' : isBusy ? 'Grading…' : 'Submit'}
          </button>
        </span>
      </div>
      {run.status === 'failed' && (
        <p className={styles.banner} role="alert">
          {run.note}
        </p>
      )}
      {run.status === 'done' && run.finished?.grade.deployError !== undefined && (
        <p className={styles.banner} role="alert">
          The template could not be deployed, so nothing ran. {run.finished.grade.deployError}
        </p>
      )}
      {draft.restored && draft.status !== 'conflict' && (
        <p className={styles.banner} data-tone="quiet">
          Text of your last visit that had not been saved is back.
        </p>
      )}
    </div>
  );
}

/** One line, spoken when it changes. */
function statusOf(run: LabRun, submissions: Submissions): string {
  const newest = submissions.list?.[0];
  if (newest?.status === 'queued') return 'Submitted. Waiting for a grader…';
  if (newest?.status === 'grading') return 'The server is running your code…';
  if (run.status === 'running') return run.note;
  if (run.status !== 'done' || !run.finished || run.finished.grade.deployError !== undefined) return '';
  const { verdicts, points, maxPoints } = run.finished.grade;
  const passed = verdicts.filter((verdict) => verdict.passed).length;
  const took = run.tookMs === null ? '' : `, in ${Math.round(run.tookMs)} ms`;
  return `${passed} of ${verdicts.length} checks pass, ${points} of ${maxPoints} points${took}.`;
}
