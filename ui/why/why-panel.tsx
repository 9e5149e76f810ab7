// The panel that answers "Why?": a dialog of the platform that leaves the rest of the page in use, so that its facts can be looked at.
// https://html.spec.whatwg.org/multipage/interactive-elements.html#the-dialog-element
import { type ComponentType, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import styles from './why.module.css';
import type { WhyContentProps } from './why-content';

export interface WhyPanelProps {
  facts: readonly Fact[];
  /** The fact that is asked about. */
  seq: number;
  cursor: number;
  onCursor(seq: number): void;
  onClose(): void;
  className?: string | undefined;
}

export function WhyPanel({ facts, seq, cursor, onCursor, onClose, className }: WhyPanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [Content, setContent] = useState<ComponentType<WhyContentProps> | null>(null);
  const [failed, setFailed] = useState(false);
  /** What was asked on the way, the latest last. */
  const [asked, setAsked] = useState([seq]);
  useEffect(() => setAsked([seq]), [seq]);
  const [tries, setTries] = useState(1);
  useEffect(() => {
    let isWanted = tries > 0;
    setFailed(false);
    import('./why-content').then(
      (module) => isWanted && setContent(() => module.WhyContent),
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [tries]);
  useEffect(() => {
    // `show` remembers what had the focus, and `close` gives it back.
    const shown = dialog.current;
    if (shown && !shown.open) shown.show();
    return () => shown?.close();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    dialog.current?.close();
  };
  // The event comes late: by then the panel may be open again.
  const onClosed = () => {
    if (!dialog.current?.open) onClose();
  };
  const now = asked.at(-1) ?? seq;
  return (
    <dialog
      ref={dialog}
      className={`${styles.panel} ${className ?? ''}`}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onClose={onClosed}
    >
      <div className={styles.bar}>
        <span className={styles.name}>Why?</span>
        {asked.length > 1 && (
          <button type="button" onClick={() => setAsked(asked.slice(0, -1))}>
            Back
          </button>
        )}
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
      {Content ? (
        <Content
          key={now}
          facts={facts}
          seq={now}
          cursor={cursor}
          titleId={titleId}
          onCursor={onCursor}
          onWhy={(next) => setAsked([...asked, next])}
        />
      ) : (
        <p className={styles.wait} id={titleId} role="status">
          {failed ? (
            <>
              The explanation could not be fetched. Check the connection.{' '}
              <button type="button" onClick={() => setTries(tries + 1)}>
                Try again
              </button>
            </>
          ) : (
            'Reading the facts…'
          )}
        </p>
      )}
    </dialog>
  );
}
