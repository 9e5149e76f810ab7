// The site (next build), the hashes of its inline scripts, and the grader's bundles: built when one of their files changed.
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { dataHome } from '../../server/database/home.mjs';
import { currentOwner, takeOwnership } from '../../server/database/owner.mjs';
import { Problem } from '../../server/database/problem.mjs';
import { runNode } from './child.mjs';
import { inputsOf } from './inputs.mjs';
import { buildFolder, distFolder } from './project.mjs';

const sources = [
  'app',
  'content',
  'generated',
  'grading',
  'labs',
  'public',
  'server',
  'sim',
  'ui',
  'scripts/csp-hashes.mjs',
  'scripts/prepare/built.mjs',
];
/** Configuration files at the top that change nothing in what is built; next build itself writes the first two. */
const otherTopFiles = new Set([
  'tsconfig.json',
  'next-env.d.ts',
  'vitest.config.ts',
  'vitest.e2e.config.ts',
  'biome.json',
  'knip.json',
  'prisma.config.ts',
]);

/** What runs outside Next, by the name of its bundle in .coldstart/build. */
const bundles = {
  'grading-worker': 'server/grading/worker.ts',
  grader: 'server/grading/main.ts',
};

/**
 * @param {string} root
 * @param {{ say: (sentence: string) => void, env?: NodeJS.ProcessEnv }} options
 */
export async function ensureBuilt(root, { say, env = process.env }) {
  const topFiles = readdirSync(root).filter((name) => /\.(ts|tsx|mjs|json)$/.test(name) && !otherTopFiles.has(name));
  const dist = relative(root, distFolder);
  const files = inputsOf({
    root,
    name: `site-${dist.replace(/\W/g, '')}`,
    inputs: [...sources, ...topFiles],
    outputs: [join(dist, 'BUILD_ID'), ...Object.keys(bundles).map((name) => relative(root, bundlePath(name)))],
    recordFolder: join(root, '.coldstart/inputs'),
  });
  if (!files.changed) return;
  const claim = await takeOwnership(buildFolder, 'a build');
  if ('owner' in claim) throw new Problem('Another command is building the site in this folder: wait until it has ended, and start again.');
  try {
    await refuseUnderRunningSite(root);
    say('Building the site. The first time this takes about a minute.');
    files.forget();
    await bundleGrader(root);
    await buildSite(root, env);
    files.remember();
  } finally {
    claim.release();
  }
}

/**
 * A running site reads its files from the folder that a build replaces.
 * @param {string} root
 */
async function refuseUnderRunningSite(root) {
  const owner = await currentOwner(dataHome(root));
  if (owner?.address && owner.pid !== process.pid) {
    throw new Problem(
      `The site runs from this folder at ${owner.address} (${owner.what}, process ${owner.pid}): stop it before it is built anew.`,
    );
  }
}

/** @param {string} name */
export function bundlePath(name) {
  return join(buildFolder, `${name}.mjs`);
}

/** @param {string} root */
export async function bundleGrader(root) {
  const { build } = await import('esbuild');
  mkdirSync(buildFolder, { recursive: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(Object.entries(bundles).map(([name, source]) => [name, join(root, source)])),
      outdir: buildFolder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      alias: { '@': root },
      sourcemap: 'linked',
      logLevel: 'silent',
    });
  } catch (error) {
    throw new Problem(
      `${error instanceof Error ? error.message : String(error)}\nThe grader cannot be built: correct what is said above, and start again.`,
      {
        cause: error,
      },
    );
  }
}

/** @param {string} root @param {NodeJS.ProcessEnv} env */
async function buildSite(root, env) {
  const next = createRequire(join(root, 'package.json')).resolve('next/dist/bin/next');
  /** @type {NodeJS.ProcessEnv} */
  const buildEnv = { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const built = await runNode(next, ['build'], { cwd: root, env: buildEnv });
  if (built.code !== 0) {
    if (/ENOSPC|No space left/.test(built.output)) throw new Problem(`The disk of ${root} is full: free about 2 GB and start again.`);
    throw new Problem(`${built.output.trim()}\nThe site cannot be built: correct what is said above, and start again.`);
  }
  const hashed = await runNode(join(root, 'scripts/csp-hashes.mjs'), [], { cwd: root, env: buildEnv });
  if (hashed.code !== 0)
    throw new Problem(
      `${hashed.output.trim()}\nThe hashes for the Content-Security-Policy cannot be made: correct what is said above, and start again.`,
    );
}
