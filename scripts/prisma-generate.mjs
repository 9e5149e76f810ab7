// Generates the Prisma client into generated/prisma, without the engine binary that Prisma's command line would download.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Problem, runCommand } from '../server/database/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  const result = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    // `generate` only asks that the engine exists. Any program will do; it is never used to migrate.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  });
  if (result.status !== 0) throw new Problem(`The Prisma client cannot be generated: ${`${result.stderr}${result.stdout}`.trim()}`);
});
