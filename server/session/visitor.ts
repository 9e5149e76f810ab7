// A visitor's mark: a random cookie that the first read sets, and that the first save turns into an anonymous learner.
// Two saves sent at once by a new visitor carry the same mark, so both make the same learner and neither text is lost.
import { createHash, randomBytes } from 'node:crypto';

const visitorCookie = 'coldstart.visitor';
const visitorHours = 24;
const markPattern = /^[A-Za-z0-9_-]{22}$/;

export function readVisitor(headers: Headers): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === visitorCookie && value !== undefined && markPattern.test(value)) return value;
  }
  return null;
}

export function makeVisitorCookie(secure: boolean): string {
  const mark = randomBytes(16).toString('base64url');
  return `${visitorCookie}=${mark}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${visitorHours * 3600}${secure ? '; Secure' : ''}`;
}

/** Whoever sits down after a sign-out starts without the mark of the one before. */
export const forgetVisitorCookie = `${visitorCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;

/** The placeholder address of the learner that a mark becomes; the mark cannot be read back from it. */
export function emailOfVisitor(mark: string): string {
  return `${createHash('sha256').update(mark).digest('hex').slice(0, 40)}@${anonymousDomain}`;
}

/** Reserved for names that never exist (RFC 2606). */
export const anonymousDomain = 'anonymous.invalid';
