'use client';
// Answers a question: choose, send, read why each option is right or wrong. An answer that cannot be sent is kept and sent later.
import type { FormEvent, ReactNode } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { refreshProgress } from '../progress/progress-store';
import { InlineMarkdown } from '../text/inline-markdown';
import type { AnswerView, PendingAnswer } from './answer';
import { earlierAnswers, keepPending, readPending, rememberAnswer, sendAnswer } from './answer';
import styles from './question.module.css';

export interface QuestionOption {
  id: string;
  text: string;
}

type Phase =
  | { name: 'open' }
  | { name: 'sending' }
  | { name: 'failed'; message: string; again: boolean }
  | { name: 'answered'; folded: boolean };

function optionWords(type: QuestionFormProps['type'], chosen: boolean, correct: boolean): string {
  if (chosen) return correct ? '✓ Your choice, right' : '✕ Your choice, not right';
  if (type === 'one-of') return correct ? '✓ The right one' : '✕ Not this one';
  return correct ? '✓ Right too, and you left it out' : '– Left out, as it should be';
}

function verdictWords({ correct, points, maxPoints }: AnswerView): string {
  if (correct) return 'Right.';
  return points > 0 ? `Partly right: ${points} of ${maxPoints} points.` : 'Not right.';
}

interface QuestionFormProps {
  id: string;
  type: 'one-of' | 'several-of';
  options: QuestionOption[];
  lesson: string;
  children: ReactNode;
}

export function QuestionForm({ id, type, options, lesson, children }: QuestionFormProps) {
  const [choice, setChoice] = useState<string[]>([]);
  const [phase, setPhase] = useState<Phase>({ name: 'open' });
  const [answer, setAnswer] = useState<AnswerView | null>(null);
  const pending = useRef<PendingAnswer | null>(null);
  const touched = useRef(false);
  const button = useRef<HTMLButtonElement>(null);

  const send = useCallback(async () => {
    const going = pending.current;
    if (!going) return;
    setPhase({ name: 'sending' });
    const outcome = await sendAnswer(id, going);
    if (pending.current !== going) return;
    if (outcome.sent) {
      pending.current = null;
      keepPending(id, null);
      rememberAnswer(lesson, id, outcome.answer);
      setAnswer(outcome.answer);
      setPhase({ name: 'answered', folded: false });
      void refreshProgress();
      return;
    }
    if (!outcome.again) {
      pending.current = null;
      keepPending(id, null);
    }
    setPhase({ name: 'failed', message: outcome.message, again: outcome.again });
  }, [id, lesson]);

  // An answer that was kept goes first; else the page shows that there is an earlier one, folded: recalling it is worth more.
  useEffect(() => {
    const kept = readPending(id);
    if (kept) {
      pending.current = kept;
      setChoice(kept.choice);
      void send();
      return;
    }
    let left = false;
    void earlierAnswers(lesson).then((answers) => {
      const before = answers[id];
      if (!before || left || touched.current) return;
      setAnswer(before);
      setPhase({ name: 'answered', folded: true });
    });
    return () => {
      left = true;
    };
  }, [id, lesson, send]);

  useEffect(() => {
    const retry = () => void send();
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [send]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The options are locked while the answer is away: focus must not stay on one of them.
    button.current?.focus({ preventScroll: true });
    if (phase.name === 'sending') return;
    if (phase.name === 'answered') {
      touched.current = true;
      setChoice([]);
      setPhase({ name: 'open' });
      return;
    }
    if (choice.length === 0) return;
    if (phase.name !== 'failed' || !pending.current) {
      pending.current = { choice, key: crypto.randomUUID() };
      keepPending(id, pending.current);
    }
    void send();
  };

  const choose = (option: string, checked: boolean) => {
    touched.current = true;
    pending.current = null;
    keepPending(id, null);
    setPhase({ name: 'open' });
    if (type === 'one-of') setChoice([option]);
    else setChoice((before) => (checked ? [...before, option] : before.filter((other) => other !== option)));
  };

  const shown = phase.name === 'answered' && !phase.folded ? answer : null;
  const folded = phase.name === 'answered' && phase.folded ? answer : null;
  const marked = shown?.choice ?? choice;
  const locked = phase.name === 'sending' || phase.name === 'answered';
  return (
    <form onSubmit={submit} className={styles.form}>
      <fieldset>
        <legend>{children}</legend>
        {options.map((option) => {
          const chosen = marked.includes(option.id);
          const verdict = shown?.options.find((other) => other.id === option.id);
          return (
            <label
              key={option.id}
              className={styles.option}
              data-verdict={verdict && (verdict.correct ? 'right' : chosen ? 'wrong' : 'other')}
            >
              <input
                type={type === 'one-of' ? 'radio' : 'checkbox'}
                name={id}
                value={option.id}
                checked={chosen}
                disabled={locked}
                onChange={(event) => choose(option.id, event.target.checked)}
              />
              <span>
                <InlineMarkdown text={option.text} />
                {verdict && (
                  <span className={styles.because}>
                    <b>{optionWords(type, chosen, verdict.correct)}.</b> <InlineMarkdown text={verdict.because} />
                  </span>
                )}
              </span>
            </label>
          );
        })}
      </fieldset>
      <div className={styles.foot}>
        <button ref={button} type="submit" disabled={phase.name === 'open' && choice.length === 0} aria-disabled={phase.name === 'sending'}>
          {phase.name === 'answered'
            ? 'Answer again'
            : phase.name === 'failed' && phase.again
              ? 'Send again'
              : phase.name === 'sending'
                ? 'Checking'
                : 'Check the answer'}
        </button>
        {folded && (
          <button type="button" onClick={() => setPhase({ name: 'answered', folded: false })}>
            Show my answer
          </button>
        )}
        <p role="status" className={styles.status} data-failed={phase.name === 'failed' || undefined}>
          {folded &&
            `Answered on ${new Date(folded.answeredAt).toLocaleDateString(undefined, { dateStyle: 'medium' })}: ${folded.correct ? 'right' : 'not right'}.`}
          {shown && <b>{verdictWords(shown)}</b>}
          {shown?.explanation && (
            <>
              {' '}
              <InlineMarkdown text={shown.explanation} />
            </>
          )}
          {phase.name === 'failed' && phase.message}
        </p>
      </div>
    </form>
  );
}
