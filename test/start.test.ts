// Every obstacle to `npm start` is one sentence that says what to do. Starts that build a site are in test/e2e/start.test.ts.
import { appendFileSync, chmodSync, existsSync, mkdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPidFile } from '../server/database/postmaster.mjs';
import { ended, freePort, listen, run } from './command';
import { createTestDatabase } from './database';
import { createSmallProject, removeSmallProject } from './small-project';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

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
});
