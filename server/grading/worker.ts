// A grading thread: takes an order, runs the lab again with its hidden part, answers with the grade. Knows no database.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { loadLabForGrading } from '../../generated/content/labs-server';
import { gradeLab } from '../../grading/grade-lab';
import { createAws } from '../../sim/aws';
import { createSandboxFactory } from '../../sim/sandbox/factory';
import type { GradingAnswer, GradingOrder, ThreadReady, ThreadSettings } from './message';
import { createNativeTextHash } from './text-hash';

if (!parentPort) throw new Error('The grading thread is started by the grading pool.');
const port = parentPort;
const { wasmFile } = workerData as ThreadSettings;
const sandboxes = await createSandboxFactory(await WebAssembly.compile(readFileSync(wasmFile)));

port.on('message', (order: GradingOrder) => {
  grade(order).then((answer) => port.postMessage(answer));
});
port.postMessage({ ready: true } satisfies ThreadReady);

async function grade({ id, lab: slug, files }: GradingOrder): Promise<GradingAnswer> {
  try {
    const lab = await loadLabForGrading(slug);
    return {
      id,
      graded: { grade: gradeLab(lab, { files, createAws, sandboxes, createHash: createNativeTextHash }), visibleSeeds: lab.seeds.visible },
    };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
