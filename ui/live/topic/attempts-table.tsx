// The attempts of every delivery, one a line: what the timeline shows as bars.
import { formatClock, formatDuration } from '@/ui/timeline/clock';
import type { AttemptRow } from './attempts';
import styles from './topic.module.css';
import type { SubscriptionOutcome } from './topic-outcome';

/** 23 days of attempts are told by their beginning and their end. */
const FIRST_ROWS = 40;
const LAST_ROWS = 3;

export interface AttemptsTableProps {
  attempts: readonly AttemptRow[];
  rows: readonly SubscriptionOutcome[];
  title: string;
  onFact(seq: number): void;
}

export function AttemptsTable({ attempts, rows, title, onFact }: AttemptsTableProps) {
  const left = Math.max(0, attempts.length - FIRST_ROWS - LAST_ROWS);
  const shown = left === 0 ? attempts : [...attempts.slice(0, FIRST_ROWS), ...attempts.slice(-LAST_ROWS)];
  const nameOf = (arn: string) => rows.find((row) => row.arn === arn)?.subscription.name ?? arn;
  return (
    <section className={styles.scroll} aria-label={`Attempts: ${title}`}>
      {left > 0 && (
        <p className={styles.none}>
          {left.toLocaleString('en')} lines are left out before the last {LAST_ROWS}. Of the last phase, one attempt an hour is listed.
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">Subscription</th>
            <th scope="col">Attempt</th>
            <th scope="col">Phase</th>
            <th scope="col">After</th>
            <th scope="col">Ended</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.fact}>
              <th scope="row">{nameOf(row.subscriptionArn)}</th>
              <td>
                {row.attempt.toLocaleString('en')} of {row.attemptsMax.toLocaleString('en')}
              </td>
              <td>{row.phase}</td>
              <td>{row.phase === 'first' ? '' : formatDuration(row.waitMs)}</td>
              <td>
                <button type="button" className={styles.evidence} onClick={() => onFact(row.fact)}>
                  {formatClock(row.at)}
                </button>
              </td>
              <td>{row.answer}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
