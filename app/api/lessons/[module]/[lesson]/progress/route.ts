import { smallRequestBytesMax } from '@/server/http/body-limits';
import { respond } from '@/server/http/respond';
import { saving } from '@/server/http/route';
import { findLesson } from '@/server/lesson/find';
import { limits } from '@/server/limit/rules';
import { markLessonRead } from '@/server/progress/mark-read';

export const PUT = saving<{ module: string; lesson: string }>(
  { limits: limits.progress, bodyBytesMax: smallRequestBytesMax },
  async ({ db, learner, params, input }) =>
    respond(200, { progress: await markLessonRead(db, learner.id, findLesson(params.module, params.lesson), input) }),
);
