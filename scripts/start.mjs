// `npm start`: from a fresh clone to a running site. Until the packages are installed only Node's own modules may be imported.
import { nodeVersionProblem } from './prepare/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./prepare/site.mjs').then(({ runSite }) => runSite({ mode: 'start', command: 'npm start' }));
}
