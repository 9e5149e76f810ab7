// What the invocations up to the cursor cost, line by line.
import { type Bill, formatCost } from './bill';
import { formatClock } from './clock';
import styles from './run-table.module.css';

/** A bill shows at most this many of the latest lines. */
const LINES_MAX = 40;

const milliseconds = (ms: number) => `${ms.toFixed(2)} ms`;

export function BillView({ bill, onFact }: { bill: Bill; onFact(seq: number): void }) {
  if (bill.lines.length === 0) return <p className={styles.empty}>Nothing has ended yet, so nothing is billed yet.</p>;
  return (
    <>
      <p className={styles.note}>
        US dollars, x86 in us-east-1, before the free tier: $0.0000166667 a GB-second and $0.20 a million requests.
      </p>
      <table className={styles.table} aria-label="Bill of this run">
        <thead>
          <tr>
            <th scope="col">Ended</th>
            <th scope="col">Memory</th>
            <th scope="col">Init</th>
            <th scope="col">Duration</th>
            <th scope="col">Billed</th>
            <th scope="col">GB-seconds</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {bill.lines.slice(-LINES_MAX).map((line) => (
            <tr key={line.fact}>
              <td>
                <button type="button" onClick={() => onFact(line.fact)} title="Go to this moment">
                  {formatClock(line.at)}
                </button>
              </td>
              <td>{line.memoryMB.toLocaleString('en')} MB</td>
              <td>{line.initDurationMs === null ? 'none' : milliseconds(line.initDurationMs)}</td>
              <td>{milliseconds(line.durationMs)}</td>
              <td>{line.billedMs.toLocaleString('en')} ms</td>
              <td>{line.gbSeconds.toFixed(4)}</td>
              <td>{formatCost(line.cost)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              Together
            </th>
            <td>{bill.billedMs.toLocaleString('en')} ms</td>
            <td>{bill.gbSeconds.toFixed(4)}</td>
            <td>{formatCost(bill.cost)}</td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}
