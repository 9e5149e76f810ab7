// What every API route does around its command: who asks, may they, how often, how much; then the command; then the answer.
import type { Database } from '../database/client';
import { database } from '../database/client';
import { isForeignKeyViolation } from '../database/errors';
import type { Learner } from '../learner/learner';
import type { LimitRule } from '../limit/rules';
import { limits } from '../limit/rules';
import { takeLimit } from '../limit/take';
import { Refusal } from '../refusal';
import type { Auth } from '../session/auth';
import { auth } from '../session/auth';
import { beginSession } from '../session/begin';
import { readSession } from '../session/read';
import { makeVisitorCookie, readVisitor } from '../session/visitor';
import { clientAddressHeader } from './address';
import { isSameOrigin, siteOrigin } from './origin';
import { readJson } from './read-body';
import { respondError, withCookies } from './respond';

/** What the routes stand on; tests give their own. */
export interface Site {
  db: Database;
  auth: Auth;
  /** BASE_URL, or null for whatever name reaches the site. */
  baseUrl: string | null;
}

export function site(): Site {
  return { db: database(), auth: auth(), baseUrl: siteOrigin(process.env) };
}

interface RouteContext<P> {
  params: Promise<P>;
}
type Handler<P> = (request: Request, context: RouteContext<P>) => Promise<Response>;

export interface Reading<P> {
  db: Database;
  learner: Learner | null;
  params: P;
  request: Request;
}

/** A route that only reads. A visitor without a session gets the mark that the first save will turn into a learner. */
export function reading<P = Record<string, never>>(
  answer: (reading: Reading<P>) => Promise<Response>,
  open: () => Site = site,
): Handler<P> {
  return async (request, context) => {
    try {
      const { db, auth, baseUrl } = open();
      const { learner, cookies } = await readSession(auth, request.headers);
      if (!learner && !readVisitor(request.headers)) cookies.push(makeVisitorCookie(baseUrl?.startsWith('https://') ?? false));
      return withCookies(await answer({ db, learner, params: await context.params, request }), cookies);
    } catch (error) {
      return respondError(error);
    }
  };
}

export interface Saving<P> {
  db: Database;
  learner: Learner;
  params: P;
  /** The JSON body, not yet validated. Null for a route without a body. */
  input: unknown;
}

export interface SavingOptions {
  limits: readonly LimitRule[];
  /** 0 for a route without a body. */
  bodyBytesMax: number;
}

/** A route that changes something. A visitor without a session becomes an anonymous learner first. */
export function saving<P = Record<string, never>>(
  options: SavingOptions,
  answer: (saving: Saving<P>) => Promise<Response>,
  open: () => Site = site,
): Handler<P> {
  return async (request, context) => {
    let cookies: string[] = [];
    try {
      const { db, auth, baseUrl } = open();
      requireSameOrigin(request.headers, baseUrl);
      const address = request.headers.get(clientAddressHeader) ?? 'unknown';
      for (const rule of options.limits) if (rule.per === 'address') await takeLimit(db, rule, address);
      const input = options.bodyBytesMax === 0 ? null : await readJson(request, options.bodyBytesMax);
      const session = await beginSession(db, auth, request.headers, async () => {
        for (const rule of limits.visitor) await takeLimit(db, rule, address);
      });
      cookies = session.cookies;
      for (const rule of options.limits) if (rule.per === 'learner') await takeLimit(db, rule, session.learner.id);
      return withCookies(await answer({ db, learner: session.learner, params: await context.params, input }), cookies);
    } catch (error) {
      // The learner was merged into an account between the session's look-up and the write.
      const reason = isForeignKeyViolation(error)
        ? new Refusal('signed-out', 'This session has ended. Try again; what you typed stays in this window.')
        : error;
      return withCookies(respondError(reason), cookies);
    }
  };
}

export function requireSameOrigin(headers: Headers, baseUrl: string | null): void {
  if (isSameOrigin(headers, baseUrl)) return;
  throw new Refusal(
    'foreign-origin',
    'Only pages of this site may change something here. Behind a reverse proxy, set BASE_URL to the address that people see.',
  );
}
