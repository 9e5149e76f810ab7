// `npm run grader`: starts one more grader. It needs the built project and the database: DATABASE_URL, or the embedded one of a running site.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = path.join(root, '.coldstart/build/grader.mjs');

process.chdir(root);
if (existsSync(bundle)) {
  await import(pathToFileURL(bundle).href);
} else {
  console.error('The grader is not built yet: run "npm run build" first.');
  process.exitCode = 1;
}
