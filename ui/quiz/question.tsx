// A question in a lesson: the stem is rendered ahead without its key; the form that answers it is the only script.

import { type RichNode, RichText } from '../text/rich-text';
import styles from './question.module.css';
import type { QuestionOption } from './question-form';
import { QuestionForm } from './question-form';

export interface QuestionText {
  id: string;
  type: 'one-of' | 'several-of';
  stem: RichNode[];
  options: QuestionOption[];
}

export function Question({ question, lesson, number, count }: { question: QuestionText; lesson: string; number: number; count: number }) {
  const { id, type, stem, options } = question;
  return (
    <section className={styles.question} aria-label={`Question ${number} of ${count}`} id={id.slice(id.lastIndexOf('.') + 1)}>
      <p className={styles.number}>
        Question {number} of {count}
        {type === 'several-of' && <span>, more than one may be right</span>}
      </p>
      <QuestionForm id={id} type={type} options={options} lesson={lesson}>
        <div className={styles.stem}>
          <RichText nodes={stem} />
        </div>
      </QuestionForm>
    </section>
  );
}
