// Writes migrations: what SQL leads from the migrations so far to prisma/schema.prisma.
// Prisma's schema engine as WebAssembly on a throw-away PGlite database: no server, no download, no shadow database.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { readMigrations } from './migration-folder.mjs';
import { Problem } from './problem.mjs';

const require = createRequire(import.meta.url);

/**
 * The SQL that is missing in the migrations; empty when they lead exactly to the schema.
 * @param {{ schemaFile: string, migrationsFolder: string }} project
 * @returns {Promise<string>}
 */
export async function missingSql({ schemaFile, migrationsFolder }) {
  const path = resolve(schemaFile);
  const content = readFileSync(path, 'utf8');
  const migrations = readMigrations(migrationsFolder);
  const { engine, close } = await openEngine(path, content);
  try {
    const result = await engine.diff({
      from: {
        tag: 'migrations',
        baseDir: resolve(migrationsFolder),
        shadowDbInitScript: '',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
      to: { tag: 'schemaDatamodel', files: [{ path, content }] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    // The engine's exit code: 0 no difference, 2 a difference.
    return result.exitCode === 2 ? `${(result.stdout ?? '').trim()}\n` : '';
  } catch (error) {
    throw new Problem(`The migrations cannot be compared with ${schemaFile}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    await close();
  }
}

/**
 * Writes the next migration and returns its name, or null when the schema needs none.
 * @param {{ schemaFile: string, migrationsFolder: string, name: string, now: Date }} request
 */
export async function writeMigration({ schemaFile, migrationsFolder, name, now }) {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
    throw new Problem(`"${name}" is no name for a migration: use lower-case words joined by underscores, such as add_grades.`);
  }
  mkdirSync(migrationsFolder, { recursive: true });
  const sql = await missingSql({ schemaFile, migrationsFolder });
  if (sql === '') return null;
  const folder = `${now.toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`;
  const last = readMigrations(migrationsFolder).at(-1);
  if (last && last.name >= folder) {
    throw new Problem(`The migration ${folder} would sort before ${last.name}, which exists already: check the clock of this machine.`);
  }
  mkdirSync(join(migrationsFolder, folder));
  writeFileSync(join(migrationsFolder, folder, 'migration.sql'), sql);
  return folder;
}

/** @type {Promise<typeof import('@prisma/schema-engine-wasm/schema_engine_bg')> | undefined} */
let bindingsOnce;

/** The bindings hold one instance for the whole process: a second one would free the engines of the first in foreign memory. */
function loadBindings() {
  bindingsOnce ??= (async () => {
    const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const wasm = readFileSync(join(dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
    bindings.__wbg_set_wasm(instance.exports);
    /** @type {() => void} */ (instance.exports.__wbindgen_start)();
    return bindings;
  })();
  return bindingsOnce;
}

/**
 * @param {string} path
 * @param {string} content
 */
async function openEngine(path, content) {
  const [bindings, { bindMigrationAwareSqlAdapterFactory }, { PGlite }, { PrismaPGlite }] = await Promise.all([
    loadBindings(),
    import('@prisma/driver-adapter-utils'),
    import('@electric-sql/pglite'),
    import('pglite-prisma-adapter'),
  ]);

  // One database serves as the main and as the shadow one: a comparison of files leaves the main one untouched.
  const database = await PGlite.create();
  /**
   * The adapter 0.7.2 does not wait for the scripts that it runs, so that their errors would be lost.
   * @param {any} adapter
   */
  const awaitScripts = (adapter) => {
    adapter.executeScript = async (/** @type {string} */ script) => {
      try {
        await adapter.client.exec(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
    return adapter;
  };
  class ThrowAwayDatabase extends PrismaPGlite {
    /** @override */
    async connect() {
      return awaitScripts(await super.connect());
    }
    /** @override */
    async connectToShadowDb() {
      return awaitScripts(await super.connect());
    }
  }
  const factory = bindMigrationAwareSqlAdapterFactory(new ThrowAwayDatabase(database));
  const engine = await bindings.SchemaEngine.new({ datamodels: [[path, content]] }, () => {}, factory).catch(
    (/** @type {unknown} */ error) => {
      throw new Problem(`prisma/schema.prisma is not valid: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    },
  );
  return { engine, close: () => database.close() };
}
