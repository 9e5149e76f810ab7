// Where things are in this project.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
/** Build results and caches; the data may be elsewhere (COLDSTART_DATA). */
export const workFolder = join(root, '.coldstart');
export const buildFolder = join(workFolder, 'build');
export const schemaFile = join(root, 'prisma/schema.prisma');
export const migrationsFolder = join(root, 'prisma/migrations');
/** Next's output folder; next.config.mjs reads the same variable. */
export const distFolder = join(root, process.env.COLDSTART_DIST ?? '.next');

/** @param {string} sentence */
export function say(sentence) {
  console.log(sentence);
}
