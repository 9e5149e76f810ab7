// Whether a database is what the migrations make: both are described from PostgreSQL's catalog, a line an object, and compared.
// The reference is an in-memory PGlite with the migrations applied; whatever was changed by hand shows, functions and triggers too.
import { Problem } from './problem.mjs';

/** Every object of the schema public as one line of text; the migrations' own table is no part of the schema. */
const describeSchema = `
WITH tables AS (
  SELECT oid, relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
)
SELECT format('column %s.%s %s%s%s%s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
    CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END,
    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
  FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
UNION ALL SELECT 'table ' || relname FROM tables
UNION ALL SELECT pg_get_indexdef(i.indexrelid) FROM tables t JOIN pg_index i ON i.indrelid = t.oid
-- 'n': PostgreSQL 18 also lists NOT NULL here, which the columns say already.
UNION ALL SELECT format('constraint %s on %s %s', k.conname, t.relname, pg_get_constraintdef(k.oid)) FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid WHERE k.contype <> 'n'
UNION ALL SELECT pg_get_triggerdef(g.oid) FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
UNION ALL SELECT format('%s %s: %s', CASE relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, relname, pg_get_viewdef(oid))
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
UNION ALL SELECT 'sequence ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
UNION ALL SELECT format('enum %s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder))
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname
UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
`;

/**
 * @param {import('pg').Client} client
 * @param {import('./migration-folder.mjs').Migration[]} migrations
 * @returns {Promise<{ missing: string[], unexpected: string[] }>} lines that only the migrations have, and that only the database has
 */
export async function findDrift(client, migrations) {
  const { PGlite } = await import('@electric-sql/pglite');
  const reference = await PGlite.create();
  try {
    for (const { name, sql } of migrations) {
      await reference.exec(sql).catch((/** @type {unknown} */ error) => {
        throw new Problem(`The migration ${name} fails on an empty database: ${error instanceof Error ? error.message : String(error)}.`, {
          cause: error,
        });
      });
    }
    const wanted = new Set((await reference.query(describeSchema)).rows.map((row) => /** @type {{ line: string }} */ (row).line));
    const { rows } = await client.query(describeSchema);
    const found = new Set(rows.map((row) => row.line));
    return {
      missing: [...wanted].filter((line) => !found.has(line)).sort(),
      unexpected: [...found].filter((line) => !wanted.has(line)).sort(),
    };
  } finally {
    await reference.close();
  }
}
