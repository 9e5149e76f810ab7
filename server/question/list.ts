// A learner's latest answer to each of some questions.
import type { QuestionKey } from '../content/question-file';
import type { Database } from '../database/client';
import { isChoiceOf } from './score';
import { type AnswerView, viewAnswer } from './view';

export async function listAnswers(db: Database, learnerId: string, questions: readonly QuestionKey[]): Promise<Record<string, AnswerView>> {
  const rows = await db.quizAnswer.findMany({
    where: { learnerId, question: { in: questions.map((question) => question.id) } },
    orderBy: [{ question: 'asc' }, { answeredAt: 'desc' }, { id: 'desc' }],
    distinct: ['question'],
  });
  const answers: Record<string, AnswerView> = {};
  for (const row of rows) {
    const question = questions.find((candidate) => candidate.id === row.question);
    // An answer whose options are gone cannot be shown with reasons; the question is asked anew.
    if (question && isChoiceOf(question, row.choice)) answers[row.question] = viewAnswer(question, row.choice, row.answeredAt);
  }
  return answers;
}
