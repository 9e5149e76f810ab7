import { respond } from '@/server/http/respond';
import { reading } from '@/server/http/route';

export const GET = reading(async ({ learner }) => respond(200, { learner }));
