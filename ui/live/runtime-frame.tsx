// The frame of a live runtime: the same boxes before anything is loaded and after, so that nothing moves.
import type { ReactNode } from 'react';
import styles from './runtime.module.css';

export interface RuntimeFrameProps {
  title: string;
  bar: ReactNode;
  code: ReactNode;
  side: ReactNode;
  below?: ReactNode;
}

export function RuntimeFrame({ title, bar, code, side, below }: RuntimeFrameProps) {
  return (
    <section className={styles.live} aria-label={`Live: ${title}`}>
      <div className={styles.bar}>{bar}</div>
      <div className={styles.two}>
        <div className={styles.source}>{code}</div>
        <div className={styles.side}>{side}</div>
      </div>
      {below}
    </section>
  );
}

export function EmptySide() {
  return (
    <p className={styles.empty}>
      Nothing has run yet. <b>Run</b> sends the event and lets time pass; <b>Next fact</b> goes step by step. Environments, waits and
      retries appear here.
    </p>
  );
}
