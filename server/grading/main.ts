// A grader of its own, without a web site: `npm run grader`. Bundled by the build into .coldstart/build/grader.mjs.
import { startGrader } from './start';

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);

try {
  const grader = await startGrader(log);
  log('Grading. Stop with Ctrl-C: what is being graded goes back to the queue.');
  const stop = () => {
    void grader.stop().finally(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
