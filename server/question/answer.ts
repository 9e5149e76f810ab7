// Answers a quiz question: the choice is stored with its score before the key is shown.
import { z } from 'zod';
import type { QuestionKey } from '../content/question-file';
import type { Database } from '../database/client';
import { isUniqueViolation } from '../database/errors';
import { holdLearner } from '../learner/hold';
import { Refusal } from '../refusal';
import { isChoiceOf, scoreChoice } from './score';
import { type AnswerView, viewAnswer } from './view';

const answerInput = z.object({ choice: z.array(z.string().max(100)).min(1).max(20), key: z.uuid() });

/** `key` is made by the client: sent again, it gives the same answer again. */
export async function answerQuestion(db: Database, learnerId: string, question: QuestionKey, input: unknown): Promise<AnswerView> {
  const parsed = answerInput.safeParse(input);
  if (!parsed.success)
    throw new Refusal(
      'invalid-input',
      'Send "choice", the ids of the chosen options, and "key", a UUID that the browser makes for this answer.',
    );
  const { choice, key } = parsed.data;
  if (!isChoiceOf(question, choice))
    throw new Refusal('invalid-input', 'The choice names an option that this question does not have. Reload the page and answer again.');
  if (question.type === 'one-of' && choice.length !== 1) throw new Refusal('invalid-input', 'Choose exactly one option.');
  const { correct, points } = scoreChoice(question, choice);
  const where = { learnerId_key: { learnerId, key } };
  const existing = await db.quizAnswer.findUnique({ where });
  try {
    const row =
      existing ??
      (await db.$transaction(async (tx) => {
        await holdLearner(tx, learnerId);
        return tx.quizAnswer.create({
          data: { learnerId, question: question.id, questionVersion: question.version, key, choice, correct, points },
        });
      }));
    return viewStored(question, row);
  } catch (error) {
    const other = isUniqueViolation(error) ? await db.quizAnswer.findUnique({ where }) : null;
    if (other) return viewStored(question, other);
    throw error;
  }
}

function viewStored(question: QuestionKey, row: { question: string; choice: string[]; answeredAt: Date }): AnswerView {
  if (row.question !== question.id)
    throw new Refusal('key-reused', 'This key belongs to the answer of another question. Make a new key and send the answer again.');
  return viewAnswer(question, row.choice, row.answeredAt);
}
