import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database';
import { connect } from './address.mjs';
import { writeBackup } from './backup.mjs';
import { applyMigrations } from './migrate.mjs';
import { restoreBackup } from './restore.mjs';

const migration = {
  name: '20260101000000_everything',
  checksum: 'c'.repeat(64),
  sql: `
    CREATE TYPE mood AS ENUM ('calm', 'busy');
    CREATE TABLE "Every Type" (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, small smallint, big bigint, exact numeric, price numeric(12,2), real4 real, real8 double precision,
      yes boolean, words text, code varchar(20), fixed char(4), bytes bytea, "at" timestamptz, plain timestamp(3), day date, span interval,
      doc json, docb jsonb, list text[], grid int[][], mood mood, "moods" mood[], uid uuid, ip inet,
      half bigint GENERATED ALWAYS AS (big / 2) STORED
    );
    CREATE TABLE node (id serial PRIMARY KEY, parent int REFERENCES node (id), other int);
    CREATE TABLE leaf (id int PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE, "createdAt" timestamptz NOT NULL, "expiresAt" timestamptz);
    ALTER TABLE node ADD CONSTRAINT node_leaf FOREIGN KEY (other) REFERENCES leaf (id) DEFERRABLE INITIALLY DEFERRED;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a trigger fired'; END $$;
    CREATE TABLE guarded (id int); INSERT INTO guarded VALUES (1);
    CREATE TRIGGER guard BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION refuse();`,
};

const everyType = `INSERT INTO "Every Type" (small, big, exact, price, real4, real8, yes, words, code, fixed, bytes, "at", plain, day, span, doc, docb, list, grid, mood, moods, uid, ip) VALUES
  (-32768, 9223372036854775807, 'NaN', 1234567890.12, 'Infinity', 0.1::float8 + 0.2, true, E'line\\nquote " back\\\\slash \\u2028 😀 \\x01', 'v', 'ab', '\\x00ff10', '2026-01-01T00:00:00.123456+02', 'infinity', '0044-03-15 BC', '1 year -3 days 04:05:06.7',
   '{"b" : 1, "b":  2}', '{"a": null, "n": 12345678901234567890.123}', ARRAY['a,b', NULL, '"', ''], ARRAY[[1,2],[3,NULL]], 'busy', ARRAY['calm','busy']::mood[], '00000000-0000-0000-0000-00000000000a', '10.0.0.0/8'),
  (NULL, NULL, NULL, NULL, NULL, '-0', false, '', '', '', '', NULL, NULL, NULL, NULL, 'null', 'null', '{}', '{}', NULL, '{}', NULL, NULL),
  (1, -9223372036854775808, 1e-30, 0, 1.17549435e-38, 5e-324, NULL, NULL, NULL, NULL, NULL, '-infinity', '0001-01-01', NULL, '-1 mon', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`;

let folder: string;
let file: string;
let source: TestDatabase;
let target: TestDatabase;
let from: pg.Client;
let to: pg.Client;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
  file = join(folder, 'a.backup.gz');
  [source, target] = await Promise.all([createTestDatabase({ migrated: false }), createTestDatabase({ migrated: false })]);
  [from, to] = await Promise.all([connect(source.address), connect(target.address)]);
  await applyMigrations(from, [migration]);
  await applyMigrations(to, [migration]);
});

afterEach(async () => {
  await Promise.all([from.end(), to.end()]);
  await Promise.all([source.drop(), target.drop()]);
  rmSync(folder, { recursive: true, force: true });
});

const backedUpAt = new Date('2026-06-01T00:00:00Z');
const backup = () => writeBackup(from, file, backedUpAt);
const contents = async (client: pg.Client, table: string) =>
  (await client.query(`SELECT t::text AS row FROM ${table} AS t ORDER BY 1`)).rows.map(({ row }) => row);

describe('a backup', () => {
  it('comes back with every type, cycles between tables, generated values and sequences', async () => {
    await from.query(everyType);
    await from.query(
      `BEGIN; INSERT INTO node (id, parent, other) VALUES (7, NULL, 7), (8, 7, NULL); INSERT INTO leaf VALUES (7, '2026-01-01', '2099-01-01'); COMMIT; SELECT setval('node_id_seq', 41);`,
    );
    await to.query('INSERT INTO node (id) VALUES (99); INSERT INTO guarded SELECT 1 WHERE false');
    expect(await backup()).toEqual({ 'Every Type': 3, guarded: 1, leaf: 1, node: 2 });
    expect(await restoreBackup(to, file)).toEqual({ 'Every Type': 3, guarded: 1, leaf: 1, node: 2 });
    for (const table of ['"Every Type"', 'node', 'leaf', 'guarded']) expect(await contents(to, table)).toEqual(await contents(from, table));
    expect(await contents(to, '"Every Type"')).toHaveLength(3);
    expect((await to.query('INSERT INTO node DEFAULT VALUES RETURNING id')).rows).toEqual([{ id: 42 }]);
    expect((await to.query('INSERT INTO "Every Type" DEFAULT VALUES RETURNING id')).rows).toEqual([{ id: '4' }]);
    await expect(to.query('INSERT INTO leaf VALUES (12345, now())')).rejects.toThrow(/foreign key/);
    await expect(to.query('INSERT INTO guarded VALUES (2)')).rejects.toThrow('a trigger fired');
  });

  it('holds large rows and many of them', async () => {
    await from.query(
      `INSERT INTO "Every Type" (words, docb) SELECT repeat(chr(65 + n % 26), 600000), jsonb_build_object('n', n, 'text', repeat('ü', 100000)) FROM generate_series(1, 12) AS n`,
    );
    await from.query('INSERT INTO node (id) SELECT generate_series(1, 5000)');
    await backup();
    await restoreBackup(to, file);
    const digest = 'SELECT md5(string_agg(t::text, E\'\\n\' ORDER BY id)) AS digest FROM "Every Type" AS t';
    expect((await to.query(digest)).rows).toEqual((await from.query(digest)).rows);
    expect((await to.query('SELECT count(*)::int AS n FROM node')).rows).toEqual([{ n: 5000 }]);
  });

  it('is one moment of a site that goes on writing', async () => {
    const writer = await connect(source.address);
    let writing = true;
    const writes = (async () => {
      for (let id = 1; writing; id += 1)
        await writer.query(`BEGIN; INSERT INTO node (id) VALUES (${id}); INSERT INTO leaf VALUES (${id}, '2026-01-01'); COMMIT;`);
    })();
    await expect.poll(async () => (await from.query('SELECT count(*)::int AS n FROM leaf')).rows[0].n).toBeGreaterThan(20);
    const rows = await backup();
    writing = false;
    await writes;
    await writer.end();
    expect(rows.node).toBe(rows.leaf);
    await restoreBackup(to, file);
  });

  it('is read by its owner alone, and a failed one leaves no file', async () => {
    await backup();
    expect(statSync(file).mode & 0o077).toBe(0);
    await expect(writeBackup(from, join(folder, 'missing/a.gz'), backedUpAt)).rejects.toThrow('ENOENT');
    expect((await from.query('SELECT 1 AS ok')).rows).toEqual([{ ok: 1 }]);
  });

  it('needs a database that was migrated', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const client = await connect(empty.address);
    await expect(writeBackup(client, file, backedUpAt)).rejects.toThrow('The database is empty, there is nothing to back up');
    await client.end();
    await empty.drop();
  });
});

describe('restoring', () => {
  it('lets a running site wait, and shows it all or nothing', async () => {
    await from.query('INSERT INTO node (id) SELECT generate_series(1, 2000)');
    await backup();
    await to.query('INSERT INTO node (id) VALUES (1)');
    const site = await connect(target.address);
    const seen = new Set<number>();
    let restoring = true;
    const reads = (async () => {
      while (restoring) seen.add((await site.query('SELECT count(*)::int AS n FROM node')).rows[0].n);
    })();
    await restoreBackup(to, file);
    restoring = false;
    await reads;
    seen.add((await site.query('SELECT count(*)::int AS n FROM node')).rows[0].n);
    await site.end();
    expect([...seen].sort()).toEqual([1, 2000]);
  });

  it('announces itself to graders', async () => {
    await backup();
    const listener = await connect(target.address);
    const heard: string[] = [];
    listener.on('notification', ({ channel }) => heard.push(channel));
    await listener.query('LISTEN restored');
    await restoreBackup(to, file);
    await expect.poll(() => heard).toEqual(['restored']);
    await listener.end();
  });

  it('refuses to replace newer rows without being told, and counts no time in the future', async () => {
    await backup();
    await to.query(
      "INSERT INTO node (id) VALUES (1), (2); INSERT INTO leaf VALUES (1, '2026-06-02', NULL), (2, '2026-05-31', '2099-01-01')",
    );
    await expect(restoreBackup(to, file)).rejects.toThrow(
      'The database holds one row written after this backup was made (2026-06-01T00:00:00.000Z), which would be lost: run npm run backup first, then restore with --yes. Nothing was changed.',
    );
    expect(await contents(to, 'leaf')).toHaveLength(2);
    await restoreBackup(to, file, { evenIfNewer: true });
    expect(await contents(to, 'leaf')).toEqual([]);
  });

  it('refuses a backup of another version', async () => {
    await backup();
    await applyMigrations(to, [migration, { name: '20260102000000_more', checksum: 'd', sql: 'SELECT 1;' }]);
    await expect(restoreBackup(to, file)).rejects.toThrow(/another version of Coldstart \(it lacks the migration 20260102000000_more\)/);
  });

  it('refuses tables that were changed by hand', async () => {
    await backup();
    await to.query('ALTER TABLE node ADD COLUMN extra int');
    await expect(restoreBackup(to, file)).rejects.toThrow(/run npm run migration -- drift/);
  });

  it('changes nothing when a row does not fit', async () => {
    await from.query('INSERT INTO node (id) VALUES (1)');
    await backup();
    const lines = gunzipSync(readFileSync(file)).toString().replace('["1",null,null]', '["x",null,null]');
    const body = lines.slice(0, lines.lastIndexOf('{"end"'));
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update(body).digest('hex');
    writeFileSync(file, gzipSync(`${body}${JSON.stringify({ ...JSON.parse(lines.slice(body.length)), sha256 })}\n`));
    await to.query('INSERT INTO node (id) VALUES (5)');
    await expect(restoreBackup(to, file)).rejects.toThrow(/invalid input syntax for type integer/);
    expect(await contents(to, 'node')).toEqual(['(5,,)']);
  });

  it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 40), /is damaged or incomplete/],
    [
      'changed in one byte',
      (bytes) => Buffer.from(bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 1 : byte))),
      /is damaged or incomplete/,
    ],
    ['missing rows', (bytes) => gzipSync(gunzipSync(bytes).toString().replace('["1",null,null]\n', '')), /is damaged or incomplete/],
    [
      'missing its end',
      (bytes) =>
        gzipSync(
          gunzipSync(bytes)
            .toString()
            .replace(/\{"end".*\n/, ''),
        ),
      /is damaged or incomplete/,
    ],
    ['with text after its end', (bytes) => gzipSync(`${gunzipSync(bytes)}{"table":"node"}\n`), /is damaged or incomplete/],
    [
      'of a later format',
      (bytes) => gzipSync(gunzipSync(bytes).toString().replace('"format":1', '"format":2')),
      /has format 2 and this version of Coldstart reads 1/,
    ],
    ['that is another file', () => Buffer.from('hello'), /is no backup of Coldstart/],
    ['that is another gzip', () => gzipSync('{"hello":1}\n'), /is no backup of Coldstart/],
    ['that is empty', () => Buffer.alloc(0), /is (no backup of Coldstart|damaged or incomplete)/],
  ])('refuses a file %s before anything is changed', async (_case, damage, sentence) => {
    await from.query('INSERT INTO node (id) VALUES (1), (2)');
    await backup();
    writeFileSync(file, damage(readFileSync(file)));
    await to.query('INSERT INTO node (id) VALUES (5)');
    await expect(restoreBackup(to, file)).rejects.toThrow(sentence);
    expect(await contents(to, 'node')).toEqual(['(5,,)']);
  });

  it('says when there is no such file', async () => {
    await expect(restoreBackup(to, join(folder, 'none'))).rejects.toThrow(/There is no file .*none: give the path of a backup/);
  });
});
