// Starts a grader in this process, from the files that the build has made.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { database } from '../database/client';
import { readConnection } from '../database/connection';
import { listener } from '../database/listen';
import { Grader } from './grader';
import { fenceMs } from './limits';
import { GradingPool } from './pool';
import { gradingQueue } from './queue';

/** `GRADER_THREADS` sets the number of threads; without it, one for each core. */
export async function startGrader(log: (line: string) => void): Promise<Grader> {
  // The comment keeps the bundler from taking every file of the project for a dependency.
  const root = /* turbopackIgnore: true */ process.cwd();
  const threadFile = path.join(root, '.coldstart/build/grading-worker.mjs');
  const wasmFile = path.join(root, 'generated/sandbox/quickjs-metered.wasm');
  for (const file of [threadFile, wasmFile]) {
    if (!existsSync(/* turbopackIgnore: true */ file))
      throw new Error(`The grader is not built: ${path.relative(root, file)} is missing. Run "npm run build".`);
  }
  const threads = process.env.GRADER_THREADS ? Number(process.env.GRADER_THREADS) : undefined;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
    throw new Error('GRADER_THREADS is the number of grading threads: a whole number from 1 to 256.');
  }
  const pool = new GradingPool({ threadFile, wasmFile, fenceMs, ...(threads === undefined ? {} : { threads }) });
  return new Grader({ db: database(), queue: await gradingQueue(), listener: listener(readConnection), pool, log });
}
