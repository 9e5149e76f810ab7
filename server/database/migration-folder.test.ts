import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from './migration-folder.mjs';
import { transactionControlIn } from './migration-text.mjs';

describe('the folder of migrations', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (name: string, sql?: string) => {
    mkdirSync(join(folder, name));
    if (sql !== undefined) writeFileSync(join(folder, name, 'migration.sql'), sql);
  };

  it('is read in the order of the names, and its files beside them are no migrations', () => {
    put('20260102000000_b', 'SELECT 2;');
    put('20260101000000_a', 'SELECT 1;');
    writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"');
    expect(readMigrations(folder).map(({ name, sql }) => [name, sql])).toEqual([
      ['20260101000000_a', 'SELECT 1;'],
      ['20260102000000_b', 'SELECT 2;'],
    ]);
  });

  it('gives the same checksum whatever the line ends of the checkout are', () => {
    put('20260101000000_a', 'SELECT 1;\nSELECT 2;\n');
    put('20260102000000_b', 'SELECT 1;\r\nSELECT 2;\r\n');
    const [a, b] = readMigrations(folder);
    expect(a?.checksum).toBe(b?.checksum);
  });

  it.each<[string, () => void, RegExp]>([
    ['is missing', () => rmSync(folder, { recursive: true }), /The folder of migrations .* is missing: restore it/],
    ['has a folder without SQL', () => put('20260101000000_a'), /20260101000000_a has no migration.sql: restore the file/],
    ['has an empty migration', () => put('20260101000000_a', '-- nothing\n'), /20260101000000_a is empty/],
    ['has a name without a time', () => put('add_grades', 'SELECT 1;'), /add_grades needs a name such as/],
  ])('says what to do when it %s', (_case, prepare, sentence) => {
    prepare();
    expect(() => readMigrations(folder)).toThrow(sentence);
    mkdirSync(folder, { recursive: true });
  });
});

describe('statements that leave the transaction', () => {
  it.each<[string, string | null]>([
    ['CREATE TABLE a (id int);', null],
    ['-- COMMIT;\nSELECT 1;', null],
    ['/* COMMIT; */ SELECT 1;', null],
    ["SELECT 'a; COMMIT; b';", null],
    ["SELECT E'it\\'s; COMMIT; b';", null],
    ['CREATE TABLE "x; COMMIT" (id int);', null],
    ['CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END; $$;', null],
    ['DO $body$ BEGIN PERFORM 1; END; $body$;', null],
    ['SELECT 1; -- then\n  commit', 'COMMIT'],
    ['START   TRANSACTION; SELECT 1;', 'START TRANSACTION'],
    ['/* first */ ROLLBACK;', 'ROLLBACK'],
    ['VACUUM a;', 'VACUUM'],
    ['CREATE UNIQUE INDEX CONCURRENTLY i ON a (id);', 'CREATE UNIQUE INDEX CONCURRENTLY'],
    ['ALTER TABLE a ADD COLUMN commit int;', null],
  ])('%s', (sql, statement) => {
    expect(transactionControlIn(sql)).toBe(statement);
  });
});
