// Whether a request that changes something comes from a page of this site.
// https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html

/** BASE_URL as an origin, or null when the site answers under whatever name reaches it. */
export function siteOrigin(env: Record<string, string | undefined>): string | null {
  if (!env.BASE_URL) return null;
  const url = URL.canParse(env.BASE_URL) ? new URL(env.BASE_URL) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/') {
    throw new Error('BASE_URL is the address of the site without a path, such as https://learn.example.org.');
  }
  return url.origin;
}

/** The origin that a page of this site has, as this request sees the site. Null when the request does not say its host. */
export function originOfRequest(headers: Headers, baseUrl: string | null): string | null {
  if (baseUrl !== null) return baseUrl;
  const host = headers.get('host');
  if (!host) return null;
  const origin = `${isForwardedHttps(headers) ? 'https' : 'http'}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : null;
}

/**
 * Browsers say where a request comes from, in Origin on every mutation and in Sec-Fetch-Site; pages cannot forge either.
 * A request that says neither comes from no page, and has no business with a cookie.
 */
export function isSameOrigin(headers: Headers, baseUrl: string | null): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return origin === originOfRequest(headers, baseUrl);
  return headers.get('sec-fetch-site') === 'same-origin';
}

/** Only ever used to tell the scheme of the site's own name, never for trust. */
export function isForwardedHttps(headers: Headers): boolean {
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
