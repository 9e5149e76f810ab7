import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecret } from './secret';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coldstart-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the secret of the sessions', () => {
  it('is made once, for the owner of the site only', () => {
    const secret = readSecret(folder, {});
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(readSecret(folder, {})).toBe(secret);
    expect(statSync(path.join(folder, 'secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, 'secret'), 'utf8').trim()).toBe(secret);
  });

  it('is made in a folder that does not exist yet', () => {
    expect(readSecret(path.join(folder, 'new/deep'), {})).toHaveLength(43);
  });

  it('is the operator’s when one is given', () => {
    expect(readSecret(folder, { BETTER_AUTH_SECRET: 'x'.repeat(32) })).toBe('x'.repeat(32));
  });

  it('is refused in a sentence when it is too short', () => {
    expect(() => readSecret(folder, { BETTER_AUTH_SECRET: 'short' })).toThrow(/openssl rand/);
    writeFileSync(path.join(folder, 'secret'), 'cut off');
    expect(() => readSecret(folder, {})).toThrow(/Delete the file/);
  });
});
