// Lighthouse, mobile, on the built site with a fresh database: the lesson page and the home page. Median of three runs.
import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/prepare/browser.mjs';
import { removeDataFolder, startSite } from '../site';

const PAGES = ['/learn/lambda/asynchronous-invocation', '/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port is free.'))));
    });
  });
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const executablePath = findBrowser(process.env);
if (!executablePath) throw new Error('No Chromium, Chrome or Edge was found. Install one, or set CHROMIUM_PATH to its program file.');
const site = await startSite();
const port = await freePort();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--remote-debugging-port=${port}`],
});
try {
  for (const page of PAGES) {
    const runs: NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'][] = [];
    for (let i = 0; i < 3; i++) {
      const result = await lighthouse(`${site.url}${page}`, { port, output: 'json', logLevel: 'error', onlyCategories: [...CATEGORIES] });
      if (result) runs.push(result.lhr);
    }
    const scores = CATEGORIES.map((name) => `${name} ${Math.round(median(runs.map((run) => run.categories[name]?.score ?? 0)) * 100)}`);
    const shift = Math.max(...runs.map((run) => run.audits['cumulative-layout-shift']?.numericValue ?? Number.NaN));
    console.log(`${page}: ${scores.join(', ')}, CLS ${shift.toFixed(3)}`);
  }
} finally {
  await browser.close();
  await site.stop();
  removeDataFolder(site.data);
}
