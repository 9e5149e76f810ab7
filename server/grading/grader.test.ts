import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grade } from '../../grading/grade';
import { createLearner, type OpenedDatabase, openTestDatabase } from '../../test/learner';
import { Listener } from '../database/listen';
import { mergeLearners } from '../learner/merge';
import { createSubmission } from '../submission/create';
import { followSubmission } from '../submission/follow';
import { listSubmissions, readSubmission } from '../submission/read';
import type { SubmissionView } from '../submission/view';
import { Grader, type Pool } from './grader';
import { triesMax } from './limits';
import type { GradedAnswer } from './message';
import { GradingFault } from './pool';
import { type GradingQueue, openGradingQueue } from './queue';

const lab = { slug: 'orders', editable: ['a.mjs'] };

let opened: OpenedDatabase;
let queue: GradingQueue;
let listener: Listener;
beforeAll(async () => {
  opened = await openTestDatabase();
  queue = await openGradingQueue(opened.address, { retryDelaySeconds: 0 });
  listener = new Listener(opened.address);
});
afterAll(async () => {
  await listener.close();
  await queue.close();
  await opened.close();
});

const verdict = {
  check: 'c',
  passed: true,
  message: 'Well.',
  points: 1,
  maxPoints: 1,
  scenario: 's',
  seed: 1,
  evidence: [3],
  hidden: false,
};
const grade: Grade = {
  lab: 'orders',
  labVersion: 'lab-1',
  runtimeVersion: 'runtime-1',
  seeds: [1, 424242],
  points: 1,
  maxPoints: 3,
  verdicts: [
    verdict,
    { ...verdict, check: 'hidden', hidden: true, seed: 424242, scenario: 'secret' },
    { ...verdict, check: 'unlucky', seed: 424242 },
  ],
  traceHash: 'h',
};

/** A pool whose threads do what the test says, one entry a call; then they grade. */
function scripted(...script: ('crash' | 'fence' | 'never')[]): Pool & { calls: number } {
  const waiting: ((fault: GradingFault) => void)[] = [];
  return {
    size: 2,
    calls: 0,
    grade(): Promise<GradedAnswer> {
      const step = script[this.calls];
      this.calls += 1;
      if (step === 'never') return new Promise((_, reject) => waiting.push(reject));
      return step ? Promise.reject(new GradingFault(step, 'As the test says.')) : Promise.resolve({ grade, visibleSeeds: [1] });
    },
    async close() {
      for (const reject of waiting) reject(new GradingFault('stopped', 'Stopped.'));
    },
  };
}

const submit = async (learner: string, key = randomUUID()) => {
  const { submission } = await createSubmission(opened.db, queue.enqueue, learner, lab, { files: { 'a.mjs': 'x' }, key });
  return submission.id;
};

const startGrader = (pool: Pool) => new Grader({ db: opened.db, queue, listener, pool, log: () => {} });

/** Every state that a browser sees until the stream ends. */
async function follow(learner: string, id: string): Promise<SubmissionView[]> {
  const response = await followSubmission({ db: opened.db, listener }, learner, id, new AbortController().signal);
  const text = await response.text();
  return [...text.matchAll(/^event: submission\ndata: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '') as SubmissionView);
}

describe('grading', () => {
  it('brings the verdict to the browser that waits, without what belongs to the hidden part', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    const seen = follow(learner, id);
    const grader = startGrader(scripted());
    const views = await seen;
    await grader.stop();
    expect(views[0]?.status).toBe('queued');
    const last = views.at(-1);
    expect(last).toMatchObject({
      status: 'graded',
      grade: {
        points: 1,
        maxPoints: 3,
        seeds: [1],
        verdicts: [
          { evidence: [3], seed: 1 },
          { check: 'hidden', evidence: [], scenario: '' },
          { check: 'unlucky', evidence: [] },
        ],
      },
    });
    expect(JSON.stringify(last)).not.toMatch(/424242|secret/);
  });

  it('grades one submission once, however often its key is sent and its place in the queue is made', async () => {
    const learner = await createLearner(opened.db);
    const key = randomUUID();
    const ids = await Promise.all([1, 2, 3, 4].map(() => submit(learner, key)));
    expect(new Set(ids).size).toBe(1);
    await queue.requeueLost(opened.db);
    const pool = scripted();
    const grader = startGrader(pool);
    await follow(learner, ids[0] ?? '');
    await grader.stop();
    expect(pool.calls).toBe(1);
    expect(await opened.db.grade.count({ where: { submissionId: ids[0] ?? '' } })).toBe(1);
  });

  it('tries again after a crash of a thread', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    const grader = startGrader(scripted('crash'));
    const views = await follow(learner, id);
    await grader.stop();
    expect(views.at(-1)?.status).toBe('graded');
    expect((await opened.db.submission.findUniqueOrThrow({ where: { id } })).attempts).toBe(2);
  });

  it('says so in a sentence when it keeps crashing, and takes the same files again under a new key', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    const grader = startGrader(scripted(...Array.from({ length: triesMax }, () => 'crash' as const)));
    const views = await follow(learner, id);
    expect(views.at(-1)).toMatchObject({ status: 'failed', grade: null });
    expect(views.at(-1)?.failure).toMatch(/Submit again/);
    const again = await submit(learner);
    expect((await follow(learner, again)).at(-1)?.status).toBe('graded');
    await grader.stop();
  });

  it('gives up after two overruns of the fence', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    const pool = scripted('fence', 'fence');
    const grader = startGrader(pool);
    const views = await follow(learner, id);
    await grader.stop();
    expect(views.at(-1)?.failure).toMatch(/more than 30 seconds/);
    expect(pool.calls).toBe(2);
  });

  it('gives what it is grading back to the queue when it stops, without counting the try', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    const pool = scripted('never');
    const first = startGrader(pool);
    await expect.poll(() => pool.calls).toBe(1);
    await first.stop();
    expect(await opened.db.submission.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'queued', attempts: 0 });
    const second = startGrader(scripted());
    expect((await follow(learner, id)).at(-1)?.status).toBe('graded');
    await second.stop();
  });

  it('finds submissions that lost their place in the queue, such as after a restored backup', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    await opened.db.$executeRaw`DELETE FROM pgboss.job`;
    await opened.db.submission.update({ where: { id }, data: { status: 'grading' } });
    const grader = startGrader(scripted());
    expect((await follow(learner, id)).at(-1)?.status).toBe('graded');
    await grader.stop();
  });

  it('takes over what a grader that died had claimed, once its claim is over', async () => {
    const learner = await createLearner(opened.db);
    const id = await submit(learner);
    expect(await queue.claim(10)).toHaveLength(1);
    // The dead grader sent its last sign of life a minute ago.
    await opened.db
      .$executeRaw`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute', started_on = now() - interval '1 minute' WHERE state = 'active'`;
    const grader = startGrader(scripted());
    expect((await follow(learner, id)).at(-1)?.status).toBe('graded');
    await grader.stop();
  });

  it('grades a submission whose learner signs in meanwhile, for the account', async () => {
    const learner = await createLearner(opened.db);
    const account = await createLearner(opened.db, { anonymous: false });
    const id = await submit(learner);
    await mergeLearners(opened.db, learner, account);
    const grader = startGrader(scripted());
    expect((await follow(account, id)).at(-1)?.status).toBe('graded');
    await grader.stop();
    expect(await listSubmissions(opened.db, account, 'orders')).toHaveLength(1);
  });

  it('shows a submission to nobody else', async () => {
    const id = await submit(await createLearner(opened.db));
    await expect(readSubmission(opened.db, await createLearner(opened.db), id)).rejects.toThrow(/no submission of yours/);
    await expect(readSubmission(opened.db, null, id)).rejects.toThrow(/no submission of yours/);
  });
});
