// The next runs of a schedule, in UTC as rules know it and in the reader's chosen zone.
import styles from './router.module.css';

const FORMAT: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

function formatIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { ...FORMAT, timeZone }).format(at);
}

export function ScheduleRuns({ rule, runs, timeZone }: { rule: string; runs: readonly number[]; timeZone?: string | undefined }) {
  return (
    <section className={styles.rule} aria-label={`Next runs of ${rule}`}>
      <h4>{rule}: next runs</h4>
      {runs.length === 0 ? (
        <p>There is none: the schedule names a time that has passed.</p>
      ) : (
        <table className={styles.keys} aria-label={`Next runs of ${rule}`}>
          <thead>
            <tr>
              <th scope="col">UTC</th>
              {timeZone && <th scope="col">{timeZone}</th>}
            </tr>
          </thead>
          <tbody>
            {runs.map((at) => (
              <tr key={at}>
                <td>{formatIn('UTC', at)}</td>
                {timeZone && <td>{formatIn(timeZone, at)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
