'use client';
// The still face of a live event router. Its first use fetches the panel with the simulator and hands the wish on.
import { type ComponentType, type ReactNode, useState } from 'react';
import frame from '../runtime.module.css';
import { RuntimeFrame } from '../runtime-frame';
import { EmptySide, sendLabel } from './router-frame';
import type { RouterPanelProps, RouterWish } from './router-panel';
import type { EventRouterProps } from './router-setup';

const loadPanel = () => import('./router-panel').then((module) => module.RouterPanel);

export function EventRouterIsland({ children, ...props }: EventRouterProps & { children: ReactNode }) {
  const [Panel, setPanel] = useState<ComponentType<RouterPanelProps> | null>(null);
  const [wish, setWish] = useState<RouterWish | null>(null);
  const [failed, setFailed] = useState(false);
  if (Panel && wish) return <Panel {...props} wish={wish} />;

  const fetchAhead = () => void loadPanel().catch(() => undefined);
  const use = (next: RouterWish) => {
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
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <>
          <button type="button" className="go" onClick={() => use('send')} onPointerEnter={fetchAhead} onFocus={fetchAhead} disabled={busy}>
            {sendLabel(props)}
          </button>
          <button type="button" onClick={() => use('edit')} onPointerEnter={fetchAhead} onFocus={fetchAhead} disabled={busy}>
            Predict or edit
          </button>
          <span className={frame.clock}>00:00:00.000</span>
        </>
      }
      code={children}
      side={
        <>
          {failed && (
            <p className={frame.note} data-tone="fault" role="alert">
              The simulator could not be fetched. Check the connection and press {sendLabel(props)} again.
            </p>
          )}
          {busy ? <p className={frame.empty}>Fetching the simulator…</p> : <EmptySide isSchedule={!props.events?.length} />}
        </>
      }
    />
  );
}
