// Every page, in both themes and two widths: no violation of WCAG 2.2 AA that axe can find, and nothing wider than the screen.
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser';
import { removeDataFolder, type Site, startSite } from '../site';

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  if (site) removeDataFolder(site.data);
});

/** What to do on a page before it is looked at. */
const PAGES: [name: string, path: string, prepare?: (page: Page) => Promise<void>][] = [
  ['home', '/'],
  ['lesson', '/learn/lambda/asynchronous-invocation'],
  [
    'lesson with a run',
    '/learn/lambda/asynchronous-invocation',
    async (page) => {
      await page.getByRole('button', { name: 'Run', exact: true }).first().click();
      await page.getByText('wait 2 min').first().waitFor();
    },
  ],
  ['labs', '/labs'],
  ['where the simulator is simpler', '/about/simplifications'],
  ['what the course covers', '/about/coverage'],
  [
    'lab with a failed check',
    '/labs/idempotent-orders',
    async (page) => {
      await page.keyboard.press('Control+Enter');
      await page
        .getByText(/\d of \d checks pass/)
        .first()
        .waitFor();
    },
  ],
  ['account', '/account'],
  ['a page that is not there', '/nowhere'],
];

const VIEWS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const;

describe.each(VIEWS)('at $width px, $colorScheme', ({ width, height, colorScheme }) => {
  it.each(PAGES)('%s', async (_name, path, prepare) => {
    const context = await browser.newContext({ baseURL: site.url, viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    await prepare?.(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    // Monaco hides its own text from assistive technology and offers a reader's view instead; the plain editor is the alternative.
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .exclude('.monaco-editor')
      .analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' · ')}`,
    );
    await context.close();
    expect(found).toEqual([]);
    expect(wider).toBeLessThanOrEqual(0);
  });
});
