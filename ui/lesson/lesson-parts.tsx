// Parts of a lesson's text: recall before revealing, what exams ask, what older material says.
import type { ReactNode } from 'react';
import { InlineMarkdown } from '../text/inline-markdown';
import styles from './lesson-parts.module.css';

/** Retrieval: the question stands open, the answer is one click away. */
export function Recall({ question, children }: { question: string; children: ReactNode }) {
  return (
    <details className={styles.recall}>
      <summary>
        <span>
          <InlineMarkdown text={question} />
        </span>
        <span className={styles.reveal} aria-hidden="true" />
      </summary>
      <div className={styles.answer}>{children}</div>
    </details>
  );
}

export function Older({ children }: { children: ReactNode }) {
  return (
    <aside className={styles.note} data-kind="older" aria-label="What older material says">
      <p className={styles.label}>Older material says</p>
      {children}
    </aside>
  );
}

export function Exam({ children }: { children: ReactNode }) {
  return (
    <aside className={styles.note} data-kind="exam" aria-label="In the exam">
      <p className={styles.label}>In the exam</p>
      {children}
    </aside>
  );
}
