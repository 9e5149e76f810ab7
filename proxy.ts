// Security headers of every page and answer. Static pages stay static: their inline scripts are allowed by hash, those of dynamic pages by nonce.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type NextRequest, NextResponse } from 'next/server';
import { dataPolicy, formatPolicy } from './server/http/content-security-policy';
import { isForwardedHttps } from './server/http/origin';

/** The editor runs here, and only here. */
const editorPages = /^\/labs\/[^/]+\/?$/;
const development = process.env.NODE_ENV === 'development';
const hstsSeconds = 365 * 24 * 3600;

let hashes: Record<string, string[]> | undefined;

/** What scripts/csp-hashes.mjs wrote after the build. */
function readHashes(): Record<string, string[]> {
  if (development) return {};
  const file = path.join(/* turbopackIgnore: true */ process.cwd(), process.env.COLDSTART_DIST || '.next', 'csp-hashes.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>;
  } catch (cause) {
    throw new Error(
      `${file} is missing, so no page can be sent safely: run "npm run build", or "node scripts/csp-hashes.mjs" after "next build".`,
      { cause },
    );
  }
}

export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  const https = isForwardedHttps(request.headers) || (process.env.BASE_URL ?? '').startsWith('https://');
  if (pathname.startsWith('/api/')) return withHeaders(NextResponse.next(), dataPolicy, https);

  hashes ??= readHashes();
  const page = Object.hasOwn(hashes, pathname) ? hashes[pathname] : undefined;
  const inlineStyles = editorPages.test(pathname);
  if (page) return withHeaders(NextResponse.next(), formatPolicy({ scripts: page, inlineStyles, https, development }), https);

  // A dynamic page, or an address that does not exist: Next puts the nonce on the scripts of the one, the other, like the page for faults, is a static page too.
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = formatPolicy({
    scripts: [`'nonce-${nonce}'`, ...(hashes['/_not-found'] ?? []), ...(hashes['/_global-error'] ?? [])],
    inlineStyles,
    https,
    development,
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  return withHeaders(NextResponse.next({ request: { headers } }), policy, https);
}

function withHeaders(response: NextResponse, policy: string, https: boolean): NextResponse {
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('cross-origin-resource-policy', 'same-origin');
  if (https) response.headers.set('strict-transport-security', `max-age=${hstsSeconds}`);
  return response;
}

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico|icon.svg).*)'] };
