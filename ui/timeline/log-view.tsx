// Log events in the order in which CloudWatch Logs received them, up to the cursor.
import type { LogLine } from './log-lines';
import styles from './log-view.module.css';

export interface LogViewProps {
  lines: readonly LogLine[];
  onFact(seq: number): void;
  /** Said when there is nothing to show. */
  empty: string;
}

/** A log view shows at most this many of the latest lines. */
const LINES_MAX = 500;

export function LogView({ lines, onFact, empty }: LogViewProps) {
  if (lines.length === 0) return <p className={styles.empty}>{empty}</p>;
  const shown = lines.slice(-LINES_MAX);
  return (
    <>
      {shown.length < lines.length && (
        <p className={styles.empty}>
          The last {LINES_MAX} of {lines.length} lines.
        </p>
      )}
      <ol className={styles.log}>
        {shown.map((line, position) => {
          const before = shown[position - 1];
          return (
            <li key={line.id} data-tone={line.tone}>
              {before?.stream !== line.stream && (
                <span className={styles.stream}>
                  {line.group} · {line.stream}
                </span>
              )}
              <button type="button" onClick={() => onFact(line.fact)} title="Go to this moment">
                {new Date(line.timestamp).toISOString().slice(11, 23)}
              </button>
              <span>{line.message}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
