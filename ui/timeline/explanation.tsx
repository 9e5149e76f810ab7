// A sentence about the fact at the cursor, with its evidence one click away.
import { Fragment } from 'react';
import styles from './explanation.module.css';
import type { Explanation, Part } from './sentence';

export function Parts({ parts, onFact }: { parts: readonly Part[]; onFact(seq: number): void }) {
  let length = 0;
  return parts.map((part) => {
    const key = length;
    if (typeof part === 'string') {
      length += part.length;
      return <Fragment key={key}>{part}</Fragment>;
    }
    if ('code' in part) {
      length += part.code.length + 1;
      return <code key={key}>{part.code}</code>;
    }
    length += part.text.length + 1;
    return (
      <button key={key} type="button" onClick={() => onFact(part.fact)}>
        {part.text}
      </button>
    );
  });
}

export interface WhyProps {
  explanation: Explanation;
  /** The fact that led here; null when nobody but the run's driver did. */
  cause: number | null;
  onFact(seq: number): void;
  /** Tells it in full; left out where there is no place for that. */
  onWhy?: (() => void) | undefined;
  title?: string;
}

export function Why({ explanation, cause, onFact, onWhy, title = 'Why now?' }: WhyProps) {
  return (
    <div className={styles.why} data-tone={explanation.tone}>
      <p>
        <b>{title}</b> <Parts parts={explanation.parts} onFact={onFact} />
      </p>
      {onWhy && (
        <button type="button" onClick={onWhy} aria-keyshortcuts="W">
          Why? In full
        </button>
      )}{' '}
      {cause !== null && (
        <button type="button" onClick={() => onFact(cause)}>
          Go to the cause
        </button>
      )}
    </div>
  );
}
