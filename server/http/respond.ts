// Answers in JSON; a Refusal becomes its status and a sentence. Nothing here is ever cached.
import { Refusal, type RefusalCode } from '../refusal';

const statusOf: Record<RefusalCode, number> = {
  'invalid-input': 400,
  'signed-out': 401,
  'foreign-origin': 403,
  'not-found': 404,
  'stale-draft': 409,
  'key-reused': 409,
  'too-many-conflicts': 409,
  'too-large': 413,
  'wrong-content-type': 415,
  'too-many-requests': 429,
};

export function respond(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

export function respondNothing(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}

export function respondError(error: unknown): Response {
  if (error instanceof Refusal) {
    const { code, message, detail, retryAfterSeconds } = error;
    return respond(
      statusOf[code],
      { error: { code, message }, ...detail },
      retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    );
  }
  // The reason stays in the log: it may name tables, paths or other people's data.
  console.error(error);
  return respond(500, {
    error: {
      code: 'server-fault',
      message: 'The site could not do this because of a fault of its own. Your text stays in this window; try again in a minute.',
    },
  });
}

/** Adds Set-Cookie headers. The response may be one with immutable headers, so a new one is made. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
