// Plays stories in Chromium, in a worker as a page would, and gives the hash of each trace.
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser';
import { serveSuite } from '../sandbox/serve-suite';
import type { Story } from './story';

interface Report {
  hashes?: string[];
  error?: string;
}

/** Runs in the page. */
function runInWorker(): Promise<Report> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js');
    worker.onmessage = (event) => resolve(event.data as Report);
    worker.onerror = (event) => reject(new Error(event.message));
  });
}

/** Throws what the worker threw. */
export async function hashesInChromium(stories: readonly Story[]): Promise<string[]> {
  const site = await serveSuite(new URL('./browser-worker.ts', import.meta.url), { '/stories.json': JSON.stringify(stories) });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(site.address);
    const { hashes, error } = await page.evaluate(runInWorker);
    if (!hashes) throw new Error(error ?? 'The worker gave no hashes.');
    return hashes;
  } finally {
    await browser?.close();
    await site.stop();
  }
}
