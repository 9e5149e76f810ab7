// Hostile programs end bounded, and come to the same in Node.js and in Chromium: outcome, outputs, fuel and memory.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxFactory } from '../../sim/sandbox/sandbox';
import { launchBrowser } from '../browser';
import { testSandboxes } from '../sandboxes';
import { OUTCOMES } from './outcomes';
import { serveSuite } from './serve-suite';
import { programs, runProgram, type SuiteRecord } from './suite';

interface Report {
  runtimeVersion: string;
  records: SuiteRecord[];
  error?: string;
}

const PATIENCE_MS = 240_000;

let browser: Browser;
let site: { address: string; stop(): Promise<void> };
let factory: SandboxFactory;

beforeAll(async () => {
  [browser, site, factory] = await Promise.all([launchBrowser(), serveSuite(), testSandboxes()]);
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** Runs in the page. */
function runInWorker(): Promise<Report> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js');
    worker.onmessage = (event) => resolve(event.data as Report);
    worker.onerror = (event) => reject(new Error(event.message));
  });
}

describe('hostile programs', () => {
  it(
    'end bounded, and with equal records in Node.js, in Chromium and when repeated',
    async () => {
      const page = await browser.newPage();
      await page.goto(site.address);
      const inBrowser = page.evaluate(runInWorker);
      const all = Object.entries(programs());
      expect(all.length).toBeGreaterThanOrEqual(49 + 30);
      const inNode = all.map(([name, program]) => runProgram(factory, name, program));
      const report = await inBrowser;
      for (const [name, expected] of Object.entries(OUTCOMES)) {
        const record = inNode.find((candidate) => candidate.name === name);
        expect(`${record?.slices.at(-1)} ${record?.summary}`, name).toMatch(expected);
      }
      expect(report.error).toBeUndefined();
      expect(report.runtimeVersion).toBe(factory.runtimeVersion);
      expect(report.records).toEqual(inNode);
      // Backwards, so that every program meets an instance that another one has used.
      const repeated = all.toReversed().map(([name, program]) => runProgram(factory, name, program));
      expect(repeated.toReversed()).toEqual(inNode);
    },
    PATIENCE_MS,
  );
});
