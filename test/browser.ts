// A headless Chromium for tests: found as `npm test` finds it, started with a fresh profile and without its own errands.
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../scripts/prepare/browser.mjs';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Throws with a sentence that says how to point to a browser when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('No Chromium, Chrome or Edge was found. Install one, or set CHROMIUM_PATH to its program file.');
  return chromium.launch({ executablePath, headless: true, args: QUIET });
}
