// The questions of this build with their keys. Server only: nothing that reaches a browser may import it.
import { questionKeys } from '../../generated/content/questions-server';
import type { QuestionKey } from '../content/question-file';
import { Refusal } from '../refusal';

export function findQuestion(id: string): QuestionKey {
  const question = Object.hasOwn(questionKeys, id) ? questionKeys[id] : undefined;
  if (!question) throw new Refusal('not-found', 'There is no question with this id. Reload the page: the lesson may have changed.');
  return question;
}

export function questionsOfLesson(lesson: string): QuestionKey[] {
  return Object.values(questionKeys).filter((question) => question.lesson === lesson);
}
