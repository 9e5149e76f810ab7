import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{app,content,grading,labs,scripts,server,sim,test,ui}/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'labs/*/{src,solution,mistakes}/**'],
    globalSetup: ['test/global-setup.ts'],
    // The database and the starter are real processes; two busy cores need some patience.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
