// What an HTTP client gets from a function URL: the handler's answer read as a response, CORS headers, and refusals.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
import type { Fault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { UrlAnswer } from './facts';

export interface UrlResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Each a `set-cookie` header of its own. */
  cookies: string[];
  body: string;
  isBase64Encoded: boolean;
}

export interface Answered {
  response: UrlResponse;
  why: UrlAnswer;
}

const JSON_TYPE = { 'content-type': 'application/json' };

function plain(status: number, body: string, headers: Record<string, string> = JSON_TYPE): UrlResponse {
  return { status, headers, cookies: [], body, isBase64Encoded: false };
}

export const NO_SUCH_URL: UrlResponse = plain(404, '{"Message":null}');

const FORBIDDEN =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

export function forbidden(missing: string[]): Answered {
  const headers = { ...JSON_TYPE, 'x-amzn-errortype': 'AccessDeniedException' };
  return { response: plain(403, JSON.stringify({ Message: FORBIDDEN }), headers), why: { reason: 'forbidden', missing } };
}

function badGateway(reason: 'function-error' | 'malformed-response'): Answered {
  return { response: plain(502, 'Internal Server Error'), why: { reason } };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(record: Json | undefined): Record<string, string> {
  return isObject(record) ? Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), String(value)])) : {};
}

/** Without a `statusCode` the whole answer is the body, as JSON with 200. */
export function fromResult(payload: string): Answered {
  const result = JSON.parse(payload === '' ? 'null' : payload) as Json;
  if (!isObject(result) || result.statusCode === undefined) {
    return { response: plain(200, typeof result === 'string' ? result : JSON.stringify(result)), why: { reason: 'answered' } };
  }
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return badGateway('malformed-response');
  const { body } = result;
  const response: UrlResponse = {
    status,
    headers: { ...JSON_TYPE, ...texts(result.headers) },
    cookies: Array.isArray(result.cookies) ? result.cookies.map(String) : [],
    body: body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: result.isBase64Encoded === true,
  };
  return { response, why: { reason: 'answered' } };
}

/** The invocation's reply: an error of the function is 502, a throttle 429, a missing permission 403. */
export function fromReply(reply: { ok?: JsonObject; fault?: Fault }): Answered {
  const { ok, fault } = reply;
  if (ok) return ok.FunctionError === undefined ? fromResult(String(ok.Payload ?? '')) : badGateway('function-error');
  if (fault?.code === 'TooManyRequestsException') {
    return { response: plain(429, JSON.stringify({ Message: fault.message })), why: { reason: 'throttled' } };
  }
  if (fault?.status === 403) return forbidden([]);
  return { response: plain(fault?.status ?? 500, JSON.stringify({ Message: fault?.message ?? null })), why: { reason: 'refused' } };
}

function listed(cors: JsonObject, member: string): string[] {
  return Array.isArray(cors[member]) ? (cors[member] as Json[]).map(String) : [];
}

/** The headers that let a browser at `origin` read the answer; none when the origin is not allowed. */
export function corsHeaders(cors: JsonObject | null, origin: string | undefined): Record<string, string> {
  if (!cors || origin === undefined) return {};
  const origins = listed(cors, 'AllowOrigins');
  if (!origins.includes('*') && !origins.includes(origin)) return {};
  const exposed = listed(cors, 'ExposeHeaders');
  return {
    'access-control-allow-origin': origins.includes('*') && cors.AllowCredentials !== true ? '*' : origin,
    vary: 'Origin',
    ...(cors.AllowCredentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(exposed.length > 0 ? { 'access-control-expose-headers': exposed.join(',') } : {}),
  };
}

/** A URL with CORS answers a browser's preflight itself: the function does not run. */
export function preflight(cors: JsonObject, headers: Record<string, string | undefined>): UrlResponse {
  const allowed = corsHeaders(cors, headers.origin);
  if (Object.keys(allowed).length === 0) return plain(200, '', {});
  const [methods, names] = [listed(cors, 'AllowMethods'), listed(cors, 'AllowHeaders')];
  return plain(200, '', {
    ...allowed,
    ...(methods.length > 0 ? { 'access-control-allow-methods': methods.join(',') } : {}),
    ...(names.length > 0 ? { 'access-control-allow-headers': names.join(',') } : {}),
    ...(typeof cors.MaxAge === 'number' ? { 'access-control-max-age': String(cors.MaxAge) } : {}),
  });
}
