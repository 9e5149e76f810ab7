import { labs } from '@/generated/content/labs';
import { respond } from '@/server/http/respond';
import { reading } from '@/server/http/route';
import { listLessons } from '@/server/lesson/find';
import { readProgress } from '@/server/progress/read';

export const GET = reading(async ({ db, learner }) =>
  respond(200, await readProgress(db, learner?.id ?? null, { lessons: listLessons(), labs })),
);
