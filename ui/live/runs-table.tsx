// Runs with different settings beside each other, so that they can be compared.
import { formatCost } from '@/ui/timeline/bill';
import { formatDuration } from '@/ui/timeline/clock';
import styles from '@/ui/timeline/run-table.module.css';
import type { RunSummary } from './run-summary';

export function RunsTable({ runs }: { runs: readonly RunSummary[] }) {
  return (
    <>
      <p className={styles.note}>Your runs since the last reset. Change a setting and run again to add a line.</p>
      <table className={styles.table} aria-label="Your runs">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Memory</th>
            <th scope="col">Longest</th>
            <th scope="col">A million like the last</th>
            <th scope="col">Invocations</th>
            <th scope="col">Billed in all</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.number}>
              <td>{run.number}</td>
              <td>{run.memoryMB.toLocaleString('en')} MB</td>
              <td>{formatDuration(run.longestMs)}</td>
              <td>{formatCost(run.millionCost)}</td>
              <td>{run.invocations}</td>
              <td>{run.billedMs.toLocaleString('en')} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
