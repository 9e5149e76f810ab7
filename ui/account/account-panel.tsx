'use client';
// Who is learning here, and under which account the work is kept.
import { useCallback, useEffect, useState } from 'react';
import { hasBegun, resetProgress, useProgress } from '../progress/progress-store';
import styles from './account.module.css';
import { AccountForm } from './account-form';
import type { Learner } from './account-request';
import { readLearner, requestAccount } from './account-request';

type State = { name: 'loading' } | { name: 'failed' } | { name: 'known'; learner: Learner | null };

/** "3 lessons begun, 1 lab with a draft or a grade" */
function useWorkWords(): string | null {
  const state = useProgress();
  if (state.status !== 'ready') return null;
  const lessons = Object.values(state.progress.lessons).filter((lesson) => lesson.readAt !== null || lesson.questionsCorrect > 0).length;
  const labs = Object.values(state.progress.labs).filter((lab) => hasBegun(lab)).length;
  if (lessons + labs === 0) return null;
  return `${lessons} ${lessons === 1 ? 'lesson' : 'lessons'} begun, ${labs} ${labs === 1 ? 'lab' : 'labs'} begun`;
}

export function AccountPanel() {
  const [state, setState] = useState<State>({ name: 'loading' });
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const work = useWorkWords();

  const load = useCallback(async () => {
    const learner = await readLearner();
    setState(learner === 'failed' ? { name: 'failed' } : { name: 'known', learner });
    return learner;
  }, []);
  useEffect(() => void load(), [load]);

  const signedIn = async () => {
    const learner = await load();
    resetProgress();
    if (learner && learner !== 'failed') setSaid(`Your work is now kept under ${learner.email}.`);
  };
  const signOut = async () => {
    const failed = await requestAccount('sign-out', {});
    setProblem(failed);
    if (failed) return;
    setSaid('You are signed out. Your work stays in your account.');
    await load();
    resetProgress();
  };

  if (state.name === 'loading') return <p className={styles.panel}>Looking up who you are.</p>;
  if (state.name === 'failed') {
    return (
      <div className={styles.panel} data-failed="">
        <p>The site cannot be reached, so it is not known here who you are. Your work is not affected.</p>
        <button type="button" onClick={() => void load()}>
          Try again
        </button>
      </div>
    );
  }
  const { learner } = state;
  return (
    <div className={styles.panel}>
      <p role="status" className={styles.said}>
        {said}
      </p>
      {learner && !learner.anonymous ? (
        <>
          <dl className={styles.who}>
            <dt>Name</dt>
            <dd>{learner.name}</dd>
            <dt>E-mail</dt>
            <dd>{learner.email}</dd>
            {work && (
              <>
                <dt>Work</dt>
                <dd>{work}</dd>
              </>
            )}
          </dl>
          <p role="alert" className={styles.problem} hidden={problem === null}>
            {problem}
          </p>
          <button type="button" onClick={() => void signOut()}>
            Sign out
          </button>
        </>
      ) : (
        <>
          <p className={styles.intro}>
            {work
              ? `You are working without an account: ${work}. That work hangs on a cookie of this browser. An account keeps it, on every machine you sign in from.`
              : 'You need no account to learn here. Once you have work to keep, an account keeps it on every machine you sign in from.'}
          </p>
          <AccountForm onDone={signedIn} />
        </>
      )}
    </div>
  );
}
