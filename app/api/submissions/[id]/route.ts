import { respond } from '@/server/http/respond';
import { reading } from '@/server/http/route';
import { readSubmission } from '@/server/submission/read';

export const GET = reading<{ id: string }>(async ({ db, learner, params }) =>
  respond(200, { submission: await readSubmission(db, learner?.id ?? null, params.id) }),
);
