// Graded submissions a second through the whole path: stored, queued, graded in threads, stored again. And what of a grade is the sandbox.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadLabForGrading, loadSolution } from '../../generated/content/labs-server';
import { gradeLab } from '../../grading/grade-lab';
import { connect } from '../../server/database/address.mjs';
import { openDatabase } from '../../server/database/client';
import { startEmbedded } from '../../server/database/embedded.mjs';
import { Listener } from '../../server/database/listen';
import { applyMigrations } from '../../server/database/migrate.mjs';
import { readMigrations } from '../../server/database/migration-folder.mjs';
import { Grader } from '../../server/grading/grader';
import { GradingPool } from '../../server/grading/pool';
import { openGradingQueue } from '../../server/grading/queue';
import { createNativeTextHash } from '../../server/grading/text-hash';
import { createSubmission } from '../../server/submission/create';
import { createAws } from '../../sim/aws';
import { createSandboxFactory } from '../../sim/sandbox/factory';
import type { Sandbox, SandboxFactory } from '../../sim/sandbox/sandbox';

const project = path.resolve(import.meta.dirname, '../..');
const threadFile = path.join(project, '.coldstart/build/grading-worker.mjs');
const wasmFile = path.join(project, 'generated/sandbox/quickjs-metered.wasm');
const slug = 'idempotent-orders';
const submissions = 200;
const warmUps = 20;
const alone = 30;

/** Adds up the time inside of sandboxes. */
function timed(sandboxes: SandboxFactory, add: (ms: number) => void): SandboxFactory {
  const time = <T>(work: () => T): T => {
    const start = performance.now();
    try {
      return work();
    } finally {
      add(performance.now() - start);
    }
  };
  return {
    runtimeVersion: sandboxes.runtimeVersion,
    create: (spec) => {
      const sandbox = time(() => sandboxes.create(spec));
      return {
        init: (...call) => time(() => sandbox.init(...call)),
        invoke: (...call) => time(() => sandbox.invoke(...call)),
        resume: (...call) => time(() => sandbox.resume(...call)),
        fireTimer: (...call) => time(() => sandbox.fireTimer(...call)),
        tmp: () => sandbox.tmp(),
        dispose: () => time(() => sandbox.dispose()),
      } satisfies Sandbox;
    },
  };
}

async function benchOneThread(): Promise<void> {
  const sandboxes = await createSandboxFactory(await WebAssembly.compile(readFileSync(wasmFile)));
  const [lab, files] = [await loadLabForGrading(slug), await loadSolution(slug)];
  for (let index = 0; index < warmUps; index += 1) gradeLab(lab, { files, createAws, sandboxes, createHash: createNativeTextHash });
  let sandboxMs = 0;
  const measured = timed(sandboxes, (ms) => {
    sandboxMs += ms;
  });
  const start = performance.now();
  for (let index = 0; index < alone; index += 1) gradeLab(lab, { files, createAws, sandboxes: measured, createHash: createNativeTextHash });
  const gradeMs = (performance.now() - start) / alone;
  sandboxMs /= alone;
  console.log(
    `one grade on one thread: ${gradeMs.toFixed(1)} ms, of which in sandboxes ${sandboxMs.toFixed(1)} ms: ratio ${(gradeMs / sandboxMs).toFixed(2)}`,
  );
}

async function benchWholePath(): Promise<void> {
  if (!existsSync(threadFile)) throw new Error('The grader is not built: run "npm run build" first.');
  const home = mkdtempSync(path.join(tmpdir(), 'coldstart-bench-'));
  const server = await startEmbedded({ home, project });
  const client = await connect(server.address);
  await applyMigrations(client, readMigrations(path.join(project, 'prisma/migrations')));
  await client.end();
  const db = openDatabase(server.address);
  const queue = await openGradingQueue(server.address);
  const listener = new Listener(server.address);
  const pool = new GradingPool({ threadFile, wasmFile, fenceMs: 60_000 });
  const grader = new Grader({ db, queue, listener, pool, log: console.log });
  try {
    const learner = { id: randomUUID(), name: 'Bench', email: 'bench@example.org' };
    await db.user.create({ data: learner });
    const files = await loadSolution(slug);
    const lab = { slug, editable: Object.keys(files) };
    const submitAndWait = async (count: number) => {
      const start = performance.now();
      for (let index = 0; index < count; index += 1)
        await createSubmission(db, queue.enqueue, learner.id, lab, { files, key: randomUUID() });
      while ((await db.submission.count({ where: { status: { not: 'graded' } } })) > 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return count / ((performance.now() - start) / 1000);
    };
    await submitAndWait(warmUps);
    const rate = await submitAndWait(submissions);
    console.log(`whole path, ${pool.size} threads: ${rate.toFixed(1)} graded submissions/s (${submissions} submissions)`);
  } finally {
    await grader.stop();
    await listener.close();
    await queue.close();
    await db.$disconnect();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

await benchOneThread();
await benchWholePath();
