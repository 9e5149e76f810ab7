import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../test/database';
import { connect } from './address.mjs';
import { missingSql, writeMigration } from './author.mjs';
import { findDrift } from './drift.mjs';
import { readMigrations } from './migration-folder.mjs';

const head = 'datasource db {\n  provider = "postgresql"\n}\n';
const first = `${head}model Note {\n  id Int @id @default(autoincrement())\n  text String\n}\n`;
const second = first.replace('text String', 'text String\n  readAt DateTime? @db.Timestamptz(3)');
const project = fileURLToPath(new URL('../../', import.meta.url));

describe('writing migrations', () => {
  let folder: string;
  let schemaFile: string;
  let migrationsFolder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'author-'));
    schemaFile = join(folder, 'schema.prisma');
    migrationsFolder = join(folder, 'migrations');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes what is missing, and nothing when nothing is', async () => {
    writeFileSync(schemaFile, first);
    expect(await writeMigration({ schemaFile, migrationsFolder, name: 'init', now: new Date('2026-01-01T10:20:30Z') })).toBe(
      '20260101102030_init',
    );
    expect(readFileSync(join(migrationsFolder, '20260101102030_init/migration.sql'), 'utf8')).toContain('CREATE TABLE "Note"');
    expect(await missingSql({ schemaFile, migrationsFolder })).toBe('');
    expect(await writeMigration({ schemaFile, migrationsFolder, name: 'again', now: new Date('2026-01-02T00:00:00Z') })).toBeNull();

    writeFileSync(schemaFile, second);
    expect(await missingSql({ schemaFile, migrationsFolder })).toBe(
      '-- AlterTable\nALTER TABLE "Note" ADD COLUMN     "readAt" TIMESTAMPTZ(3);\n',
    );
    await expect(writeMigration({ schemaFile, migrationsFolder, name: 'read', now: new Date('2025-01-01T00:00:00Z') })).rejects.toThrow(
      /would sort before/,
    );
    expect(await writeMigration({ schemaFile, migrationsFolder, name: 'read', now: new Date('2026-01-02T00:00:00Z') })).toBe(
      '20260102000000_read',
    );
  }, 240_000);

  it('says what is wrong with a name, a schema or a migration', async () => {
    await expect(writeMigration({ schemaFile, migrationsFolder, name: 'Add Grades', now: new Date() })).rejects.toThrow(
      /"Add Grades" is no name for a migration/,
    );
    writeFileSync(schemaFile, 'model Note {');
    await expect(missingSql({ schemaFile, migrationsFolder })).rejects.toThrow(/cannot be compared .*Error validating/s);
    writeFileSync(schemaFile, second);
    mkdirSync(join(migrationsFolder, '20260103000000_bad'));
    writeFileSync(join(migrationsFolder, '20260103000000_bad/migration.sql'), 'CREATE TABEL x ();');
    await expect(missingSql({ schemaFile, migrationsFolder })).rejects.toThrow(/20260103000000_bad.*syntax error/s);
  }, 240_000);
});

describe('this project', () => {
  it('has migrations that lead exactly to its schema', async () => {
    expect(
      await missingSql({ schemaFile: join(project, 'prisma/schema.prisma'), migrationsFolder: join(project, 'prisma/migrations') }),
    ).toBe('');
  }, 240_000);

  it('sees what was changed in a database by hand', async () => {
    const migrations = readMigrations(join(project, 'prisma/migrations'));
    const database = await createTestDatabase();
    const client = await connect(database.address);
    expect(await findDrift(client, migrations)).toEqual({ missing: [], unexpected: [] });
    const { rows } = await client.query(
      "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef NOT LIKE '%UNIQUE%' LIMIT 1",
    );
    await client.query(`DROP INDEX "${rows[0].indexname}"; CREATE TABLE extra (id int CHECK (id > 0));`);
    expect(await findDrift(client, migrations)).toEqual({
      missing: [rows[0].indexdef],
      unexpected: ['column extra.id integer', 'constraint extra_id_check on extra CHECK ((id > 0))', 'table extra'],
    });
    await client.end();
    await database.drop();
  }, 240_000);
});
