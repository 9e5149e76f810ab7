import { describe, expect, it } from 'vitest';
import { inlineScriptHashes, pathOfPage } from '../../scripts/csp-hashes.mjs';
import { formatPolicy } from './content-security-policy';

const production = { scripts: ["'sha256-abc'"], inlineStyles: false, https: false, development: false };
const directive = (policy: string, name: string) => policy.split('; ').find((part) => part.startsWith(`${name} `)) ?? '';

describe('the policy of a page', () => {
  it.each([
    ['a reading page', production],
    ['the editor', { ...production, inlineStyles: true }],
  ])('never lets an inline script of unknown text run on %s', (_name, options) => {
    const scripts = directive(formatPolicy(options), 'script-src');
    expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval' 'sha256-abc'");
  });

  it('allows style elements to the editor only', () => {
    expect(directive(formatPolicy(production), 'style-src')).toBe("style-src 'self'");
    expect(directive(formatPolicy({ ...production, inlineStyles: true }), 'style-src')).toContain("'unsafe-inline'");
  });
});

describe('hashing a built page', () => {
  it('takes each inline script once, and no script with an address', () => {
    const html =
      '<script>alert(1)</script><script src="/a.js" async=""></script><script id="x">alert(1)</script><script type="module">a < b</script>';
    expect(inlineScriptHashes(html)).toEqual([
      "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
      "'sha256-7+Hlx2Vr8LqQcasoFPqn2AmTTgoMPYgL6CInd4G5SiI='",
    ]);
  });

  it.each([
    ['index.html', '/'],
    ['learn/lambda/retries.html', '/learn/lambda/retries'],
    ['_not-found.html', '/_not-found'],
  ])('knows the address of %s', (file, path) => {
    expect(pathOfPage(file)).toBe(path);
  });
});
