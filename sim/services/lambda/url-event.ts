// An HTTP request as a function behind a URL receives it: the payload format 2.0.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';

export interface UrlRequest {
  /** With scheme, host, path and query. */
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
  /** The body is base64 of bytes that are no text. */
  isBase64Encoded?: boolean;
  /** Default: an address of the range that documentation uses. */
  sourceIp?: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `02/Nov/2026:10:15:07 +0000` */
function commonLogTime(epochMs: number): string {
  const iso = new Date(Math.floor(epochMs)).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

export function splitUrl(url: string): { host: string; path: string; query: string } {
  const [, host = '', path = '', query = ''] = /^[a-z]+:\/\/([^/?#]+)([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  return { host: host.toLowerCase(), path: path || '/', query };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Repeated names are joined by commas. */
function queryParameters(query: string): Record<string, string> | null {
  const parameters: Record<string, string> = {};
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decoded(pair.slice(at + 1));
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  }
  return Object.keys(parameters).length > 0 ? parameters : null;
}

const TEXT_TYPE = /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i;

/** Bodies of other types than text arrive as base64. */
function bodyOf({ body, isBase64Encoded }: UrlRequest, contentType: string | undefined): JsonObject {
  if (body === '') return { isBase64Encoded: false };
  if (isBase64Encoded === true) return { body, isBase64Encoded: true };
  if (contentType === undefined || TEXT_TYPE.test(contentType)) return { body, isBase64Encoded: false };
  const bytes = new TextEncoder().encode(body);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { body: btoa(text), isBase64Encoded: true };
}

/** Who signed the request, for URLs with AWS_IAM. Simplified: without access key and user id where the world knows none; AWS always has both. */
function authorizer({ id, account, session }: Principal): JsonObject {
  return {
    iam: {
      accessKey: null,
      accountId: account,
      callerId: session?.userId ?? null,
      cognitoIdentity: null,
      principalOrgId: null,
      userArn: id,
      userId: session?.userId ?? null,
    },
  };
}

/** `signer`: null for a URL without authentication. */
export function urlEvent(request: UrlRequest, urlId: string, requestId: string, signer: Principal | null, epochMs: number): JsonObject {
  const { host, path, query } = splitUrl(request.url);
  const sourceIp = request.sourceIp ?? '192.0.2.1';
  const given = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const cookies = given.cookie?.split(/;\s*/).filter((cookie) => cookie !== '');
  const headers = { ...given, host, 'x-forwarded-for': sourceIp, 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' };
  const parameters = queryParameters(query);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(parameters ? { queryStringParameters: parameters } : {}),
    requestContext: {
      accountId: signer ? signer.account : 'anonymous',
      apiId: urlId,
      ...(signer ? { authorizer: authorizer(signer) } : {}),
      domainName: host,
      domainPrefix: urlId,
      http: { method: request.method.toUpperCase(), path, protocol: 'HTTP/1.1', sourceIp, userAgent: given['user-agent'] ?? '' },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(epochMs),
      timeEpoch: Math.floor(epochMs),
    },
    ...bodyOf(request, given['content-type']),
  };
}
