// Who a request is from, by its session cookie.
import { type Learner, parseRole } from '../learner/learner';
import type { Auth } from './auth';

export interface SessionState {
  learner: Learner | null;
  /** Set-Cookie headers that go with the answer: a session that is used is renewed. */
  cookies: string[];
}

const sessionCookie = /(?:^|;\s*)(?:__Secure-)?coldstart\.session_token=([^;]+)/;

/** The token of the session cookie, without its signature; null when there is none. Says nothing about whether it is valid. */
export function readToken(headers: Headers): string | null {
  const value = sessionCookie.exec(headers.get('cookie') ?? '')?.[1];
  if (value === undefined) return null;
  try {
    return decodeURIComponent(value).split('.')[0] ?? null;
  } catch {
    return null;
  }
}

export async function readSession(auth: Auth, headers: Headers): Promise<SessionState> {
  // A request without a session cookie needs no question to the database.
  if (readToken(headers) === null) return { learner: null, cookies: [] };
  const { response, headers: answer } = await auth.api.getSession({ headers, returnHeaders: true });
  // A cookie without a session is left alone: while somebody signs in, the answer to an older request would delete the new cookie.
  if (!response) return { learner: null, cookies: [] };
  const { id, name, email, role } = response.user;
  const anonymous = response.user.isAnonymous === true;
  return { learner: { id, name, email: anonymous ? null : email, anonymous, role: parseRole(role) }, cookies: answer.getSetCookie() };
}
