'use client';
// Ask before running: a prediction is noted in this browser, so that the run can surprise.
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { InlineMarkdown } from '../text/inline-markdown';
import styles from './predict.module.css';

const storageKey = (id: string) => `coldstart.predict.${id}`;

interface PredictProps {
  id: string;
  question: string;
  options: string[];
  /** Shown once something is predicted. */
  children?: ReactNode;
}

export function Predict({ id, question, options, children }: PredictProps) {
  const [choice, setChoice] = useState<string | null>(null);
  useEffect(() => {
    try {
      const stored = localStorage.getItem(storageKey(id));
      if (stored !== null && options.includes(stored)) setChoice(stored);
    } catch {
      // Storage may be closed to us: the prediction then lasts as long as the page.
    }
  }, [id, options]);
  const choose = (option: string) => {
    setChoice(option);
    try {
      localStorage.setItem(storageKey(id), option);
    } catch {
      // As above.
    }
  };
  return (
    <fieldset className={styles.predict}>
      <legend>
        <span className={styles.label}>Before you run it</span>
        <InlineMarkdown text={question} />
      </legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option}>
            <input type="radio" name={`predict-${id}`} checked={choice === option} onChange={() => choose(option)} />
            <span>
              <InlineMarkdown text={option} />
            </span>
          </label>
        ))}
      </div>
      <p role="status" className={styles.noted}>
        {choice === null ? 'Pick one. It is not graded.' : 'Noted. Now run it and compare.'}
      </p>
      {choice !== null && children}
    </fieldset>
  );
}
