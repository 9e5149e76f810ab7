// The grading queue: pg-boss on the site's own PostgreSQL, one job for each submission that waits for a grade.
// https://pgboss.io
import { fromPrisma, PgBoss } from 'pg-boss';
import type { Database, Transaction } from '../database/client';
import { type Connection, readConnection } from '../database/connection';
import type { Enqueue } from '../submission/create';
import { claimSecondsMax, silenceSecondsMax } from './limits';

const queueName = 'grade';
const poolMax = 3;

/** A submission that this process has claimed. `tries` tells this claim from a later one of the same job. */
export interface Claim {
  jobId: string;
  tries: number;
  submissionId: string;
}

export interface GradingQueue {
  enqueue: Enqueue;
  claim(countMax: number): Promise<Claim[]>;
  /** Says that these are still being worked on. */
  keep(claims: readonly Claim[]): Promise<void>;
  /** Part of the transaction that stores the outcome. */
  done(tx: Transaction, claim: Claim): Promise<void>;
  /** Back into the queue. */
  release(claim: Claim): Promise<void>;
  /** Enqueues submissions that wait for a grade without a place in the queue; how many. */
  requeueLost(db: Database): Promise<number>;
  close(): Promise<void>;
}

interface QueueOptions {
  /** Between two tries of one submission. */
  retryDelaySeconds?: number;
}

export async function openGradingQueue(connection: Connection, { retryDelaySeconds = 1 }: QueueOptions = {}): Promise<GradingQueue> {
  const boss = new PgBoss({
    ...connection,
    schema: 'pgboss',
    application_name: 'coldstart-queue',
    max: poolMax,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => console.error('Grading queue:', error.message));
  await boss.start();
  const options = {
    // One live job for each submission, however often it is enqueued.
    policy: 'exclusive',
    heartbeatSeconds: silenceSecondsMax,
    expireInSeconds: claimSecondsMax,
    // How often a submission is tried is counted on the submission; the queue itself never gives up first.
    retryLimit: 1_000,
    retryDelay: retryDelaySeconds,
    deleteAfterSeconds: 3_600,
  };
  await boss.createQueue(queueName, options);

  const attempt = (claim: Claim) => ({ id: claim.jobId, retryCount: claim.tries });
  return {
    enqueue: async (tx, submissionId) => {
      await boss.send(queueName, { submission: submissionId }, { singletonKey: submissionId, db: fromPrisma(tx) });
    },
    claim: async (countMax) => {
      const jobs = await boss.fetch<{ submission: string }>(queueName, { batchSize: countMax });
      return jobs.map((job) => ({ jobId: job.id, tries: job.retryCount, submissionId: job.data.submission }));
    },
    keep: async (claims) => {
      if (claims.length > 0) await boss.touch(queueName, claims.map(attempt));
    },
    done: async (tx, claim) => {
      await boss.complete(queueName, attempt(claim), null, { db: fromPrisma(tx) });
    },
    release: async (claim) => {
      await boss.fail(queueName, attempt(claim), null);
    },
    requeueLost: async (db) => {
      const lost = await db.$queryRaw<{ id: string }[]>`
        SELECT s.id FROM submission s
        WHERE s.status IN ('queued', 'grading') AND NOT EXISTS (
          SELECT 1 FROM pgboss.job j WHERE j.name = ${queueName} AND j.singleton_key = s.id::text AND j.state IN ('created', 'retry', 'active'))
        ORDER BY s.created_at LIMIT 1000`;
      for (const { id } of lost) await boss.send(queueName, { submission: id }, { singletonKey: id });
      if (lost.length > 0) await db.$executeRaw`SELECT pg_notify('grading_queued', '')::text`;
      return lost.length;
    },
    close: () => boss.stop({ graceful: false, close: true }),
  };
}

const shared = globalThis as unknown as { coldstartGradingQueue?: Promise<GradingQueue> | undefined };

/** The process's queue, opened with the first submission or by the grader. */
export function gradingQueue(): Promise<GradingQueue> {
  shared.coldstartGradingQueue ??= openGradingQueue(readConnection()).catch((error: unknown) => {
    shared.coldstartGradingQueue = undefined;
    throw error;
  });
  return shared.coldstartGradingQueue;
}
