// The worker behind live event routers. The sandbox is fetched only where a rule calls a function.
import { loadAws } from '@/sim/load-aws';
import { createSandboxFactory } from '@/sim/sandbox/factory';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import type { RouterJob, RouterOutcome } from './router-setup';
import { routerServices, simulateRouter } from './simulate-router';

let sandboxes: Promise<SandboxFactory> | null = null;

function fetchSandboxes(): Promise<SandboxFactory> {
  sandboxes ??= fetch(new URL('../../../generated/sandbox/quickjs-metered.wasm', import.meta.url))
    .then((response) => {
      if (!response.ok) throw new Error('The simulator could not be fetched. Check the connection and send again.');
      return response.arrayBuffer();
    })
    .then(createSandboxFactory);
  return sandboxes;
}

serveJobs<RouterJob, RouterOutcome>(self as unknown as WorkerScope, async (job, report) => {
  const createAws = await loadAws(routerServices(job));
  const isCode = Object.keys(job.functions).length > 0;
  const { outcome, facts } = simulateRouter(job, createAws, isCode ? await fetchSandboxes() : undefined);
  report.facts('router', facts);
  return outcome;
});
