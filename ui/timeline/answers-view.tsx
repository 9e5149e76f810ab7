// What the callers hold in their hands at the cursor.
import type { Answer } from './answers';
import { formatClock, formatDuration } from './clock';
import styles from './run-table.module.css';

export function AnswersView({ answers, onFact }: { answers: readonly Answer[]; onFact(seq: number): void }) {
  if (answers.length === 0) return <p className={styles.empty}>No caller has an answer yet.</p>;
  return (
    <table className={styles.table} aria-label="Answers">
      <thead>
        <tr>
          <th scope="col">Answered</th>
          <th scope="col">Waited</th>
          <th scope="col">Status</th>
          <th scope="col">Error</th>
          <th scope="col">Payload</th>
        </tr>
      </thead>
      <tbody>
        {answers.map((answer) => (
          <tr key={answer.fact} data-fault={answer.error === null ? undefined : ''}>
            <td>
              <button type="button" onClick={() => onFact(answer.fact)} title="Go to this moment">
                {formatClock(answer.at)}
              </button>
            </td>
            <td>{formatDuration(answer.waitedMs)}</td>
            <td>{answer.statusCode}</td>
            <td>{answer.error ?? 'none'}</td>
            <td data-wide="">{answer.payload}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
