import { readConnection } from '@/server/database/connection';
import { listener } from '@/server/database/listen';
import { reading } from '@/server/http/route';
import { followSubmission } from '@/server/submission/follow';

export const GET = reading<{ id: string }>(({ db, learner, params, request }) =>
  followSubmission({ db, listener: listener(readConnection) }, learner?.id ?? null, params.id, request.signal),
);
