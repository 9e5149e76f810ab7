// The second half of a start, once the packages are installed: generate, database, build, serve.
import { urlOfAddress } from '../../server/database/address.mjs';
import { bundleGrader, ensureBuilt } from './built.mjs';
import { openOwnDatabase } from './database.mjs';
import { ensureGenerated } from './generate.mjs';
import { migrationsFolder, root, say } from './project.mjs';
import { startSite } from './site-process.mjs';
import { watchSources } from './watch.mjs';

/**
 * @param {{ mode: 'start' | 'dev', port: number, home: string, undo: import('./site.mjs').Undo, checkpoint: import('./site.mjs').Checkpoint,
 *   stop: (code: number) => void, announce: (address: string) => void }} run
 */
export async function serve({ mode, port, home, undo, checkpoint, stop, announce }) {
  await ensureGenerated(root, say);
  checkpoint();
  const database = await openOwnDatabase({ home, project: root, migrationsFolder, env: process.env, say });
  undo.push(async () => {
    await database.stop();
  });
  checkpoint();
  const env = { ...process.env, DATABASE_URL: urlOfAddress(database.address), COLDSTART_DATA: home };
  if (mode === 'start') await ensureBuilt(root, { say, env });
  else await bundleGrader(root);
  checkpoint();

  const site = await startSite({ root, mode, port, env });
  undo.push(site.stop);
  const address = `http://localhost:${port}`;
  if (mode === 'dev') undo.push(watchSources(root, say));
  announce(address);
  say(`Coldstart runs at ${address} (Ctrl-C stops it).`);

  let ended = false;
  undo.push(() => {
    ended = true;
  });
  void site.exited.then((code) => {
    if (ended) return;
    console.error(`The site ended by itself (exit code ${code}): what it said last is above; start it again.`);
    stop(1);
  });
  void database.exited.then(() => {
    if (ended) return;
    console.error(`The database server ended by itself: see ${home}/postgres.log for the reason, and start again.`);
    stop(1);
  });
}
