// The timeline in words: the same lanes as a table. It is made when it is opened: a long run has thousands of rows.
import { memo, useMemo, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { asksWhy } from './asks-why';
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
      fact: segment.kind === 'fault' ? (segment.endFact ?? segment.fact) : segment.fact,
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

export interface TimelineTableProps {
  lanes: readonly Lane[];
  facts: readonly Fact[];
  onCursor(seq: number): void;
  onWhy?: ((seq: number) => void) | undefined;
}

/** Rows that are shown at first; a button shows the rest. */
const ROWS_FIRST = 300;

export const TimelineTable = memo(function TimelineTable(props: TimelineTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.words} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Timeline as a table</summary>
      {open && <TableOfLanes {...props} />}
    </details>
  );
});

function TableOfLanes({ lanes, facts, onCursor, onWhy }: TimelineTableProps) {
  const rows = useMemo(() => rowsOf(lanes), [lanes]);
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, ROWS_FIRST);
  return (
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
          {shown.map((row) => {
            const fact = facts[row.fact];
            return (
              <tr key={row.id}>
                <td>
                  <button type="button" className={styles.time} onClick={() => onCursor(row.fact)}>
                    {formatClock(row.from)}
                  </button>
                </td>
                <td className={styles.time}>{row.to === null ? '' : formatClock(row.to)}</td>
                <td>{row.lane}</td>
                <td>
                  {row.title}
                  {onWhy && fact && asksWhy(fact) && (
                    <button type="button" className={styles.rowWhy} onClick={() => onWhy(row.fact)}>
                      Why?<span className="visually-hidden"> Fact {row.fact}</span>
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {rows.length} rows
        </button>
      )}
    </div>
  );
}
