// `npm run build`.
import { runCommand } from '../../server/database/problem.mjs';
import { ensureInstalled } from './install.mjs';
import { root, say } from './project.mjs';
import { explainSystemError } from './system-error.mjs';

export async function buildOnly() {
  await runCommand(async () => {
    try {
      await ensureInstalled(root, say);
      const [{ ensureGenerated }, { ensureBuilt }] = await Promise.all([import('./generate.mjs'), import('./built.mjs')]);
      await ensureGenerated(root, say);
      await ensureBuilt(root, { say });
      say('The site is built.');
    } catch (error) {
      throw explainSystemError(error, root);
    }
  });
}
