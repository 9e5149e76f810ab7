// A project as small as the starter can start: its own scripts and database code, one page, generators that only write their outputs.
// The packages are those of this project, by a link; what starts is a real Next and a real PostgreSQL.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

const writeOutput = (file: string) =>
  `import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync('${dirname(file)}', { recursive: true });\nwriteFileSync('${file}', '');\n`;

/** What differs from the real project, by path. */
const small: Record<string, string> = {
  'scripts/prisma-generate.mjs': writeOutput('generated/prisma/client.ts'),
  'scripts/build-sandbox.mjs': writeOutput('generated/sandbox/quickjs-metered.wasm'),
  'scripts/generate.ts': `${writeOutput('generated/content/lessons.ts')}writeFileSync('generated/content/labs.ts', '');\n`,
  'scripts/csp-hashes.mjs': '',
  'server/grading/worker.ts': 'export const worker = 1;\n',
  'server/grading/main.ts': 'export const grader = 1;\n',
  'app/layout.tsx': 'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  'app/page.tsx': 'export default function Page() {\n  return <p>The small site.</p>;\n}\n',
  'app/database/route.ts':
    'export const dynamic = "force-dynamic";\nexport const GET = () => Response.json({ url: process.env.DATABASE_URL });\n',
  // The packages are outside this folder.
  'next.config.mjs': "export default { turbopack: { root: '/' }, typescript: { ignoreBuildErrors: true } };\n",
  'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE note (id int PRIMARY KEY);\n',
  'tsconfig.json':
    '{ "compilerOptions": { "jsx": "preserve", "module": "esnext", "moduleResolution": "bundler", "strict": false, "skipLibCheck": true, "noEmit": true } }\n',
};

export function createSmallProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'small-project-'));
  chmodSync(root, 0o755);
  cpSync(join(project, 'scripts'), join(root, 'scripts'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  for (const name of readdirSync(join(project, 'server/database'))) {
    if (name.endsWith('.mjs')) cpSync(join(project, 'server/database', name), join(root, 'server/database', name));
  }
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(project, name), join(root, name));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(small)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export function removeSmallProject(root: string): void {
  rmSync(root, { recursive: true, force: true });
}
