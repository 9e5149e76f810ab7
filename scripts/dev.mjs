// `npm run dev`: the site for authors, rebuilt as they save. Open it as localhost: development refuses scripts on other host names.
import { nodeVersionProblem } from './prepare/node-version.mjs';

const problem = nodeVersionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./prepare/site.mjs').then(({ runSite }) => runSite({ mode: 'dev', command: 'npm run dev' }));
}
