// Every message of the run with its receive count and where it is at the cursor.
import { formatClock } from '@/ui/timeline/clock';
import styles from '@/ui/timeline/run-table.module.css';
import { shorten } from '@/ui/timeline/sentence';
import type { QueueNow, TrackedMessage } from './messages-at';

export interface MessagesTableProps {
  now: QueueNow | null;
  onFact(seq: number): void;
}

export function MessagesTable({ now, onFact }: MessagesTableProps) {
  if (!now)
    return <p className={styles.note}>Each message appears here with its receive count and where it is: waiting, invisible or gone.</p>;
  return (
    <>
      <p className={styles.note}>
        At this moment: {now.visible} visible, {now.inFlight} in flight, {now.deleted} deleted, {now.deadLetters} in the dead-letter queue.
      </p>
      <table className={styles.table} aria-label="Messages at the cursor">
        <thead>
          <tr>
            <th scope="col">Message</th>
            <th scope="col">Received</th>
            <th scope="col">Where it is</th>
          </tr>
        </thead>
        <tbody>
          {now.messages.map((message) => (
            <tr key={message.messageId}>
              <td>
                <button type="button" onClick={() => onFact(message.fact)} title="Go to the latest fact about this message">
                  {shorten(message.body, 48)}
                </button>
              </td>
              <td>{message.receiveCount === 0 ? 'not yet' : `${message.receiveCount} ×`}</td>
              <td>{placeOf(message)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function placeOf({ place, visibleAt, receiveCount }: TrackedMessage): string {
  switch (place) {
    case 'visible':
      return receiveCount === 0 ? 'in the queue' : 'in the queue, visible again';
    case 'in-flight':
      return `in flight, invisible until ${formatClock(visibleAt)}`;
    case 'deleted':
      return 'deleted: done';
    case 'dead-letter':
      return 'in the dead-letter queue';
    case 'expired':
      return 'expired: lost';
  }
}
