import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentOwner, takeOwnership } from './owner.mjs';
import { ensureSocketFolder } from './short-path.mjs';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'owner-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Another process that tries to own the home, tells how that went, and stays. */
function claimant() {
  const code = `const { takeOwnership } = await import(${JSON.stringify(new URL('owner.mjs', import.meta.url).href)});
    const claim = await takeOwnership(${JSON.stringify(home)}, 'claimant');
    console.log('owner' in claim ? 'refused ' + claim.owner.pid : 'owns');
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}
const answer = async (child: ReturnType<typeof claimant>) => String((await once(child.stdout, 'data'))[0]).trim();

describe('owning a data home', () => {
  it('is refused while somebody owns it, with what that one announced', async () => {
    const claim = await takeOwnership(home, 'npm start');
    if ('owner' in claim) throw new Error('The home is new.');
    expect(await takeOwnership(home, 'npm run dev')).toEqual({ owner: { pid: process.pid, what: 'npm start' } });
    claim.announce('http://localhost:3000');
    expect(await currentOwner(home)).toMatchObject({ address: 'http://localhost:3000' });
    claim.release();
    expect(await currentOwner(home)).toBeNull();
    const next = await takeOwnership(home, 'npm run dev');
    expect('owner' in next).toBe(false);
    if (!('owner' in next)) next.release();
  });

  it('passes on when the owner is killed', async () => {
    const child = claimant();
    expect(await answer(child)).toBe('owns');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const claim = await takeOwnership(home, 'npm start');
    expect('owner' in claim).toBe(false);
    if (!('owner' in claim)) claim.release();
  });

  it('goes to exactly one of many who try at once after a crash', async () => {
    const crashed = claimant();
    await answer(crashed);
    crashed.kill('SIGKILL');
    await once(crashed, 'exit');
    const children = Array.from({ length: 6 }, claimant);
    const answers = await Promise.all(children.map(answer));
    for (const child of children) child.kill('SIGKILL');
    const owner = children[answers.indexOf('owns')];
    expect(answers.filter((text) => text === 'owns')).toHaveLength(1);
    expect(answers.filter((text) => text === `refused ${owner?.pid}`)).toHaveLength(5);
  });

  it('works in a folder too deep for the path of a socket', async () => {
    home = join(home, ...Array.from({ length: 12 }, () => 'a-long-folder-name'));
    mkdirSync(home, { recursive: true });
    const claim = await takeOwnership(home, 'npm start');
    expect(await currentOwner(home)).toMatchObject({ pid: process.pid });
    if (!('owner' in claim)) claim.release();
    rmSync(ensureSocketFolder(join(home, 'run'), 'claim-0123456789abcdef.partial', null), { recursive: true });
  });
});
