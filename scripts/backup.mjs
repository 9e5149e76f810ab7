// `npm run backup [file]`: a consistent copy of the data, while the site runs or not.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeBackup } from '../server/database/backup.mjs';
import { dataHome } from '../server/database/home.mjs';
import { Problem, runCommand } from '../server/database/problem.mjs';
import { countOf, onSiteDatabase } from './prepare/command.mjs';
import { root } from './prepare/project.mjs';

await runCommand(async () => {
  const now = new Date();
  const name = `coldstart-${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.backup.gz`;
  const file = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? join(dataHome(root), 'backups', name));
  if (existsSync(file)) throw new Problem(`${file} exists already: give another name, or remove it first.`);
  const rows = await onSiteDatabase(
    'npm run backup',
    async (client) => {
      mkdirSync(dirname(file), { recursive: true });
      return writeBackup(client, file, now);
    },
    { migrate: false },
  );
  console.log(`Wrote ${countOf(rows)} to ${file}. Keep it as safe as the site: it holds what learners entrusted to it.`);
});
