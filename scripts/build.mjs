// `npm run build`: installs what is missing, generates, and builds the site and the grader if any of their files changed.
import { nodeVersionProblem } from './prepare/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./prepare/build-only.mjs').then(({ buildOnly }) => buildOnly());
}
