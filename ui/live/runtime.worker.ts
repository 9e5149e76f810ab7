// The worker behind live runtimes: compiles the sandbox once, then runs one world for each job.
import { loadAws } from '@/sim/load-aws';
import { createSandboxFactory } from '@/sim/sandbox/factory';
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import { simulateMapping } from './mapping/simulate-mapping';
import type { LiveJob } from './runtime-engine';
import { RUNTIME_SERVICES, simulate } from './simulate';

const sandboxes = fetch(new URL('../../generated/sandbox/quickjs-metered.wasm', import.meta.url))
  .then((response) => {
    if (!response.ok) throw new Error('The simulator could not be fetched. Check the connection and run again.');
    return response.arrayBuffer();
  })
  .then(createSandboxFactory);
sandboxes.catch(() => undefined);

serveJobs<LiveJob, null>(self as unknown as WorkerScope, async (job, report) => {
  const createAws = await loadAws(RUNTIME_SERVICES);
  const facts = 'queueName' in job ? simulateMapping(job, await sandboxes, createAws) : simulate(job, await sandboxes, createAws);
  report.facts('runtime', facts);
  return null;
});
