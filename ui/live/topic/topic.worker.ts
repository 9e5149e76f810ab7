// The worker behind live topics: one world for each job. The sandbox is fetched only when a function subscribes.
import { loadAws } from '@/sim/load-aws';
import { createSandboxFactory } from '@/sim/sandbox/factory';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import { servicesOf, simulateTopic } from './simulate-topic';
import type { TopicJob, TopicResult } from './topic-setup';

let sandboxes: Promise<SandboxFactory> | null = null;

async function fetchSandboxes(): Promise<SandboxFactory> {
  const response = await fetch(new URL('../../../generated/sandbox/quickjs-metered.wasm', import.meta.url));
  if (!response.ok) throw new Error('The simulator could not be fetched. Check the connection and publish again.');
  return createSandboxFactory(await response.arrayBuffer());
}

serveJobs<TopicJob, TopicResult>(self as unknown as WorkerScope, async (job, report) => {
  const services = servicesOf(job);
  if (services.includes('lambda') && !sandboxes) {
    sandboxes = fetchSandboxes();
    // A failed fetch is tried again by the next job.
    sandboxes.catch(() => {
      sandboxes = null;
    });
  }
  const createAws = await loadAws(services);
  const { facts, result } = simulateTopic(job, createAws, sandboxes ? await sandboxes : undefined);
  report.facts('topic', facts);
  return result;
});
