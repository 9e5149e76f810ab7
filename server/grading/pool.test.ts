import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GradingPool } from './pool';

// A thread that does what the lab's name says; it speaks the messages of server/grading/message.ts.
const thread = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ id, lab, files }) => {
  if (lab === 'exit') process.exit(3);
  if (lab === 'throw') throw new Error('thrown on purpose');
  if (lab === 'loop') while (true);
  if (lab === 'memory') { const all = []; while (true) all.push(new Array(1e5).fill(id)); }
  if (lab === 'fault') return parentPort.postMessage({ id, fault: 'the lab is broken' });
  parentPort.postMessage({ id, graded: { grade: { lab, points: Object.keys(files).length, thread: threadId }, visibleSeeds: [] } });
});
parentPort.postMessage({ ready: true });
`;

let folder: string;
let pool: GradingPool;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coldstart-pool-'));
  writeFileSync(path.join(folder, 'thread.mjs'), thread);
  writeFileSync(path.join(folder, 'broken.mjs'), 'throw new Error("cannot start");');
});
afterEach(() => pool.close());
afterAll(() => rmSync(folder, { recursive: true }));

const open = (file = 'thread.mjs', threads = 2) => {
  pool = new GradingPool({ threadFile: path.join(folder, file), wasmFile: '', threads, fenceMs: 500 });
  return pool;
};

describe('the grading threads', () => {
  it('grade more submissions than there are threads', async () => {
    open();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => pool.grade(`lab-${index}`, { a: '' })));
    expect(answers.map((answer) => answer.grade.lab)).toEqual(Array.from({ length: 20 }, (_, index) => `lab-${index}`));
  });

  const faults: [name: string, lab: string, kind: string, message: RegExp][] = [
    ['a loop on the real clock', 'loop', 'fence', /more than 0\.5 s/],
    ['a thread that ends', 'exit', 'crash', /code 3/],
    ['a thread that throws', 'throw', 'crash', /thrown on purpose/],
    ['a lab at fault', 'fault', 'fault', /the lab is broken/],
  ];
  it.each(faults)('survive %s, and the next submission is graded', async (_name, lab, kind, message) => {
    open();
    await expect(pool.grade(lab, {})).rejects.toMatchObject({ kind, message: expect.stringMatching(message) });
    expect((await pool.grade('next', { a: '', b: '' })).grade.points).toBe(2);
  });

  it('survive a thread without memory', async () => {
    pool = new GradingPool({ threadFile: path.join(folder, 'thread.mjs'), wasmFile: '', threads: 1, fenceMs: 15_000 });
    await expect(pool.grade('memory', {})).rejects.toMatchObject({ kind: 'crash' });
    expect((await pool.grade('next', {})).grade.lab).toBe('next');
  });

  it('fail a submission when no thread can be started, instead of starting threads for ever', async () => {
    open('broken.mjs');
    await expect(pool.grade('any', {})).rejects.toMatchObject({ kind: 'crash', message: expect.stringMatching(/cannot start/) });
  });

  it('tell whoever waits when they are closed', async () => {
    open();
    const waiting = Promise.allSettled(['loop', 'loop', 'queued'].map((lab) => pool.grade(lab, {})));
    await pool.close();
    expect((await waiting).map((outcome) => outcome.status === 'rejected' && outcome.reason.kind)).toEqual([
      'stopped',
      'stopped',
      'stopped',
    ]);
    await expect(pool.grade('late', {})).rejects.toMatchObject({ kind: 'stopped' });
  });
});
