import { discardConflict } from '@/server/draft/discard-conflict';
import { respondNothing } from '@/server/http/respond';
import { saving } from '@/server/http/route';
import { findLab } from '@/server/lab/find';
import { limits } from '@/server/limit/rules';

type Params = { slug: string; id: string };

export const DELETE = saving<Params>({ limits: limits.draft, bodyBytesMax: 0 }, async ({ db, learner, params }) => {
  await discardConflict(db, learner.id, findLab(params.slug).slug, params.id);
  return respondNothing();
});
