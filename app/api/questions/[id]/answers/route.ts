import { smallRequestBytesMax } from '@/server/http/body-limits';
import { respond } from '@/server/http/respond';
import { saving } from '@/server/http/route';
import { limits } from '@/server/limit/rules';
import { answerQuestion } from '@/server/question/answer';
import { findQuestion } from '@/server/question/find';

export const POST = saving<{ id: string }>(
  { limits: limits.answer, bodyBytesMax: smallRequestBytesMax },
  async ({ db, learner, params, input }) => respond(200, { answer: await answerQuestion(db, learner.id, findQuestion(params.id), input) }),
);
