// The next runs as a table: in UTC, and by the clocks of the people who wait for them.
import runtime from '../runtime.module.css';
import type { readSchedule } from './next-runs';
import styles from './schedule.module.css';
import { offsetOf } from './zone';

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

interface RunTableProps {
  reading: ReturnType<typeof readSchedule>;
  timeZone: string;
  peopleIn: string;
  /** When the schedule was made. */
  from: number;
}

export function RunTable({ reading, timeZone, peopleIn, from }: RunTableProps) {
  if ('refused' in reading) {
    return (
      <div role="status" className={styles.result}>
        <p className={runtime.note} data-tone="fault">
          <b>✕ ValidationException</b> {reading.refused.message}
        </p>
        <p>{reading.refused.why}</p>
      </div>
    );
  }
  const { runs } = reading;
  const zones = [...new Set(['UTC', timeZone, peopleIn])];
  let before = offsetOf(from, peopleIn);
  return (
    <div role="status" className={styles.result}>
      {runs.length === 0 ? (
        <p>It never runs: the moments that it names have passed, or there is no such day.</p>
      ) : (
        <table className={styles.runs} aria-label="Next runs">
          <caption>The next runs of a schedule made on {formatIn('UTC', from)} UTC</caption>
          <thead>
            <tr>
              {zones.map((zone) => (
                <th key={zone} scope="col">
                  {zone}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => {
              if (!('at' in run)) {
                return (
                  <tr key={`skipped ${run.wall}`} data-skipped="">
                    <td colSpan={zones.length}>
                      skipped: {formatIn('UTC', run.wall)} does not exist in {timeZone}, where the clocks jump over it
                    </td>
                  </tr>
                );
              }
              const offset = offsetOf(run.at, peopleIn);
              const shift = offset - before;
              before = offset;
              return (
                <tr key={run.at}>
                  {zones.map((zone) => (
                    <td key={zone}>
                      {formatIn(zone, run.at)}
                      {zone === peopleIn && shift !== 0 && <small>{shift > 0 ? 'clocks went forward' : 'clocks went back'}</small>}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}
