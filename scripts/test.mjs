// `npm test`: installs what is missing, then lint, types, dependency rules, dead code, unit tests, build and end-to-end tests, in this order.
import { nodeVersionProblem } from './prepare/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./prepare/test-run.mjs').then(({ runTests }) => runTests());
}
