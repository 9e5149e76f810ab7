import { respond } from '@/server/http/respond';
import { reading } from '@/server/http/route';
import { findLesson } from '@/server/lesson/find';
import { questionsOfLesson } from '@/server/question/find';
import { listAnswers } from '@/server/question/list';

export const GET = reading<{ module: string; lesson: string }>(async ({ db, learner, params }) => {
  const { id } = findLesson(params.module, params.lesson);
  return respond(200, { answers: learner ? await listAnswers(db, learner.id, questionsOfLesson(id)) : {} });
});
