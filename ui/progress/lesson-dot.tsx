'use client';
// A lesson's dot: an outline while open, half warm once begun, filled when done. A square of ash while not written.
import styles from './dots.module.css';
import { useProgress } from './progress-store';

export type LessonState = 'open' | 'begun' | 'done';

const words: Record<LessonState, string> = { open: '', begun: ' (begun)', done: ' (done)' };

export function useLessonState(id: string): LessonState {
  const state = useProgress();
  const lesson = state.status === 'ready' ? state.progress.lessons[id] : undefined;
  if (lesson?.done) return 'done';
  return lesson && (lesson.readAt !== null || lesson.questionsCorrect > 0) ? 'begun' : 'open';
}

/** Decorative by itself; `spoken` adds the state for screen readers, after the lesson's title. */
export function LessonDot({ id }: { id: string }) {
  return <span aria-hidden="true" className={styles.dot} data-state={useLessonState(id)} />;
}

export function LessonStateWord({ id }: { id: string }) {
  return <span className="visually-hidden">{words[useLessonState(id)]}</span>;
}
