// Beside the source before the first run.
import styles from '../runtime.module.css';

export function EmptyMapping() {
  return (
    <p className={styles.empty}>
      Nothing has run yet. <b>Run</b> sends the messages and lets time pass; <b>Next fact</b> goes step by step. The queue’s depth, batches
      and environments appear here.
    </p>
  );
}
