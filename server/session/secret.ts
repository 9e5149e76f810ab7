// What signs the session cookies: BETTER_AUTH_SECRET, or a secret made once and kept with the site's own data.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const secretCharactersMin = 32;

export function readSecret(folder: string, env: Record<string, string | undefined>): string {
  if (env.BETTER_AUTH_SECRET) {
    if (env.BETTER_AUTH_SECRET.length < secretCharactersMin) {
      throw new Error(
        `BETTER_AUTH_SECRET has fewer than ${secretCharactersMin} characters. Make one with "openssl rand -base64 32", and the same on every server.`,
      );
    }
    return env.BETTER_AUTH_SECRET;
  }
  const file = path.join(folder, 'secret');
  const kept = read(file);
  if (kept) return kept;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Written beside and then linked, so that of two processes starting at once both end with the same complete secret.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const made = read(file);
  if (!made) throw new Error(`The secret in ${file} is empty or too short. Delete the file, which signs everybody out, and start again.`);
  return made;
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text.length >= secretCharactersMin ? text : null;
  } catch {
    return null;
  }
}
