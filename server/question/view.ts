// What a learner sees after answering: the verdict and the reason of every option.
import type { QuestionKey } from '../content/question-file';
import { type Score, scoreChoice } from './score';

export interface AnswerView extends Score {
  choice: string[];
  answeredAt: string;
  options: { id: string; correct: boolean; because: string }[];
  explanation: string | null;
}

/** Scored against the question as it is now, so that verdict and reasons always agree. */
export function viewAnswer(question: QuestionKey, choice: string[], answeredAt: Date): AnswerView {
  return {
    choice,
    ...scoreChoice(question, choice),
    answeredAt: answeredAt.toISOString(),
    options: question.options.map(({ id, correct, because }) => ({ id, correct, because })),
    explanation: question.explanation,
  };
}
