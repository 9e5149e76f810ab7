import { gradingQueue } from '@/server/grading/queue';
import { labRequestBytesMax } from '@/server/http/body-limits';
import { respond } from '@/server/http/respond';
import { reading, saving } from '@/server/http/route';
import { findLab } from '@/server/lab/find';
import { limits } from '@/server/limit/rules';
import { createSubmission } from '@/server/submission/create';
import { listSubmissions } from '@/server/submission/read';

type Params = { slug: string };

export const GET = reading<Params>(async ({ db, learner, params }) => {
  const lab = findLab(params.slug);
  return respond(200, { submissions: learner ? await listSubmissions(db, learner.id, lab.slug) : [] });
});

export const POST = saving<Params>(
  { limits: limits.submission, bodyBytesMax: labRequestBytesMax },
  async ({ db, learner, params, input }) => {
    const lab = findLab(params.slug);
    const queue = await gradingQueue();
    const { submission, created } = await createSubmission(db, queue.enqueue, learner.id, lab, input);
    return respond(created ? 202 : 200, { submission });
  },
);
