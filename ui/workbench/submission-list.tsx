// Submissions with their verdicts: points for each check, and the way back to the code that was submitted.
import { useState } from 'react';
import { claimOf, type SubmissionView, sameFiles, type VerdictView } from './lab-view';
import styles from './panes.module.css';
import { Task } from './task-list';
import type { Draft } from './use-draft';
import type { Submissions } from './use-submissions';

export interface SubmissionListProps {
  draft: Draft;
  submissions: Submissions;
  onShowFacts(verdict: VerdictView, submission: SubmissionView): void;
}

export function SubmissionList({ draft, submissions, onShowFacts }: SubmissionListProps) {
  const { list, message } = submissions;
  return (
    <div className={styles.submissions}>
      {message && (
        <p className={styles.notice} data-tone="fault" role="alert">
          {message}{' '}
          <button type="button" className={styles.quiet} onClick={submissions.refresh}>
            Refresh
          </button>
        </p>
      )}
      {list === null && <p className={styles.empty}>Fetching your submissions…</p>}
      {list?.length === 0 && (
        <p className={styles.empty}>
          Nothing submitted yet. <b>Submit</b> sends your files to the server, which runs them again, also in situations that you have not
          seen.
        </p>
      )}
      {list?.map((submission, position) => (
        <Submission
          key={submission.id}
          onShowFacts={onShowFacts}
          draft={draft}
          submission={submission}
          submissions={submissions}
          isNewest={position === 0}
        />
      ))}
    </div>
  );
}

interface SubmissionProps extends SubmissionListProps {
  submission: SubmissionView;
  isNewest: boolean;
}

function Submission({ draft, submission, submissions, onShowFacts, isNewest }: SubmissionProps) {
  const [note, setNote] = useState<string | null>(null);
  const [undo, setUndo] = useState<Record<string, string> | null>(null);
  const when = new Date(submission.createdAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const bringBack = async () => {
    const files = await submissions.filesOf(submission.id);
    if (!files) setNote('The files could not be fetched. Check the connection and try again.');
    else if (sameFiles({ ...draft.files, ...files }, draft.files)) setNote('This is what is in the editor already.');
    else {
      setUndo(draft.files);
      draft.keeper.replace(files);
      setNote('Now in the editor.');
    }
  };
  const verdicts = submission.grade?.verdicts ?? [];
  return (
    <details className={styles.submission} open={isNewest || undefined}>
      <summary>
        <b>{headline(submission)}</b> <small>{when}</small>
      </summary>
      {submission.status === 'failed' && (
        <p className={styles.notice}>{submission.failure ?? 'The server could not grade this. It counts as no attempt; submit again.'}</p>
      )}
      {submission.grade?.deployError !== undefined && (
        <p className={styles.notice} data-tone="fault">
          {submission.grade.deployError}
        </p>
      )}
      {verdicts.length > 0 && (
        <ol className={styles.tasks} aria-label="Verdicts">
          {verdicts.map((verdict) => (
            <Task
              key={verdict.check}
              title={claimOf(verdict.check) + (verdict.hidden ? ' (unseen)' : '')}
              points={verdict.maxPoints}
              verdict={verdict}
              onShowFacts={(shown) => onShowFacts(shown, submission)}
            />
          ))}
        </ol>
      )}
      <p className={styles.submissionFoot}>
        <button type="button" className={styles.quiet} onClick={() => void bringBack()}>
          Put this code in the editor
        </button>
        {undo && (
          <button
            type="button"
            className={styles.quiet}
            onClick={() => {
              draft.keeper.replace(undo);
              setUndo(null);
              setNote(null);
            }}
          >
            Undo
          </button>
        )}
        {note && <span role="status">{note}</span>}
      </p>
    </details>
  );
}

function headline(submission: SubmissionView): string {
  switch (submission.status) {
    case 'queued':
      return 'Waiting for a grader…';
    case 'grading':
      return 'Being graded…';
    case 'failed':
      return 'Not graded';
    case 'graded':
      return submission.grade ? `${submission.grade.points} of ${submission.grade.maxPoints} points` : 'Graded';
  }
}
