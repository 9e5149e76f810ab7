// The whole path as a new learner takes it: read, run, fail a check, see why, fix, submit, come back after a restart.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser';
import { removeDataFolder, type Site, startSite } from '../site';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SLUG = 'idempotent-orders';
const solution = (file: string) => readFileSync(path.join(ROOT, 'labs', SLUG, 'solution', file), 'utf8');

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];

async function openPage(storage?: Awaited<ReturnType<BrowserContext['storageState']>>): Promise<void> {
  context = await browser.newContext({
    baseURL: site.url,
    viewport: { width: 1280, height: 900 },
    ...(storage ? { storageState: storage } : {}),
  });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
}

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  await openPage();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  if (site) removeDataFolder(site.data);
});

const workbench = () => page.getByRole('main');
const checks = () => page.getByRole('list', { name: 'Checks' }).getByRole('listitem');

/** Replaces a file's text through the plain editor, as typing would. */
async function write(file: string, text: string): Promise<void> {
  await page.getByRole('group', { name: 'Files' }).getByRole('button', { name: file }).click();
  const area = page.getByRole('textbox', { name: `Code of ${file}` });
  await area.click();
  await area.fill(text);
}

describe('a new learner', () => {
  it('finds the first lesson from the home page', async () => {
    await page.goto('/');
    expect(await page.title()).toContain('Coldstart');
    await page.getByRole('link', { name: 'Asynchronous invocation', exact: true }).click();
    await page.waitForURL('**/learn/lambda/asynchronous-invocation');
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('runs the first live part and sees three attempts, one and two minutes apart', async () => {
    const live = page.locator('section[aria-label]', { has: page.getByRole('button', { name: 'Next fact' }) }).first();
    await live.scrollIntoViewIfNeeded();
    await live.getByRole('button', { name: 'Run', exact: true }).click();
    await live.getByText('wait 1 min').first().waitFor();
    await live.getByText('wait 2 min').first().waitFor();
  });

  it('answers a question and reads why each option is right or wrong', async () => {
    const before = await page.content();
    const form = page.locator('form:has(fieldset input[type=radio])').first();
    await form.getByRole('radio').first().check();
    await form.getByRole('button', { name: 'Check the answer' }).click();
    await form.getByRole('button', { name: 'Answer again' }).waitFor();
    const because = await form.locator('[class*=because]').allInnerTexts();
    expect(because.length).toBeGreaterThanOrEqual(3);
    for (const text of because) expect(before).not.toContain(text.slice(text.indexOf('.') + 2, text.indexOf('.') + 60));
  });

  it('marks the lesson as read', async () => {
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await page.getByText(/^.*Read on /).waitFor();
  });

  it('opens the lab, runs the starter, and is told why a check fails, with the facts', async () => {
    await page.goto(`/labs/${SLUG}`);
    await page.getByRole('button', { name: 'Plain editor' }).click();
    await page.getByRole('button', { name: /^Run/ }).click();
    await workbench()
      .getByText(/\d of \d checks pass/)
      .waitFor();
    const failed = checks().filter({ hasText: 'Failed:' }).first();
    await failed.waitFor();
    const said = await failed.innerText();
    expect(said).toMatch(/Order [A-Z]-?\d+/);
    await failed.getByRole('button', { name: 'Show the facts' }).click();
    await page.getByRole('tab', { name: 'Facts', selected: true }).waitFor();
  });

  it('fixes the handler and the template, and every visible check passes in the browser', async () => {
    await write('template.yaml', solution('template.yaml'));
    await write('src/charge.mjs', solution('src/charge.mjs'));
    await page.getByText(/Saved, revision \d+/).waitFor();
    await page.keyboard.press('Control+Enter');
    await workbench()
      .getByText(/3 of 3 checks pass/)
      .waitFor();
  });

  it('submits, and the server gives 100 % without a reload', async () => {
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page
      .getByText(/100 of 100/)
      .first()
      .waitFor({ timeout: 30_000 });
    const verdicts = page.getByRole('list', { name: 'Verdicts' }).first().getByRole('listitem');
    expect(await verdicts.count()).toBeGreaterThanOrEqual(6);
    expect(await verdicts.filter({ hasText: 'Failed:' }).count()).toBe(0);
  });

  it('closes the browser, the server restarts, and code, grade and progress are there', async () => {
    const storage = await context.storageState();
    await context.close();
    const { data } = site;
    await site.stop();
    site = await startSite({ data });
    // The session is the cookie alone: what the browser kept for itself is thrown away. Ports are not part of a cookie.
    await openPage({ cookies: storage.cookies, origins: [] });
    await page.goto(`/labs/${SLUG}`);
    await page.getByText(/Saved, revision \d+/).waitFor();
    await page.getByRole('button', { name: 'Plain editor' }).click();
    await page.getByRole('group', { name: 'Files' }).getByRole('button', { name: 'src/charge.mjs' }).click();
    expect(await page.getByRole('textbox', { name: 'Code of src/charge.mjs' }).inputValue()).toBe(solution('src/charge.mjs'));
    await page.getByRole('tab', { name: 'Submissions' }).click();
    await page
      .getByText(/100 of 100/)
      .first()
      .waitFor();
    await page.goto('/learn/lambda/asynchronous-invocation');
    await page.getByText(/^.*Read on /).waitFor();
  });

  it('claims the work with an account, signs out, and finds it after signing in elsewhere', async () => {
    const account = { email: 'ada@example.com', password: 'a long enough password' };
    await page.goto('/account');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await context.close();
    await openPage();
    await page.goto('/account');
    await page.getByText('I have one').click();
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto(`/labs/${SLUG}`);
    await page.getByRole('tab', { name: 'Submissions' }).click();
    await page
      .getByText(/100 of 100/)
      .first()
      .waitFor();
  });

  it('has seen no error in the console', () => {
    expect(problems).toEqual([]);
  });
});
