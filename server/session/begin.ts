// The learner of a request that saves something: the one of its session, or a new anonymous one.
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/client';
import { Refusal } from '../refusal';
import type { Auth } from './auth';
import { readSession, readToken, type SessionState } from './read';
import { emailOfVisitor, readVisitor } from './visitor';

export interface BegunSession extends SessionState {
  learner: NonNullable<SessionState['learner']>;
}

/** `onNewVisitor` runs before a learner is made, and may refuse. */
export async function beginSession(db: Database, auth: Auth, headers: Headers, onNewVisitor: () => Promise<void>): Promise<BegunSession> {
  const { learner, cookies } = await readSession(auth, headers);
  if (learner) return { learner, cookies };
  await refuseMerged(db, headers);
  await onNewVisitor();
  // A program without the mark gets a learner of its own with each request; a browser has read a page first.
  const email = emailOfVisitor(readVisitor(headers) ?? randomBytes(16).toString('base64url'));
  const { response, headers: answer } = await auth.api.beginAnonymous({ body: { email }, headers, returnHeaders: true });
  return { learner: { id: response.id, name: 'Anonymous', email: null, anonymous: true, role: 'learner' }, cookies: answer.getSetCookie() };
}

/** The request was on its way while its learner signed in. The browser has the account's cookie by the time it tries again. */
async function refuseMerged(db: Database, headers: Headers): Promise<void> {
  const token = readToken(headers);
  if (token === null) return;
  const tokenHash = createHash('sha256').update(token).digest('hex');
  if (await db.mergedSession.findUnique({ where: { tokenHash } })) {
    throw new Refusal('signed-out', 'You have just signed in, and this was sent before. Try again; what you typed stays in this window.');
  }
}
