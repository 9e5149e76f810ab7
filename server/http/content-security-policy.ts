// The Content-Security-Policy of a page: no inline script runs unless its hash or nonce is named. https://www.w3.org/TR/CSP3/

export interface PagePolicy {
  /** Sources beside 'self': hashes of the page's inline scripts, or a nonce. */
  scripts: readonly string[];
  /** Monaco writes style elements; every other page does without. */
  inlineStyles: boolean;
  /** The site is reached over https, so nothing is loaded without. */
  https: boolean;
  /** `next dev` evaluates code and injects styles and scripts. Never in production. */
  development: boolean;
}

export function formatPolicy({ scripts, inlineStyles, https, development }: PagePolicy): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    // 'wasm-unsafe-eval' allows WebAssembly for the sandbox, and no evaluation of text.
    'script-src': development ? ["'self'", "'unsafe-inline'", "'unsafe-eval'"] : ["'self'", "'wasm-unsafe-eval'", ...scripts],
    'style-src': inlineStyles || development ? ["'self'", "'unsafe-inline'"] : ["'self'"],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    ...(https ? { 'upgrade-insecure-requests': [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');
}

/** For answers that are no pages: JSON opened as a page can load and run nothing. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'";
