'use client';
// The still face of a live runtime. Its first use fetches the panel with the simulator and hands the wish on.
import { type ComponentType, type ReactNode, useState } from 'react';
import styles from './runtime.module.css';
import { EmptySide, RuntimeFrame } from './runtime-frame';
import type { RuntimePanelProps, Wish } from './runtime-panel';
import { eventsOf, type LambdaRuntimeProps } from './runtime-setup';

const loadPanel = () => import('./runtime-panel').then((module) => module.RuntimePanel);

export function LambdaRuntimeIsland({ children, ...props }: LambdaRuntimeProps & { children: ReactNode }) {
  const [Panel, setPanel] = useState<ComponentType<RuntimePanelProps> | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [failed, setFailed] = useState(false);
  if (Panel && wish) return <Panel {...props} wish={wish} />;

  const fetchAhead = () => void loadPanel().catch(() => undefined);
  const use = (next: Wish) => {
    setWish(next);
    setFailed(false);
    loadPanel().then(
      (panel) => setPanel(() => panel),
      () => {
        setWish(null);
        setFailed(true);
      },
    );
  };
  const busy = wish !== null;
  const paths = Object.keys(props.files);
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <>
          <button type="button" className="go" onClick={() => use('run')} onPointerEnter={fetchAhead} onFocus={fetchAhead} disabled={busy}>
            Run
          </button>
          <button type="button" onClick={() => use('step')} onPointerEnter={fetchAhead} disabled={busy}>
            Next fact
          </button>
          <span className={styles.event}>{eventsOf(props)[0]?.name}</span>
          <span className={styles.clock}>00:00:00.000</span>
        </>
      }
      code={
        <>
          <div className={styles.sourceBar}>
            <span>{paths[0]}</span>
            <button type="button" className={styles.quiet} onClick={() => use('edit')} onPointerEnter={fetchAhead} disabled={busy}>
              Edit
            </button>
          </div>
          {children}
        </>
      }
      side={
        <>
          {failed && (
            <p className={styles.note} data-tone="fault" role="alert">
              The simulator could not be fetched. Check the connection and press Run again.
            </p>
          )}
          {busy ? <p className={styles.empty}>Fetching the simulator…</p> : <EmptySide />}
        </>
      }
    />
  );
}
