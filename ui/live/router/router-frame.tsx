// The boxes of a live event router, the same before anything is loaded and after, so that nothing moves.
import type { ReactNode } from 'react';
import frame from '../runtime.module.css';
import styles from './router.module.css';
import type { EventRouterProps } from './router-setup';

/** What the dark button does, in words. */
export function sendLabel(props: EventRouterProps): string {
  if (props.archive !== undefined) return 'Send all, then replay';
  if (props.events && props.events.length > 0) return 'Send event';
  const { passMinutes = 0 } = props;
  if (passMinutes === 0) return 'Read the schedule';
  return passMinutes % 60 === 0 ? `Let ${passMinutes / 60} hours pass` : `Let ${passMinutes} minutes pass`;
}

/** What is written on the left: an event, a rule, or what a rule's first target is sent instead of the event. */
export type SourceKind = 'Event' | 'Rule' | 'Input';

export function SourceHead({ kind, name, children }: { kind: SourceKind; name: ReactNode; children?: ReactNode }) {
  return (
    <div className={`${frame.sourceBar} ${styles.head}`}>
      <b>{kind}</b> <span>{name}</span>
      <span>{children}</span>
    </div>
  );
}

export function EmptySide({ isSchedule }: { isSchedule: boolean }) {
  return (
    <p className={frame.empty}>
      {isSchedule
        ? 'Nothing has run yet. The next runs of the schedule appear here.'
        : 'Nothing has been sent yet. Here you will see of every rule whether it matches, key by key, and where the event went.'}
    </p>
  );
}
