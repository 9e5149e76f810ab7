// Threads that grade, one submission each at a time, behind a fence of memory and real time.
// A thread that overruns or dies is replaced; the others and the process go on.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LabFiles } from '../../labs/lab';
import { threadHeapMB, threadStackMB } from './limits';
import type { GradedAnswer, GradingAnswer, GradingOrder, ThreadReady, ThreadSettings } from './message';

/** Why there is no grade. None of these says anything about the learner's answer. */
export class GradingFault extends Error {
  override readonly name = 'GradingFault';
  /** `fence`: too long. `crash`: the thread died. `fault`: the grader threw. `stopped`: the grader is shutting down. */
  readonly kind: 'fence' | 'crash' | 'fault' | 'stopped';

  constructor(kind: GradingFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface PoolOptions extends ThreadSettings {
  /** The bundle of server/grading/worker.ts. */
  threadFile: string;
  threads?: number;
  fenceMs: number;
}

interface Task {
  order: GradingOrder;
  resolve(graded: GradedAnswer): void;
  reject(fault: GradingFault): void;
}

interface Thread {
  worker: Worker;
  ready: boolean;
  task: Task | null;
  fence: NodeJS.Timeout | undefined;
}

const startFailuresMax = 3;

export class GradingPool {
  readonly size: number;
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Task[] = [];
  #nextId = 1;
  #startFailures = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.size = Math.max(1, options.threads ?? availableParallelism());
    for (let index = 0; index < this.size; index += 1) this.#start();
  }

  grade(lab: string, files: LabFiles): Promise<GradedAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new GradingFault('stopped', 'The grader is shutting down.'));
      this.#waiting.push({ order: { id: this.#nextId, lab, files }, resolve, reject });
      this.#nextId += 1;
      if (this.#threads.size === 0) this.#start();
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const stopped = new GradingFault('stopped', 'The grader is shutting down.');
    for (const task of this.#waiting.splice(0)) task.reject(stopped);
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, stopped)));
  }

  #next(): void {
    for (const thread of this.#threads) {
      if (!thread.ready || thread.task) continue;
      const task = this.#waiting.shift();
      if (!task) return;
      thread.task = task;
      // The fence is for the grade alone: waiting for a thread and starting one do not count.
      thread.fence = setTimeout(() => {
        const seconds = this.#options.fenceMs / 1000;
        this.#replace(thread, new GradingFault('fence', `Grading took more than ${seconds} s.`));
      }, this.#options.fenceMs);
      thread.worker.postMessage(task.order);
    }
  }

  #start(): void {
    const worker = new Worker(/* turbopackIgnore: true */ this.#options.threadFile, {
      workerData: { wasmFile: this.#options.wasmFile } satisfies ThreadSettings,
      resourceLimits: { maxOldGenerationSizeMb: threadHeapMB, stackSizeMb: threadStackMB },
      // Grading reads nothing from the environment, so learner code could not reach it even through a fault.
      env: {},
    });
    const thread: Thread = { worker, ready: false, task: null, fence: undefined };
    this.#threads.add(thread);
    worker.on('message', (message: GradingAnswer | ThreadReady) => this.#hear(thread, message));
    worker.on('error', (error) => this.#replace(thread, new GradingFault('crash', `The grading thread died: ${error.message}`)));
    worker.on('exit', (code) => this.#replace(thread, new GradingFault('crash', `The grading thread ended with code ${code}.`)));
  }

  #hear(thread: Thread, message: GradingAnswer | ThreadReady): void {
    if ('ready' in message) {
      thread.ready = true;
      this.#startFailures = 0;
      this.#next();
      return;
    }
    const { task } = thread;
    if (!task || task.order.id !== message.id) return;
    clearTimeout(thread.fence);
    thread.task = null;
    if ('graded' in message) task.resolve(message.graded);
    else task.reject(new GradingFault('fault', message.fault));
    this.#next();
  }

  #replace(thread: Thread, fault: GradingFault): void {
    if (!this.#threads.has(thread)) return;
    if (!thread.ready) this.#startFailures += 1;
    void this.#end(thread, fault);
    if (this.#closed) return;
    if (this.#startFailures < startFailuresMax * this.size) {
      this.#start();
      return;
    }
    // Threads that never become ready would be started for ever: tell whoever waits, and begin again with the next order.
    this.#startFailures = 0;
    if (this.#threads.size === 0) for (const task of this.#waiting.splice(0)) task.reject(fault);
  }

  async #end(thread: Thread, fault: GradingFault): Promise<void> {
    this.#threads.delete(thread);
    clearTimeout(thread.fence);
    thread.task?.reject(fault);
    thread.task = null;
    await thread.worker.terminate();
  }
}
