// The lab's text, hints one at a time, and what it leaves out.
import { useState } from 'react';
import { RichText } from '@/ui/text/rich-text';
import type { LabView } from './lab-view';
import styles from './panes.module.css';

export function BriefPane({ lab }: { lab: LabView }) {
  const [hints, setHints] = useState(0);
  return (
    <div className={styles.briefInner}>
      <div className={styles.prose}>
        <RichText nodes={lab.brief} />
      </div>
      {lab.hints.length > 0 && (
        <section aria-label="Hints">
          <h2>Hints</h2>
          <ol className={styles.hints}>
            {lab.hints.slice(0, hints).map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ol>
          {hints < lab.hints.length ? (
            <button type="button" onClick={() => setHints(hints + 1)}>
              {hints === 0 ? 'Show a hint' : 'Show another hint'} ({hints} of {lab.hints.length})
            </button>
          ) : (
            <p className={styles.aside}>These were all.</p>
          )}
        </section>
      )}
      {lab.outOfScope.length > 0 && (
        <details className={styles.scope}>
          <summary>What this lab leaves out</summary>
          <ul>
            {lab.outOfScope.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </details>
      )}
      {lab.lesson && (
        <p className={styles.aside}>
          Belongs to the lesson <a href={lab.lesson.path}>{lab.lesson.title}</a>.
        </p>
      )}
    </div>
  );
}
