// The worker behind live runtimes: compiles the sandbox once, then runs one world for each job.
import { loadAws } from '@/sim/load-aws';
import { createSandboxFactory } from '@/sim/sandbox/factory';
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import type { RuntimeJob } from './runtime-setup';
import { RUNTIME_SERVICES, simulate } from './simulate';

const sandboxes = fetch(new URL('../../generated/sandbox/quickjs-metered.wasm', import.meta.url))
  .then((response) => {
    if (!response.ok) throw new Error('The simulator could not be fetched. Check the connection and run again.');
    return response.arrayBuffer();
  })
  .then(createSandboxFactory);
sandboxes.catch(() => undefined);

serveJobs<RuntimeJob, null>(self as unknown as WorkerScope, async (job, report) => {
  report.facts('runtime', simulate(job, await sandboxes, await loadAws(RUNTIME_SERVICES)));
  return null;
});
