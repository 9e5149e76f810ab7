// Bounds of grading on the real clock. Virtual time and fuel bound what learner code can do; these bound faults of the grader itself.

/** How long one submission may keep a thread. */
export const fenceMs = 30_000;
/** A grade that overruns the fence twice will do it again. */
export const fenceTriesMax = 2;
/** Tries that end in a crash of the thread or the process. */
export const triesMax = 4;
/** A grader that is silent for so long is dead, and its submissions go to another one. pg-boss allows no less than 10 s. */
export const silenceSecondsMax = 10;
export const heartbeatMs = 4_000;
/** A fetched submission may wait behind others of its batch. */
export const claimSecondsMax = 300;
/** Without a notification, the queue is looked at this often. */
export const pollMs = 2_000;
/** How often submissions without a place in the queue are looked for. */
export const requeueMs = 30_000;
export const threadHeapMB = 512;
/** The sandbox's WebAssembly recurses on the thread's stack. */
export const threadStackMB = 8;
