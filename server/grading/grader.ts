// Takes submissions from the queue, has them graded, stores the grades. Any number of graders may run, in any number of processes.
// A grader that dies leaves its claims to expire; the submissions are then taken by another one.
import type { LabFiles } from '../../labs/lab';
import type { Database } from '../database/client';
import { forgetOldRows } from '../database/forget';
import type { Listener } from '../database/listen';
import { fenceMs, fenceTriesMax, heartbeatMs, pollMs, requeueMs, triesMax } from './limits';
import type { GradedAnswer } from './message';
import { GradingFault } from './pool';
import type { Claim, GradingQueue } from './queue';
import { beginGrading, storeFailure, storeGrade, storeNothing, storeWaiting } from './store';

/** The part of GradingPool that a grader needs. */
export interface Pool {
  readonly size: number;
  grade(lab: string, files: LabFiles): Promise<GradedAnswer>;
  close(): Promise<void>;
}

export interface GraderParts {
  db: Database;
  queue: GradingQueue;
  listener: Listener;
  pool: Pool;
  log(line: string): void;
}

/** Twice as many claims as threads, so that a thread never waits for the database between two submissions. */
const claimsPerThread = 2;

export class Grader {
  readonly #parts: GraderParts;
  readonly #claims = new Map<string, Claim>();
  readonly #running = new Set<Promise<void>>();
  readonly #unsubscribe: (() => void)[];
  readonly #timers: NodeJS.Timeout[];
  readonly #loop: Promise<void>;
  #stopping = false;
  #wake: () => void = () => {};
  #woken = false;

  constructor(parts: GraderParts) {
    this.#parts = parts;
    const { queue, listener } = parts;
    this.#unsubscribe = [
      listener.subscribe('grading_queued', () => this.#awaken()),
      listener.subscribe('restored', () => void this.#requeue()),
    ];
    const every = (ms: number, work: () => void) => setInterval(work, ms).unref();
    this.#timers = [
      every(heartbeatMs, () => void this.#attempt('heartbeat', () => queue.keep([...this.#claims.values()]))),
      every(requeueMs, () => void this.#requeue()),
      every(10 * requeueMs, () => void this.#attempt('old rows', () => forgetOldRows(parts.db))),
    ];
    void this.#requeue();
    this.#loop = this.#take();
  }

  /** Stops taking submissions; what is being graded goes back to the queue. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const timer of this.#timers) clearInterval(timer);
    this.#awaken();
    await this.#loop;
    await this.#parts.pool.close();
    await Promise.all(this.#running);
  }

  async #take(): Promise<void> {
    const { queue, pool } = this.#parts;
    while (!this.#stopping) {
      this.#woken = false;
      // Claims come in batches: only when half of them are done is the queue asked again.
      const free = pool.size * claimsPerThread - this.#running.size;
      if (free >= Math.min(pool.size, 2)) {
        const claims = await this.#attempt('queue', () => queue.claim(free));
        if (claims) this.#run(claims);
        if (claims?.length === free) continue;
      }
      await this.#sleep();
    }
  }

  /** The claims of a batch begin with one statement and then go their own ways. */
  #run(claims: readonly Claim[]): void {
    if (claims.length === 0) return;
    for (const claim of claims) this.#claims.set(claim.jobId, claim);
    const begun = beginGrading(
      this.#parts.db,
      claims.map((claim) => claim.submissionId),
    );
    for (const claim of claims) {
      const run = this.#grade(claim, begun)
        .catch((error: unknown) => this.#parts.log(`Grading ${claim.submissionId}: ${text(error)}`))
        .finally(() => {
          this.#claims.delete(claim.jobId);
          this.#running.delete(run);
          this.#awaken();
        });
      this.#running.add(run);
    }
  }

  async #grade(claim: Claim, begun: ReturnType<typeof beginGrading>): Promise<void> {
    const { db, queue, pool, log } = this.#parts;
    const submission = (await begun).get(claim.submissionId);
    if (!submission) return storeNothing(db, queue, claim);
    if (submission.attempts > triesMax) return storeFailure(db, queue, claim, failureOf('crash'));
    let graded: GradedAnswer;
    try {
      graded = await pool.grade(submission.lab, submission.files);
    } catch (error) {
      const kind = error instanceof GradingFault ? error.kind : 'fault';
      if (kind !== 'stopped') log(`Grading ${claim.submissionId}, try ${submission.attempts}: ${text(error)}`);
      if (kind !== 'stopped' && submission.attempts >= (kind === 'fence' ? fenceTriesMax : triesMax))
        return storeFailure(db, queue, claim, failureOf(kind));
      await storeWaiting(db, claim.submissionId, kind !== 'stopped');
      return queue.release(claim);
    }
    await storeGrade(db, queue, claim, graded);
  }

  async #requeue(): Promise<void> {
    const count = await this.#attempt('queue', () => this.#parts.queue.requeueLost(this.#parts.db));
    if (count) this.#parts.log(`${count} submissions had lost their place in the queue and are back in it.`);
  }

  /** The database may be away for a while: say it, and go on with the next turn. */
  async #attempt<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!this.#stopping) this.#parts.log(`Grader, ${what}: ${text(error)}`);
      return null;
    }
  }

  #awaken(): void {
    this.#woken = true;
    this.#wake();
  }

  #sleep(): Promise<void> {
    if (this.#woken || this.#stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function failureOf(kind: GradingFault['kind']): string {
  if (kind === 'fence') {
    return `Grading this took more than ${fenceMs / 1000} seconds of real time, ${fenceTriesMax} times, so it was stopped. Look for work that never ends, then submit again. It does not count as an attempt.`;
  }
  return 'The grader had a fault with this submission, several times. Your files are stored and it does not count as an attempt. Submit again later; if it happens again, tell whoever runs this site.';
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
