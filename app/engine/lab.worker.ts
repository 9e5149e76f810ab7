// The worker behind lab pages: runs the visible scenarios of a lab and judges its visible checks.
import { loadVisibleLab } from '@/generated/content/labs-visible';
import { answerFiles, checkLab } from '@/grading/grade-lab';
import { servicesOf } from '@/labs/run-lab';
import { loadAws } from '@/sim/load-aws';
import { createSandboxFactory } from '@/sim/sandbox/factory';
import { serveJobs, type WorkerScope } from '@/ui/engine/serve';
import { type LabJob, type LabResult, worldName } from '@/ui/workbench/lab-view';

const sandboxes = fetch(new URL('../../generated/sandbox/quickjs-metered.wasm', import.meta.url))
  .then((response) => {
    if (!response.ok) throw new Error('The simulator could not be fetched. Check the connection and run again.');
    return response.arrayBuffer();
  })
  .then(createSandboxFactory);
sandboxes.catch(() => undefined);

serveJobs<LabJob & { slug: string }, LabResult>(self as unknown as WorkerScope, async ({ slug, files }, report) => {
  const lab = await loadVisibleLab(slug);
  if (!lab) throw new Error('This lab has no scenarios to run. Reload the page.');
  const runs: LabResult['runs'] = [];
  const total = lab.scenarios.length * lab.seeds.visible.length;
  const grade = checkLab(lab, {
    files,
    createAws: await loadAws(servicesOf(answerFiles(lab, files), lab.scenarios)),
    sandboxes: await sandboxes,
    onRun: ({ scenario, seed, facts }) => {
      runs.push({ scenario, seed });
      report.facts(worldName(scenario, seed), facts);
      report.progress(facts.at(-1)?.at ?? 0, facts.length, `Scenario ${runs.length} of ${total} has run…`);
    },
  });
  return { grade, runs };
});
