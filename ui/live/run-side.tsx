// Beside the source of a live part: what the latest run shows, or why there is none.
import type { ReactNode } from 'react';
import styles from './runtime.module.css';
import { EmptySide } from './runtime-frame';
import { RuntimeResult } from './runtime-result';
import type { RunView } from './use-run';

export function RunSide({ state, title, empty = <EmptySide /> }: { state: RunView; title: string; empty?: ReactNode }) {
  const { run } = state;
  switch (run.status) {
    case 'none':
      return empty;
    case 'running':
      return (
        <p className={styles.empty} role="status">
          Running…
        </p>
      );
    case 'failed':
      return (
        <p className={styles.note} data-tone="fault" role="alert">
          {run.message}
        </p>
      );
    case 'done':
      return <RuntimeResult state={state} facts={run.facts} title={title} />;
  }
}
