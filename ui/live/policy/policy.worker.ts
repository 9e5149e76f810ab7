// The worker behind live policy evaluators: a decision for each job, without a world.
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import { decidePolicy } from './decide-policy';
import type { PolicyJob, PolicyOutcome } from './policy-setup';

serveJobs<PolicyJob, PolicyOutcome>(self as unknown as WorkerScope, async (job) => decidePolicy(job));
