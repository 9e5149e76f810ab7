'use client';
// What the learner has of a lab: nothing yet, a draft, points, or all of them.
import { hasBegun, useProgress } from '../progress/progress-store';
import styles from './lab-status.module.css';

export function LabStatus({ slug, points }: { slug: string; points: number }) {
  const state = useProgress();
  const lab = state.status === 'ready' ? state.progress.labs[slug] : undefined;
  const begun = lab ? hasBegun(lab) : false;
  const solved = Boolean(lab?.solvedAt);
  const words = solved ? 'Solved' : begun ? 'Begun' : 'Not begun';
  return (
    <div className={styles.status} data-solved={solved || undefined}>
      <span className={styles.points}>
        {lab && begun ? lab.bestPoints : '–'}
        <small> of {points}</small>
      </span>
      <span>
        {solved && <span aria-hidden="true">✓ </span>}
        {state.status === 'ready' ? words : state.status === 'failed' ? 'Points not known now' : '\u00a0'}
      </span>
    </div>
  );
}
