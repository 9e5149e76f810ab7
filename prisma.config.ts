// Read by `prisma generate` only. Migrations are written and applied by scripts/migration.mjs, never by Prisma's own commands.
import { defineConfig } from 'prisma/config';

export default defineConfig({ schema: 'prisma/schema.prisma' });
