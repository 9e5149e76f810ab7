// Scores a choice. One-of: the point or none. Several-of: a point for each right option, minus one for each wrong one, never below none,
// so that choosing everything earns nothing on a question with as many wrong options as right ones.
import type { QuestionKey } from '../content/question-file';

export interface Score {
  /** Everything right and nothing wrong. */
  correct: boolean;
  points: number;
  maxPoints: number;
}

export function scoreChoice(question: QuestionKey, choice: readonly string[]): Score {
  const right = question.options.filter((option) => option.correct);
  const rightChosen = right.filter((option) => choice.includes(option.id)).length;
  const wrongChosen = question.options.filter((option) => !option.correct && choice.includes(option.id)).length;
  return {
    correct: rightChosen === right.length && wrongChosen === 0,
    points: Math.max(0, rightChosen - wrongChosen),
    maxPoints: right.length,
  };
}

/** Whether every chosen option is still one of the question's: an author may have changed it since. */
export function isChoiceOf(question: QuestionKey, choice: readonly string[]): boolean {
  const ids = new Set(question.options.map((option) => option.id));
  return new Set(choice).size === choice.length && choice.every((id) => ids.has(id));
}
