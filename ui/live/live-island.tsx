'use client';
// The still face of a live part. Its first use fetches the panel with the simulator and hands the wish on.
import { type ComponentType, type ReactNode, useState } from 'react';
import styles from './runtime.module.css';
import { EmptySide, RuntimeFrame } from './runtime-frame';
import type { Wish } from './use-wish';

export interface LiveIslandProps<Props> {
  props: Props;
  /** The panel behind the face. */
  load(): Promise<ComponentType<Props & { wish: Wish }>>;
  /** What a run would send. */
  label: string;
  empty?: ReactNode;
  /** The first file, rendered with the page. */
  children: ReactNode;
}

export function LiveIsland<Props extends { title: string; files: Record<string, string> }>(island: LiveIslandProps<Props>) {
  const { props, load, label, empty = <EmptySide />, children } = island;
  const [Panel, setPanel] = useState<ComponentType<Props & { wish: Wish }> | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [failed, setFailed] = useState(false);
  if (Panel && wish) return <Panel {...props} wish={wish} />;

  const fetchAhead = () => void load().catch(() => undefined);
  const use = (next: Wish) => {
    setWish(next);
    setFailed(false);
    load().then(
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
          <span className={styles.event}>{label}</span>
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
          {busy ? <p className={styles.empty}>Fetching the simulator…</p> : empty}
        </>
      }
    />
  );
}
