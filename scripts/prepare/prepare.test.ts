import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from './browser.mjs';
import { inputsOf } from './inputs.mjs';
import { explainNpm, freeSpaceProblem, installedAsLocked } from './install.mjs';
import { nodeVersionProblem } from './node-version.mjs';
import { parsePort } from './port.mjs';
import { systemErrorSentence } from './system-error.mjs';
import { countReport } from './test-run.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prepare-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};

describe('the version of Node.js', () => {
  it.each([
    ['18.20.0', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.7.0', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['23.5.0', false],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s', (version, fits) => {
    expect(nodeVersionProblem(version) === null).toBe(fits);
  });
});

describe('the files that a step reads', () => {
  const step = () =>
    inputsOf({ root, name: 'step', inputs: ['src', 'config.json', 'missing'], outputs: ['out.txt'], recordFolder: join(root, 'records') });
  const ranOnce = () => {
    put('src/deep/a.ts', 'one');
    put('config.json', '{}');
    put('out.txt', '');
    step().remember();
  };

  it('are unchanged after the step', () => {
    ranOnce();
    expect(step().changed).toBe(false);
  });

  it.each<[string, boolean, () => void]>([
    ['changed in content', true, () => put('src/deep/a.ts', 'two')],
    ['only touched', false, () => utimesSync(join(root, 'src/deep/a.ts'), new Date(), new Date(Date.now() + 5_000))],
    ['joined by another', true, () => put('src/b.ts', '')],
    ['fewer', true, () => rmSync(join(root, 'config.json'))],
    ['joined by a test', false, () => put('src/b.test.ts', '')],
    ['without their output', true, () => rmSync(join(root, 'out.txt'))],
    ['of a step that was begun again and never ended', true, () => step().forget()],
    ['with a damaged record', true, () => put('records/step.json', '{"hash":')],
  ])('that are %s: step to be run %s', (_case, changed, change) => {
    ranOnce();
    change();
    expect(step().changed).toBe(changed);
  });
});

describe('installed packages', () => {
  const lock = {
    packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-mac': { version: '2.0.0', optional: true } },
  };
  it.each<[string, Record<string, { version: string }> | null, boolean]>([
    ['are there', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['lack one', {}, false],
    ['have another version', { 'node_modules/a': { version: '1.0.1' } }, false],
    [
      'have another version of an optional one',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-mac': { version: '1.0.0' } },
      false,
    ],
    ['were never installed', null, false],
  ])('that %s', (_case, packages, fits) => {
    if (packages) put('node_modules/.package-lock.json', JSON.stringify({ packages }));
    expect(installedAsLocked(root, lock)).toBe(fits);
  });

  it.each([
    ['npm error code ENOSPC\nnpm error syscall write', /^The disk of \/site is full: free about 2 GB/],
    [
      'npm error code EACCES\nnpm error path /site/node_modules/a',
      /^There is no permission to write \/site\/node_modules\/a: give the folder \/site/,
    ],
    [
      'npm error code ENOTFOUND\nnpm error network',
      /^The packages cannot be installed, the package registry cannot be reached \(ENOTFOUND\)/,
    ],
    ['npm error code E403\nnpm error 403 Forbidden', /^The package registry refuses access \(403\)/],
    ['npm error code EINTEGRITY', /^A downloaded package does not match the lock file: run npm cache verify/],
    ['npm error code E404\nnpm error 404 Not Found', /^The packages cannot be installed \(404 Not Found\): run npm ci by hand/],
    ['', /^The packages cannot be installed \(npm gave no reason\)/],
  ])('that npm refuses with %j', (output, sentence) => {
    expect(explainNpm(output, '/site')).toMatch(sentence);
  });

  it('need room on the disk', () => {
    expect(freeSpaceProblem(3e9, '/site')).toBeNull();
    expect(freeSpaceProblem(150_400_000, '/site')).toBe('The disk of /site is nearly full (150 MB free): free about 2 GB and start again.');
  });
});

describe('an error of the system', () => {
  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM'])('%s is one sentence', (code) => {
    expect(systemErrorSentence(code, '/site/x', '/site')).toMatch(/^[A-Z/].*: .+\.$/);
  });

  it('that nobody can mend is none', () => {
    expect(systemErrorSentence('EINVAL', '/site/x', '/site')).toBeNull();
  });
});

describe('the port', () => {
  it.each([
    [undefined, 3000],
    ['', 3000],
    ['1', 1],
    ['65535', 65_535],
  ])('of PORT=%s is %d', (text, port) => {
    expect(parsePort(text)).toBe(port);
  });

  it.each(['0', '65536', '-1', '3000.5', '0x10', ' 80', 'http'])('is not %j', (text) => {
    expect(() => parsePort(text)).toThrow(/which is no port/);
  });
});

describe('the browser of the tests', () => {
  it('is the one that CHROMIUM_PATH names, which must be a program', () => {
    put('browser', '#!/bin/sh\n');
    expect(() => findBrowser({ NODE_ENV: 'test', CHROMIUM_PATH: join(root, 'browser') })).toThrow(
      /which is no program: install Chromium, Chrome or Edge, or set CHROMIUM_PATH/,
    );
    chmodSync(join(root, 'browser'), 0o755);
    expect(findBrowser({ NODE_ENV: 'test', CHROMIUM_PATH: join(root, 'browser') })).toBe(join(root, 'browser'));
  });

  it.skipIf(process.platform === 'win32')('is found on the PATH, Chromium before others, or not at all', () => {
    const env = { NODE_ENV: 'test', PATH: `${root}/a:${root}/b` } as const;
    expect(findBrowser(env, 'linux')).toBeNull();
    put('a/google-chrome', '');
    put('b/chromium', '');
    chmodSync(join(root, 'a/google-chrome'), 0o755);
    expect(findBrowser(env, 'linux')).toBe(join(root, 'a/google-chrome'));
    chmodSync(join(root, 'b/chromium'), 0o755);
    expect(findBrowser(env, 'linux')).toBe(join(root, 'b/chromium'));
  });
});

describe('the count of tests', () => {
  it.each([
    [
      { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, success: true },
      { passed: 5, failed: 0, skipped: 1 },
    ],
    [
      { numPassedTests: 5, numFailedTests: 2, numPendingTests: 0, numTodoTests: 0, success: false },
      { passed: 5, failed: 2, skipped: 0 },
    ],
    [
      { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: false },
      { passed: 5, failed: 1, skipped: 0 },
    ],
  ])('of %j', (report, counts) => {
    expect(countReport(report)).toEqual(counts);
  });
});
