// One line of the table of facts. A click anywhere on it moves the cursor there.
import type { KeyboardEvent, MouseEvent } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { asksWhy } from './asks-why';
import { formatClock } from './clock';
import styles from './facts-table.module.css';

export interface FactRowProps {
  fact: Fact;
  /** From 1, the head included. */
  rowIndex: number;
  words: string;
  when: 'before' | 'now' | 'later';
  isEvidence: boolean;
  /** Whether Tab stops here. */
  isStop: boolean;
  onKeyDown(event: KeyboardEvent): void;
  onCursor(seq: number): void;
  onWhy?: ((seq: number) => void) | undefined;
}

export function FactRow({ fact, rowIndex, words, when, isEvidence, isStop, onKeyDown, onCursor, onWhy }: FactRowProps) {
  const { seq } = fact;
  const asks = asksWhy(fact);
  const onRow = (event: MouseEvent) => {
    if (!(event.target as HTMLElement).closest('button')) onCursor(seq);
  };
  return (
    <tr
      data-seq={seq}
      data-now={when === 'now' ? '' : undefined}
      data-later={when === 'later' ? '' : undefined}
      data-evidence={isEvidence ? '' : undefined}
      data-asks={asks ?? undefined}
      aria-rowindex={rowIndex}
      onClick={onRow}
    >
      <td>
        <button
          type="button"
          tabIndex={isStop ? 0 : -1}
          onClick={() => onCursor(seq)}
          onKeyDown={onKeyDown}
          aria-label={`Go to fact ${seq}`}
          aria-current={when === 'now' ? 'true' : undefined}
        >
          {seq}
        </button>
      </td>
      <td className={styles.mono}>{formatClock(fact.at)}</td>
      <td className={styles.words} title={words}>
        {words}
        {isEvidence && <span className="visually-hidden"> The check looked at this.</span>}
      </td>
      <td>
        {onWhy && asks && (
          <button type="button" tabIndex={isStop ? 0 : -1} onClick={() => onWhy(seq)} onKeyDown={onKeyDown}>
            Why?<span className="visually-hidden"> Fact {seq}</span>
          </button>
        )}
      </td>
    </tr>
  );
}
