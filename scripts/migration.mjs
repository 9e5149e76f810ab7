// `npm run migration -- <command>`: writes migrations, and proves that schema, migrations and database agree.
// Prisma's own migrate commands would want an engine binary that is not installed; nothing here uses them.
import { missingSql, writeMigration } from '../server/database/author.mjs';
import { findDrift } from '../server/database/drift.mjs';
import { markRolledBack } from '../server/database/migrate.mjs';
import { readMigrations } from '../server/database/migration-folder.mjs';
import { Problem, runCommand } from '../server/database/problem.mjs';
import { onSiteDatabase } from './prepare/command.mjs';
import { migrationsFolder, schemaFile } from './prepare/project.mjs';

const usage = `Usage: npm run migration -- <command>
  new <name>           writes the migration that leads from the migrations so far to prisma/schema.prisma
  check                fails when prisma/schema.prisma and the migrations differ
  drift                fails when the database and the migrations differ
  rolled-back <name>   records that you undid a migration which another tool left half applied
npm start applies the migrations.`;

await runCommand(async () => {
  const [command, name] = process.argv.slice(2);
  if (command === 'new' && name) {
    const written = await writeMigration({ schemaFile, migrationsFolder, name, now: new Date() });
    console.log(
      written
        ? `Wrote prisma/migrations/${written}/migration.sql: read it before you commit it.`
        : 'The migrations already lead to the schema: nothing to write.',
    );
  } else if (command === 'check') {
    const sql = await missingSql({ schemaFile, migrationsFolder });
    if (sql !== '')
      throw new Problem(`prisma/schema.prisma and the migrations differ: run npm run migration -- new <name>. What is missing:\n\n${sql}`);
    console.log('The migrations lead exactly to prisma/schema.prisma.');
  } else if (command === 'drift') {
    const migrations = readMigrations(migrationsFolder);
    const { missing, unexpected } = await onSiteDatabase('npm run migration -- drift', (client) => findDrift(client, migrations), {
      migrate: false,
    });
    if (missing.length + unexpected.length > 0) {
      const lines = [...missing.map((line) => `- ${line}`), ...unexpected.map((line) => `+ ${line}`)];
      throw new Problem(
        `The database is not what the migrations make (- is missing, + was added): undo the change by hand, or put it into a migration.\n${lines.join('\n')}`,
      );
    }
    console.log('The database is exactly what the migrations make.');
  } else if (command === 'rolled-back' && name) {
    await onSiteDatabase('npm run migration -- rolled-back', (client) => markRolledBack(client, name), { migrate: false });
    console.log(`${name} is recorded as rolled back: npm start applies it again.`);
  } else {
    throw new Problem(usage);
  }
});
