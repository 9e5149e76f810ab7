// After `next build`: hashes of the inline scripts of every prerendered page, for the Content-Security-Policy that proxy.ts sends.
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const dist = path.resolve(process.env.COLDSTART_DIST || '.next');
const pagesFolder = path.join(dist, 'server/app');

/**
 * The CSP sources of a page's inline scripts, each once, in order.
 * @param {string} html
 */
export function inlineScriptHashes(html) {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  return [...new Set(scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`))];
}

/** `learn/lambda/retries.html` is the page /learn/lambda/retries, `index.html` the page /. @param {string} file */
export function pathOfPage(file) {
  const name = file
    .split(path.sep)
    .join('/')
    .replace(/\.html$/, '');
  return name === 'index' ? '/' : `/${name}`;
}

/** @param {string} folder */
function readPages(folder) {
  /** @type {Record<string, string[]>} */
  const pages = {};
  for (const file of /** @type {string[]} */ (readdirSync(folder, { recursive: true })).sort()) {
    if (file.endsWith('.html')) pages[pathOfPage(file)] = inlineScriptHashes(readFileSync(path.join(folder, file), 'utf8'));
  }
  return pages;
}

if (process.argv[1] && import.meta.url.endsWith(path.basename(process.argv[1]))) {
  const pages = readPages(pagesFolder);
  if (!pages['/_not-found']) {
    console.error(`${path.relative('.', pagesFolder)} has no page for addresses that do not exist: run "npm run build" again.`);
    process.exitCode = 1;
  } else {
    writeFileSync(path.join(dist, 'csp-hashes.json'), `${JSON.stringify(pages, null, 2)}\n`);
    console.log(`Hashed the inline scripts of ${Object.keys(pages).length} pages.`);
  }
}
