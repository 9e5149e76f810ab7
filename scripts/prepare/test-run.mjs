// The steps of `npm test`: each a script of package.json, the first that fails ends the run. The last line counts the tests.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, runCommand } from '../../server/database/problem.mjs';
import { runNpm, stopRunning } from './child.mjs';
import { ensureInstalled } from './install.mjs';
import { root, say, workFolder } from './project.mjs';
import { explainSystemError } from './system-error.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** `tests`: the step runs vitest, whose report is counted. */
const steps = [
  { name: 'lint', tests: false },
  { name: 'types', tests: false },
  { name: 'deps', tests: false },
  { name: 'dead', tests: false },
  { name: 'unit', tests: true },
  { name: 'build', tests: false },
  { name: 'e2e', tests: true },
];

export async function runTests() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      stopRunning();
      process.exitCode = 1;
    });
  }
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await runCommand(async () => {
    try {
      await prepare();
      for (const step of steps) await runStep(step, counts);
    } catch (error) {
      if (counts.failed === 0) counts.failed = 1;
      throw explainSystemError(error, root);
    }
  });
  console.log(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
}

async function prepare() {
  await ensureInstalled(root, say);
  const [{ ensureGenerated }, { ensureBrowser }] = await Promise.all([import('./generate.mjs'), import('./browser.mjs')]);
  await ensureGenerated(root, say);
  process.env.CHROMIUM_PATH = await ensureBrowser(say);
}

/**
 * @param {{ name: string, tests: boolean }} step
 * @param {Counts} counts
 */
async function runStep({ name, tests }, counts) {
  const report = join(workFolder, 'test', `${name}.json`);
  mkdirSync(join(workFolder, 'test'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = tests ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const began = performance.now();
  const { code } = await runNpm(['run', '--silent', name, ...reporters], { cwd: root, show: true });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (tests) add(counts, readReport(report));
  if (code !== 0)
    throw new Problem(`${name} failed after ${seconds} s: what is wrong is said above; npm run ${name} repeats this step alone.`);
  say(`${name} passed in ${seconds} s.`);
}

/** @param {Counts} counts @param {Counts} more */
function add(counts, more) {
  counts.passed += more.passed;
  counts.failed += more.failed;
  counts.skipped += more.skipped;
}

/**
 * @param {string} file vitest's JSON report
 * @returns {Counts}
 */
function readReport(file) {
  try {
    return countReport(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The run ended before it could report.
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, success: boolean }} report
 * @returns {Counts} a file that could not be loaded counts as one failed test
 */
export function countReport({ numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0, success }) {
  return {
    passed: numPassedTests,
    failed: success ? numFailedTests : Math.max(numFailedTests, 1),
    skipped: numPendingTests + numTodoTests,
  };
}
