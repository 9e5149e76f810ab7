// A word with its definition behind it: a button that opens a native popover, no script.
import type { ReactNode } from 'react';
import { useId } from 'react';
import { InlineMarkdown } from '../text/inline-markdown';
import styles from './term.module.css';

export interface TermEntry {
  term: string;
  /** One line of markdown. */
  definition: string;
}

export function Term({ entry, children }: { entry: TermEntry; children?: ReactNode }) {
  const popoverId = useId();
  return (
    <>
      <button type="button" className={styles.term} popoverTarget={popoverId}>
        {children ?? entry.term}
      </button>
      <span id={popoverId} popover="auto" role="note" className={styles.definition}>
        <b>{entry.term}</b> <InlineMarkdown text={entry.definition} />
      </span>
    </>
  );
}
