// Loaded into the site's process: ends it when the starter is gone, however that ended, so that no site runs without its owner.
import { isMainThread } from 'node:worker_threads';

/** Learners who wait for a verdict would hold it open; nothing that was acknowledged depends on them. */
const stopMaxMs = 1_000;

if (isMainThread && process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), stopMaxMs);
    process.kill(process.pid, 'SIGTERM');
  });
}
