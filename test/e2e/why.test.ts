// A run in which IAM refuses a call: the reason in two clicks, the evidence moves the cursor, and the keyboard alone is enough.
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser';
import { removeDataFolder, type Site, startSite } from '../site';

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  context = await browser.newContext({ baseURL: site.url, viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  await page.goto('/labs/idempotent-orders');
  await page.getByRole('button', { name: 'Plain editor' }).click();
  await page.getByRole('group', { name: 'Files' }).getByRole('button', { name: 'template.yaml' }).click();
  const area = page.getByRole('textbox', { name: 'Code of template.yaml' });
  const template = await area.inputValue();
  // Nothing allows the function to send to its queue any more.
  await area.fill(template.replace(/ {6}Policies:\n(?: {8}.*\n)+/, ''));
  expect(await area.inputValue()).not.toBe(template);
  await page.keyboard.press('Control+Enter');
  await page
    .getByText(/\d of \d checks pass/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  if (site) removeDataFolder(site.data);
});

const why = (): Locator => page.getByRole('dialog');
const slider = (): Locator => page.getByRole('slider', { name: /^Timeline of/ });
const cursorText = async (): Promise<string> => (await slider().getAttribute('aria-valuetext')) ?? '';

describe('a call that IAM refused', () => {
  it('is explained two clicks after the run: the check that failed by it, and the refusal among its causes', async () => {
    const failed = page.getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: 'AccessDenied' });
    await failed.getByRole('button', { name: /^Why\?/ }).click();
    const cause = why().getByRole('region', { name: 'What led here' }).getByRole('listitem').filter({ hasText: 'may not sqs:SendMessage' });
    await cause.getByRole('button', { name: /^Why\?/ }).click();
    await why()
      .getByRole('heading', { level: 2, name: /Identity policy: nothing in it allows .* to use sqs:SendMessage/ })
      .waitFor();
    expect(await why().innerText()).toMatch(/Decides:/);
    expect(await why().innerText()).toContain('What would have changed it');
  });

  it('has its causes as links that move the cursor', async () => {
    const before = await cursorText();
    const link = why()
      .getByRole('region', { name: 'What led here' })
      .getByRole('button', { name: /fact \d+$/ })
      .first();
    const seq = /fact (\d+)/.exec(await link.innerText())?.[1];
    await link.click();
    expect(await link.getAttribute('aria-current')).toBe('true');
    expect(await cursorText()).not.toBe(before);
    expect(Number(seq)).toBeGreaterThanOrEqual(0);
  });

  it('gives the focus back when it is closed by Escape', async () => {
    await page.keyboard.press('Escape');
    await why().waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Why\?/);
  });

  it('is asked from the table of facts', async () => {
    await page.getByRole('tab', { name: 'Facts' }).click();
    await page.getByLabel('only what the check looked at').uncheck();
    await page.getByLabel('Find in facts').fill('AccessDenied');
    await page
      .getByRole('row', { name: /may not sqs:SendMessage/ })
      .first()
      .getByRole('button', { name: /^Why\?/ })
      .click();
    await why()
      .getByRole('heading', { level: 2, name: /^Identity policy/ })
      .waitFor();
    await why().getByRole('button', { name: 'Close' }).click();
    await why().waitFor({ state: 'detached' });
  });

  it('is asked by keyboard on the timeline: W on the mark of the refusal', async () => {
    await page.locator('[data-kind="fault"][title*="denied by IAM"]').first().click();
    expect(await cursorText()).toMatch(/may not sqs:SendMessage/);
    await slider().press('w');
    await why()
      .getByRole('heading', { level: 2, name: /sqs:SendMessage/ })
      .waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const box = await why().boundingBox();
    expect(box?.width).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await why().getByRole('button', { name: 'Close' }).click();
  });

  it('has left no error in the console', () => {
    expect(problems).toEqual([]);
  });
});
