'use client';
// "3 of 27 lessons" in the header. Its place is kept while the number is on its way.
import { useProgress } from './progress-store';

export function ProgressCount({ total, className }: { total: number; className?: string | undefined }) {
  const state = useProgress();
  const done = state.status === 'ready' ? Object.values(state.progress.lessons).filter((lesson) => lesson.done).length : 0;
  return (
    <span className={className} style={state.status === 'ready' ? undefined : { visibility: 'hidden' }}>
      {done} of {total} {total === 1 ? 'lesson' : 'lessons'}
    </span>
  );
}
