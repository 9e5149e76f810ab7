'use client';
// Brings the workbench and the worker together: ui/ knows neither labs nor grading.
import { useEffect, useMemo } from 'react';
import { createEngine } from '@/ui/engine/engine';
import type { LabJob, LabResult, LabView } from '@/ui/workbench/lab-view';
import type { LabEngine } from '@/ui/workbench/use-lab-run';
import { Workbench } from '@/ui/workbench/workbench';

/** All visible scenarios together take well under a second; past this the learner's code keeps the simulator busy. */
const RUN_TIMEOUT_MS = 30_000;

function createLabEngine(slug: string): LabEngine {
  const spawn = () => new Worker(new URL('../../engine/lab.worker.ts', import.meta.url), { type: 'module' });
  const engine = createEngine<LabJob & { slug: string }, LabResult>(spawn, { timeoutMs: RUN_TIMEOUT_MS });
  return { ...engine, run: (job, watch) => engine.run({ ...job, slug }, watch) };
}

export function LabWorkbench({ lab }: { lab: LabView }) {
  const engine = useMemo(() => createLabEngine(lab.slug), [lab.slug]);
  useEffect(() => {
    // Compiling the sandbox ahead keeps the first run quick. Nothing of the learner's runs by itself.
    engine.warmUp();
    return () => engine.dispose();
  }, [engine]);
  return <Workbench lab={lab} engine={engine} />;
}
