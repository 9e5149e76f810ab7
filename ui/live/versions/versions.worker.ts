// The worker behind live functions with versions: compiles the sandbox once, then takes the steps of each job in a world of its own.
import { loadAws } from '@/sim/load-aws';
import { createSandboxFactory } from '@/sim/sandbox/factory';
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import { simulateVersions, VERSION_SERVICES } from './simulate-versions';
import type { VersionsJob, VersionsOutcome } from './versions-setup';

const sandboxes = fetch(new URL('../../../generated/sandbox/quickjs-metered.wasm', import.meta.url))
  .then((response) => {
    if (!response.ok) throw new Error('The simulator could not be fetched. Check the connection and try again.');
    return response.arrayBuffer();
  })
  .then(createSandboxFactory);
sandboxes.catch(() => undefined);

serveJobs<VersionsJob, VersionsOutcome>(self as unknown as WorkerScope, async (job) =>
  simulateVersions(job, await sandboxes, await loadAws(VERSION_SERVICES)),
);
