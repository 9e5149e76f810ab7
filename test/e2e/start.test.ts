// `npm start` as an operator meets it, with a real Next and a real PostgreSQL: a site is built, stops, resumes and survives.
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive, readPidFile } from '../../server/database/postmaster.mjs';
import { ended, freePort, type Run, run } from '../command';
import { createSmallProject, removeSmallProject } from '../small-project';

describe('a site that cannot be built', () => {
  it('is what the tools say and one sentence', async () => {
    const root = createSmallProject();
    writeFileSync(join(root, 'app/page.tsx'), 'export default function Page() { return <p>; }');
    const started = run(root, ['scripts/start.mjs'], { env: { PORT: String(await freePort()) } });
    const code = await ended(started);
    const lines = started.output().trim().split('\n');
    expect(lines.join('\n')).toContain('app/page.tsx');
    expect(lines.at(-1)).toBe('The site cannot be built: correct what is said above, and start again.');
    expect(code).toBe(1);
    expect(readPidFile(join(root, '.coldstart/postgres/data'))).toBeNull();
    removeSmallProject(root);
  });
});

describe('a site', () => {
  let root: string;
  let port: number;
  let site: Run;
  beforeAll(async () => {
    root = createSmallProject();
    port = await freePort();
  });
  afterAll(async () => {
    site?.child.kill('SIGTERM');
    if (site) await ended(site);
    removeSmallProject(root);
  });

  const url = (path = '/') => `http://127.0.0.1:${port}${path}`;
  const start = () => {
    site = run(root, ['scripts/start.mjs'], { env: { PORT: String(port) } });
    return site;
  };
  const serving = (started: Run) =>
    expect
      .poll(() => started.output(), { timeout: 200_000, interval: 20 })
      .toContain(`Coldstart runs at http://localhost:${port} (Ctrl-C stops it).`);
  const answers = () =>
    fetch(url()).then(
      (response) => response.ok,
      () => false,
    );
  const server = () => readPidFile(join(root, '.coldstart/postgres/data'));

  it('is brought up from nothing, a line a step', async () => {
    await serving(start());
    expect(site.output().trim().split('\n')).toEqual([
      'Generating the database client.',
      'Generating the sandbox.',
      'Generating the manifests of lessons and labs.',
      'Applied one migration to the database.',
      'Building the site. The first time this takes about a minute.',
      `Coldstart runs at http://localhost:${port} (Ctrl-C stops it).`,
    ]);
    expect(await (await fetch(url())).text()).toContain('The small site.');
    expect(statSync(join(root, '.coldstart/database.json')).mode & 0o077).toBe(0);
    for (const bundle of ['grading-worker', 'grader']) expect(existsSync(join(root, `.coldstart/build/${bundle}.mjs`))).toBe(true);
  });

  it('refuses a second start on its data, and a build under it, with its address', async () => {
    const second = run(root, ['scripts/start.mjs'], { env: { PORT: String(await freePort()) } });
    expect(await ended(second)).toBe(1);
    expect(second.output()).toBe(
      `The site already runs at http://localhost:${port} (npm start, process ${site.child.pid}): open it there, or stop that one first.\n`,
    );
    const page = join(root, 'app/page.tsx');
    const before = readFileSync(page, 'utf8');
    writeFileSync(page, before.replace('small site', 'changed site'));
    const build = run(root, ['scripts/build.mjs']);
    expect(await ended(build)).toBe(1);
    expect(build.output()).toBe(
      `The site runs from this folder at http://localhost:${port} (npm start, process ${site.child.pid}): stop it before it is built anew.\n`,
    );
    writeFileSync(page, before);
    expect(await answers()).toBe(true);
  });

  it('is backed up and restored while it runs', async () => {
    const file = join(root, 'kept.backup.gz');
    const backup = run(root, ['scripts/backup.mjs', file]);
    expect([await ended(backup), backup.output()]).toEqual([
      0,
      `Wrote 0 rows of 1 tables to ${file}. Keep it as safe as the site: it holds what learners entrusted to it.\n`,
    ]);
    const again = run(root, ['scripts/backup.mjs', file]);
    expect([await ended(again), again.output()]).toEqual([1, `${file} exists already: give another name, or remove it first.\n`]);
    const restore = run(root, ['scripts/restore.mjs', file]);
    expect([await ended(restore), restore.output()]).toEqual([0, `Restored 0 rows of 1 tables from ${file}.\n`]);
    expect(await answers()).toBe(true);
  });

  it('stops everything when told to', async () => {
    const database = server();
    site.child.kill('SIGTERM');
    expect(await ended(site)).toBe(0);
    expect(isAlive(database?.pid ?? 0)).toBe(false);
    expect(server()).toBeNull();
    expect(await answers()).toBe(false);
    expect(existsSync(join(root, '.coldstart/database.json'))).toBe(false);
  });

  it('serves again within 3 s when nothing changed, even if files were only touched', async () => {
    utimesSync(join(root, 'app/page.tsx'), new Date(), new Date());
    const began = performance.now();
    await serving(start());
    expect(site.output()).toBe(`Coldstart runs at http://localhost:${port} (Ctrl-C stops it).\n`);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('leaves no process serving when its starter is killed, and starts again', async () => {
    site.child.kill('SIGKILL');
    await once(site.child, 'exit');
    await expect.poll(answers, { timeout: 10_000 }).toBe(false);
    const database = server();
    await serving(start());
    expect(site.output()).toContain(`A database server that an earlier start left running (process ${database?.pid}) is stopped.`);
  });

  it('ends with a sentence when its database server is killed', async () => {
    process.kill(server()?.pid ?? Number.NaN, 'SIGKILL');
    expect(await ended(site)).toBe(1);
    expect(site.output()).toContain(
      `The database server ended by itself: see ${root}/.coldstart/postgres.log for the reason, and start again.`,
    );
    expect(await answers()).toBe(false);
  });

  it('is built anew when a source changed, and works on its data without being served', async () => {
    writeFileSync(join(root, 'app/page.tsx'), readFileSync(join(root, 'app/page.tsx'), 'utf8').replace('small site', 'changed site'));
    const drift = run(root, ['scripts/migration.mjs', 'drift']);
    expect([await ended(drift), drift.output()]).toEqual([0, 'The database is exactly what the migrations make.\n']);
    await serving(start());
    expect(site.output()).toContain('Building the site.');
    expect(await (await fetch(url())).text()).toContain('The changed site.');
    site.child.kill('SIGINT');
    expect(await ended(site)).toBe(0);
    rmSync(join(root, 'kept.backup.gz'), { force: true });
  });
});
