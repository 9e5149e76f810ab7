'use client';
// A live part before its first use: what was rendered with the page, and two buttons that fetch the panel behind it.
import { type ComponentType, type ReactNode, useState } from 'react';
import styles from './runtime.module.css';
import { RuntimeFrame } from './runtime-frame';
import type { Wish } from './use-wish';

export interface StillFaceProps<Props> {
  props: Props;
  /** The panel behind the face. */
  load(): Promise<ComponentType<Props & { wish: Wish }>>;
  /** What the dark button does. */
  go: string;
  /** What the other button does. */
  edit: string;
  code: ReactNode;
  /** What will be seen beside it. */
  empty: ReactNode;
}

export function StillFace<Props extends { title: string }>({ props, load, go, edit, code, empty }: StillFaceProps<Props>) {
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
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <>
          <button type="button" className="go" onClick={() => use('run')} onPointerEnter={fetchAhead} onFocus={fetchAhead} disabled={busy}>
            {go}
          </button>
          <button type="button" onClick={() => use('edit')} onPointerEnter={fetchAhead} onFocus={fetchAhead} disabled={busy}>
            {edit}
          </button>
        </>
      }
      code={code}
      side={
        <>
          {failed && (
            <p className={styles.note} data-tone="fault" role="alert">
              The simulator could not be fetched. Check the connection and press {go} again.
            </p>
          )}
          <p className={styles.empty}>{busy ? 'Fetching the simulator…' : empty}</p>
        </>
      }
    />
  );
}
