// `npm run restore <file> [--yes]`: puts a backup in place of the data, while the site runs or not.
import { resolve } from 'node:path';
import { Problem, runCommand } from '../server/database/problem.mjs';
import { restoreBackup } from '../server/database/restore.mjs';
import { countOf, onSiteDatabase } from './prepare/command.mjs';

await runCommand(async () => {
  const args = process.argv.slice(2);
  const evenIfNewer = args.includes('--yes') || process.env.npm_config_yes === 'true';
  const [name, ...more] = args.filter((arg) => arg !== '--yes');
  if (!name || more.length > 0)
    throw new Problem(
      'Usage: npm run restore <file> [-- --yes]: puts a backup in place of the data; --yes also replaces rows newer than it.',
    );
  const file = resolve(process.env.INIT_CWD ?? '.', name);
  const rows = await onSiteDatabase('npm run restore', (client) => restoreBackup(client, file, { evenIfNewer }));
  console.log(`Restored ${countOf(rows)} from ${file}.`);
});
