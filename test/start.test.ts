// `npm start` as an operator meets it: every obstacle is one sentence that says what to do, and a running site stops, resumes and survives.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, readPidFile } from '../server/database/postmaster.mjs';
import { createTestDatabase } from './database';
import { createSmallProject, removeSmallProject } from './small-project';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

interface Run {
  child: ChildProcess;
  output: () => string;
}

function run(root: string, args: string[], { env = {}, uid }: { env?: Record<string, string>; uid?: number } = {}): Run {
  const child = spawn(process.execPath, args, {
    cwd: root,
    // Nothing of the run of these tests, and no npm: the packages are linked, installing would change those of this project.
    env: { PATH: process.env.PATH ?? '', HOME: root, NODE_ENV: 'production', npm_execpath: '/nowhere/npm-cli.js', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { child, output: () => output };
}

async function ended({ child }: Run): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = await listen(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const define = (object: string, name: string, value: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`Object.defineProperty(${object},${JSON.stringify(name)},{value:${value}})`)}`;

describe('an obstacle to npm start', () => {
  let root: string;
  beforeEach(() => {
    root = createSmallProject();
  });
  afterEach(() => removeSmallProject(root));

  const start = async (options: Parameters<typeof run>[2] = {}) => {
    const started = run(root, ['scripts/start.mjs'], { ...options, env: { PORT: String(await freePort()), ...options.env } });
    const code = await ended(started);
    return { code, lines: started.output().trim().split('\n') };
  };
  const unbuilt = ['Generating the database client.', 'Generating the sandbox.', 'Generating the manifests of lessons and labs.'];

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'an old Node.js',
      { NODE_OPTIONS: define('process', 'versions', '{...process.versions,node:"18.20.0"}') },
      /^Coldstart needs Node.js 20.19\+, 22.12\+ or 24\+, and this is 18.20.0: install a newer one/,
    ],
    ['a port that is a word', { PORT: 'web' }, /^PORT is "web", which is no port: set it to a number from 1 to 65535/],
    ['a port out of range', { PORT: '70000' }, /^PORT is "70000", which is no port/],
  ])('is one sentence for %s', async (_case, env, sentence) => {
    const { code, lines } = await start({ env });
    expect(lines).toEqual([expect.stringMatching(sentence)]);
    expect(code).toBe(1);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'an address that is none',
      { DATABASE_URL: 'mysql://localhost/x' },
      /^DATABASE_URL is not the address of a PostgreSQL: write it as postgresql:/,
    ],
    [
      'an address that cannot be read',
      { DATABASE_URL: 'postgresql://user:p%ss@host:port/x' },
      /^DATABASE_URL cannot be read as an address: write it as/,
    ],
    [
      'a database where nothing listens',
      { DATABASE_URL: 'postgresql://u@127.0.0.1:1/x' },
      /^The database at 127.0.0.1:1\/x cannot be reached, nothing listens there: start PostgreSQL, check DATABASE_URL, or unset/,
    ],
    [
      'a database host that is unknown',
      { DATABASE_URL: 'postgresql://u@no-such-host.invalid/x' },
      /^The database at no-such-host.invalid:5432\/x cannot be reached, its host name is unknown/,
    ],
    [
      'a machine without an embedded database',
      { NODE_OPTIONS: define('process', 'arch', '"riscv64"') },
      /^There is no embedded database for linux on riscv64: install PostgreSQL and set DATABASE_URL/,
    ],
  ])('is one sentence for %s', async (_case, env, sentence) => {
    const { code, lines } = await start({ env });
    expect(lines).toEqual([...unbuilt, expect.stringMatching(sentence)]);
    expect(code).toBe(1);
  });

  it('is one sentence for a database that does not exist on its server', async () => {
    const database = await createTestDatabase({ migrated: false });
    await database.drop();
    expect(await start({ env: { DATABASE_URL: database.url } })).toEqual({
      code: 1,
      lines: [
        ...unbuilt,
        expect.stringMatching(/^The database at .*\/test_[0-9a-f]+ does not exist on that server: create it \(CREATE DATABASE\)/),
      ],
    });
  });

  it('is one sentence for a port in use', async () => {
    const port = await freePort();
    const server = await listen(port);
    const { code, lines } = await start({ env: { PORT: String(port) } });
    server.close();
    expect(lines).toEqual([
      `Port ${port} is used by another program: stop that one, or choose another port with PORT=${port + 1} npm start.`,
    ]);
    expect(code).toBe(1);
  });

  it('is one sentence for a folder that may not be written', async () => {
    if (!isRoot) chmodSync(root, 0o555);
    const { code, lines } = await start(isRoot ? { uid: nobody } : {});
    chmodSync(root, 0o755);
    expect(lines).toEqual([
      expect.stringMatching(
        /^There is no permission to write \S+: give the folder \S+ to the account that runs this \(chown -R\), or start from an account/,
      ),
    ]);
    expect(code).toBe(1);
  });

  it.runIf(existsSync('/dev/full'))('is one sentence for a full disk', async () => {
    mkdirSync(join(root, '.coldstart/inputs'), { recursive: true });
    symlinkSync('/dev/full', join(root, '.coldstart/inputs/database-client.json.partial'));
    const { code, lines } = await start();
    expect(lines).toEqual(['Generating the database client.', `The disk of ${root} is full: free about 2 GB and start again.`]);
    expect(code).toBe(1);
  });

  it('is one sentence for a package registry that cannot be reached', async () => {
    unlinkSync(join(root, 'node_modules'));
    const { npm_execpath: npm = '' } = process.env;
    const env = {
      npm_execpath: npm,
      npm_config_registry: 'http://127.0.0.1:1',
      npm_config_cache: join(root, 'cache'),
      npm_config_fetch_retries: '0',
    };
    const { code, lines } = await start({ env });
    expect(lines).toEqual([
      'Installing the packages. The first time this takes one to three minutes.',
      "The packages cannot be installed, the package registry cannot be reached (ECONNREFUSED): check the network and npm's proxy settings, and start again.",
    ]);
    expect(code).toBe(1);
  });

  it('is one sentence for a missing lock file', async () => {
    unlinkSync(join(root, 'package-lock.json'));
    expect(await start()).toEqual({
      code: 1,
      lines: [expect.stringMatching(/package-lock.json is missing: restore it from version control\.$/)],
    });
  });

  it('is one sentence, and no server left behind, for a migration that fails', async () => {
    appendFileSync(join(root, 'prisma/migrations/20260101000000_init/migration.sql'), 'CREATE TABEL x ();\n');
    const { code, lines } = await start();
    expect(lines).toEqual([
      ...unbuilt,
      expect.stringMatching(
        /^The migration 20260101000000_init failed and left nothing behind: syntax error at or near "TABEL" at line 2\./,
      ),
    ]);
    expect(code).toBe(1);
    expect(readPidFile(join(root, '.coldstart/postgres/data'))).toBeNull();
  });

  it('is what the tools say and one sentence for a site that cannot be built', async () => {
    writeFileSync(join(root, 'app/page.tsx'), 'export default function Page() { return <p>; }');
    const { code, lines } = await start();
    expect(lines.join('\n')).toContain('app/page.tsx');
    expect(lines.at(-1)).toBe('The site cannot be built: correct what is said above, and start again.');
    expect(code).toBe(1);
    expect(readPidFile(join(root, '.coldstart/postgres/data'))).toBeNull();
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
      .poll(() => started.output(), { timeout: 60_000, interval: 20 })
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
  }, 90_000);

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
  }, 30_000);

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
  }, 30_000);

  it('stops everything when told to', async () => {
    const database = server();
    site.child.kill('SIGTERM');
    expect(await ended(site)).toBe(0);
    expect(isAlive(database?.pid ?? 0)).toBe(false);
    expect(server()).toBeNull();
    expect(await answers()).toBe(false);
    expect(existsSync(join(root, '.coldstart/database.json'))).toBe(false);
  }, 30_000);

  it('serves again within 3 s when nothing changed, even if files were only touched', async () => {
    utimesSync(join(root, 'app/page.tsx'), new Date(), new Date());
    const began = performance.now();
    await serving(start());
    expect(site.output()).toBe(`Coldstart runs at http://localhost:${port} (Ctrl-C stops it).\n`);
    expect(performance.now() - began).toBeLessThan(3000);
  }, 30_000);

  it('leaves no process serving when its starter is killed, and starts again', async () => {
    site.child.kill('SIGKILL');
    await once(site.child, 'exit');
    await expect.poll(answers, { timeout: 10_000 }).toBe(false);
    const database = server();
    await serving(start());
    expect(site.output()).toContain(`A database server that an earlier start left running (process ${database?.pid}) is stopped.`);
  }, 60_000);

  it('ends with a sentence when its database server is killed', async () => {
    process.kill(server()?.pid ?? Number.NaN, 'SIGKILL');
    expect(await ended(site)).toBe(1);
    expect(site.output()).toContain(
      `The database server ended by itself: see ${root}/.coldstart/postgres.log for the reason, and start again.`,
    );
    expect(await answers()).toBe(false);
  }, 30_000);

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
  }, 90_000);
});
