// better-auth's own HTTP interface, cut down to the paths that the site uses, with our limits and our origin check in front.

import { clientAddressHeader } from '../http/address';
import { smallRequestBytesMax } from '../http/body-limits';
import { readJson } from '../http/read-body';
import { respond, respondError, withCookies } from '../http/respond';
import { requireSameOrigin, type Site, site } from '../http/route';
import { type LimitRule, limits } from '../limit/rules';
import { takeLimit } from '../limit/take';
import { Refusal } from '../refusal';
import { forgetVisitorCookie } from './visitor';

const paths: Record<string, readonly LimitRule[]> = {
  'GET /api/auth/get-session': limits.account,
  'POST /api/auth/sign-up/email': limits.signUp,
  'POST /api/auth/sign-in/email': limits.signIn,
  'POST /api/auth/sign-in/anonymous': limits.visitor,
  'POST /api/auth/sign-out': limits.account,
};

export async function handleAccount(request: Request, _context?: unknown, open: () => Site = site): Promise<Response> {
  try {
    const { db, auth, baseUrl } = open();
    const rules = paths[`${request.method} ${new URL(request.url).pathname.replace(/\/$/, '')}`];
    if (!rules) throw new Refusal('not-found', 'There is nothing at this address.');
    if (request.method === 'GET') return auth.handler(request);

    requireSameOrigin(request.headers, baseUrl);
    const address = request.headers.get(clientAddressHeader) ?? 'unknown';
    for (const rule of rules) if (rule.per === 'address') await takeLimit(db, rule, address);
    const input = await readJson(request, smallRequestBytesMax);
    const email = emailOf(input);
    for (const rule of rules) if (rule.per === 'email' && email !== null) await takeLimit(db, rule, email);

    // The body is read, so better-auth gets a request of its own with the same text, under the name that the browser used.
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    const answer = await auth.handler(new Request(request.url, { method: 'POST', headers, body: JSON.stringify(input) }));
    if (!answer.ok) return await explain(answer);
    return request.url.endsWith('/sign-out') ? withCookies(answer, [forgetVisitorCookie]) : answer;
  } catch (error) {
    return respondError(error);
  }
}

function emailOf(input: unknown): string | null {
  const email = typeof input === 'object' && input !== null && 'email' in input ? input.email : null;
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : null;
}

const sentences: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD:
    'There is no account with this e-mail address and password. Check both; capital letters matter in the password.',
  USER_ALREADY_EXISTS: 'There is an account with this e-mail address. Sign in to it: the work of this visit comes along.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail address. Sign in to it: the work of this visit comes along.',
  PASSWORD_TOO_SHORT: 'The password is too short: take at least 10 characters. A few words are easy to remember.',
  PASSWORD_TOO_LONG: 'The password is too long: take at most 128 characters.',
  INVALID_EMAIL: 'This is not an e-mail address. Check it for a missing @ or a space.',
};

/** better-auth's errors in the form and the tone of all others. */
async function explain(answer: Response): Promise<Response> {
  const body: unknown = await answer.json().catch(() => null);
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
  const message =
    sentences[code] ??
    (answer.status >= 500
      ? 'The site could not do this because of a fault of its own. Try again in a minute.'
      : 'This cannot be done: check the e-mail address, the name and the password.');
  return respond(answer.status, { error: { code: code === '' ? 'account' : code.toLowerCase().replaceAll('_', '-'), message } });
}
