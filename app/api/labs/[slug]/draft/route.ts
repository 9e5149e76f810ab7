import { readDraft } from '@/server/draft/read';
import { saveDraft } from '@/server/draft/save';
import { labRequestBytesMax } from '@/server/http/body-limits';
import { respond } from '@/server/http/respond';
import { reading, saving } from '@/server/http/route';
import { findLab } from '@/server/lab/find';
import { limits } from '@/server/limit/rules';

type Params = { slug: string };

export const GET = reading<Params>(async ({ db, learner, params }) => {
  const lab = findLab(params.slug);
  return respond(200, learner ? await readDraft(db, learner.id, lab.slug) : { draft: null, conflicts: [] });
});

export const PUT = saving<Params>({ limits: limits.draft, bodyBytesMax: labRequestBytesMax }, async ({ db, learner, params, input }) =>
  respond(200, await saveDraft(db, learner.id, findLab(params.slug), input)),
);
