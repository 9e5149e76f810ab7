// The built site sends no quiz key, no explanation, no hidden check and no solution by itself.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicQuestions } from '../../generated/content/questions-public';
import { questionKeys } from '../../generated/content/questions-server';
import { findLeaks, readBuiltSite, readSecrets } from '../leaks';

const root = process.cwd();
const dist = path.join(root, process.env.COLDSTART_DIST || '.next');

describe('the built site', () => {
  it('holds nothing secret in its bundles, pages and public files', () => {
    expect(existsSync(path.join(dist, 'BUILD_ID')), 'Build the site first: npm run build.').toBe(true);
    const sent = readBuiltSite(root, dist);
    expect(sent.some(({ where }) => where.endsWith('.js')) && sent.some(({ where }) => where.endsWith('.html'))).toBe(true);
    const leaks = findLeaks(readSecrets(root, Object.values(questionKeys), publicQuestions), sent);
    expect(leaks.map(({ where, secret }) => `${where} holds a text of ${secret.from}: ${secret.text}`)).toEqual([]);
  });
});
