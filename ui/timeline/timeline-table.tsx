// The timeline in words: the same lanes as a table.
import { formatClock } from './clock';
import type { Lane } from './lane-sheet';
import styles from './timeline.module.css';

interface Row {
  id: string;
  lane: string;
  from: number;
  to: number | null;
  title: string;
  fact: number;
}

export function rowsOf(lanes: readonly Lane[]): Row[] {
  const rows = lanes.flatMap((lane) => [
    ...lane.segments.map((segment) => ({
      id: `${lane.id} segment ${segment.fact}`,
      lane: lane.label,
      from: segment.from,
      to: segment.to,
      title: segment.title,
      fact: segment.fact,
    })),
    ...lane.marks.map((mark) => ({
      id: `${lane.id} mark ${mark.fact}`,
      lane: lane.label,
      from: mark.at,
      to: null,
      title: mark.title,
      fact: mark.fact,
    })),
  ]);
  return rows.sort((a, b) => a.from - b.from || a.fact - b.fact);
}

export function TimelineTable({ lanes, onCursor }: { lanes: readonly Lane[]; onCursor(seq: number): void }) {
  return (
    <details className={styles.words}>
      <summary>Timeline as a table</summary>
      <div className={styles.tableScroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Where</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(lanes).map((row) => (
              <tr key={row.id}>
                <td>
                  <button type="button" className={styles.time} onClick={() => onCursor(row.fact)}>
                    {formatClock(row.from)}
                  </button>
                </td>
                <td className={styles.time}>{row.to === null ? '' : formatClock(row.to)}</td>
                <td>{row.lane}</td>
                <td>{row.title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
