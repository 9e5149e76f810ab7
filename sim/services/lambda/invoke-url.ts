// A request to a function URL: who may, the event, the invocation, and the answer on its way back. LAM-SEC-X13.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
import type { ApiCall, Continuation, Fault, Principal, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { type FunctionPolicy, type FunctionUrl, notFound } from './function';
import { locate, qualifiedArn, settingsAt } from './qualifier';
import type { FunctionState, LambdaState } from './state';
import { splitUrl, type UrlRequest, urlEvent } from './url-event';
import { type Answered, corsHeaders, forbidden, fromReply, NO_SUCH_URL, preflight } from './url-response';

/** Since October 2025 a caller needs both. */
const NEEDED = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const;

export const ANONYMOUS: Principal = { type: 'anonymous', id: 'anonymous', account: '' };

/** `https://<id>.lambda-url.<region>.on.aws` */
export function isFunctionUrl(host: string): boolean {
  return /^https?:\/\/[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\.aws$/i.test(host);
}

/** The world's own action: an HTTP request to whichever function the host names. Answers an HTTP response, never a fault. */
export function requestFunctionUrl(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const request = call.input as unknown as UrlRequest;
  const target = state.urls[splitUrl(request.url).host.split('.')[0] ?? ''];
  const fn = target && state.functions[target.functionArn];
  if (!fn) return { ok: NO_SUCH_URL as unknown as Json };
  const { qualifier } = target;
  const { url, policy } = settingsAt(fn, qualifier);
  if (!url) return { ok: NO_SUCH_URL as unknown as Json };
  const headers = lowerCased(request.headers);
  const about = { fn, qualifier, url, origin: headers.origin };
  if (url.cors && request.method.toUpperCase() === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
    receive(fn, qualifier, url, request, port);
    return { ok: answer(about, { response: preflight(url.cors, headers), why: { reason: 'answered' } }, port) };
  }
  // A URL without authentication does not look at signatures.
  const principal = url.authType === 'NONE' ? ANONYMOUS : call.principal;
  const missing = missingActions(url, policy, principal);
  if (missing.length > 0) {
    receive(fn, qualifier, url, request, port);
    return { ok: answer(about, forbidden(missing), port) };
  }
  port.call({
    action: 'lambda:InvokeFunctionUrl',
    resource: qualifiedArn(fn.arn, qualifier),
    input: call.input,
    principal,
    origin: call.origin,
    context: { 'lambda:FunctionUrlAuthType': url.authType },
    replyTo: {
      to: 'call',
      action: 'lambda:TakeUrlReply',
      resource: fn.arn,
      input: { qualifier, replyTo: (call.replyTo ?? null) as unknown as Json },
    },
  });
  return { later: true };
}

function lowerCased(headers: Record<string, string>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function receive(fn: FunctionState, qualifier: string | null, { urlId }: FunctionUrl, { method, url }: UrlRequest, port: Port): void {
  emitLambda(port, 'lambda:FunctionUrlRequested', fn.arn, { urlId, qualifier, method, path: splitUrl(url).path });
}

/** What the guards refused becomes an HTTP response too. */
export function takeUrlReply(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { reply, replyTo, ...about } = call.input as unknown as Returned;
  port.reply(replyTo ?? undefined, { ok: reply.fault ? finish(state, call, { ...about, origin: null, reply }, port) : (reply.ok ?? null) });
  return { ok: {} };
}

interface Returned {
  qualifier: string | null;
  origin: string | null;
  replyTo: Continuation | null;
  reply: { ok?: JsonObject; fault?: Fault };
}

/** The response, told as a fact if the URL is still there. */
function finish(state: Readonly<LambdaState>, call: ApiCall, { qualifier, origin, reply }: Omit<Returned, 'replyTo'>, port: Port): Json {
  const fn = state.functions[call.resource];
  const url = fn && settingsAt(fn, qualifier).url;
  const answered = fromReply(reply);
  return fn && url ? answer({ fn, qualifier, url, origin: origin ?? undefined }, answered, port) : (answered.response as unknown as Json);
}

/** IAM's action for the URL of a function or alias. Input: the HTTP request; answers the response. */
export function invokeFunctionUrl(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn, qualifier } = located;
  const { url, policy } = settingsAt(fn, qualifier);
  if (!url) return notFound('The resource you requested does not exist.');
  const request = { url: url.url, method: 'GET', headers: {}, body: '', ...call.input } as unknown as UrlRequest;
  receive(fn, qualifier, url, request, port);
  const { origin } = lowerCased(request.headers);
  const missing = missingActions(url, policy, call.principal);
  if (missing.length > 0) return { ok: answer({ fn, qualifier, url, origin }, forbidden(missing), port) };
  const signer = url.authType === 'AWS_IAM' ? call.principal : null;
  const event = urlEvent(request, url.urlId, port.uuid(), signer, port.epochMs);
  port.call({
    action: 'lambda:InvokeFunction',
    resource: call.resource,
    input: { Payload: JSON.stringify(event) },
    principal: call.principal,
    origin: call.origin,
    context: { 'lambda:InvokedViaFunctionUrl': 'true', 'lambda:FunctionUrlAuthType': url.authType },
    replyTo: {
      to: 'call',
      action: 'lambda:TakeUrlResult',
      resource: fn.arn,
      input: { qualifier, origin: origin ?? null, replyTo: (call.replyTo ?? null) as unknown as Json },
    },
  });
  return { later: true };
}

export function takeUrlResult(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { replyTo, ...returned } = call.input as unknown as Returned;
  port.reply(replyTo ?? undefined, { ok: finish(state, call, returned, port) });
  return { ok: {} };
}

interface About {
  fn: FunctionState;
  qualifier: string | null;
  url: FunctionUrl;
  origin: string | undefined;
}

function answer({ fn, qualifier, url, origin }: About, { response, why }: Answered, port: Port): Json {
  emitLambda(port, 'lambda:FunctionUrlAnswered', fn.arn, { urlId: url.urlId, qualifier, status: response.status, why });
  return { ...response, headers: { ...response.headers, ...corsHeaders(url.cors, origin) } } as unknown as Json;
}

/** For everybody only the resource policy speaks; whether a signer may, IAM decides before this and before the invocation. */
function missingActions({ authType }: FunctionUrl, policy: FunctionPolicy | null, { type }: Principal): string[] {
  if (authType === 'AWS_IAM') return type === 'anonymous' ? ['lambda:InvokeFunctionUrl'] : [];
  const statements = policy?.statements ?? [];
  const applies = (action: string, effect: string) =>
    statements.some(
      (statement) => statement.Effect === effect && isForEverybody(statement) && names(statement, action) && holds(statement),
    );
  return NEEDED.filter((action) => !applies(action, 'Allow') || applies(action, 'Deny'));
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : value === undefined || value === null ? [] : [String(value)];
}

function isForEverybody({ Principal: principal }: JsonObject): boolean {
  const given = typeof principal === 'object' && principal !== null && !Array.isArray(principal) ? principal.AWS : principal;
  return listOf(given).includes('*');
}

function names({ Action }: JsonObject, action: string): boolean {
  return listOf(Action).some(
    (given) => given === '*' || given.toLowerCase() === 'lambda:*' || given.toLowerCase() === action.toLowerCase(),
  );
}

/** Nobody is known of an anonymous caller but how it came: a condition on anything else does not hold. */
function holds({ Condition: condition }: JsonObject): boolean {
  const known: Record<string, string> = { 'lambda:functionurlauthtype': 'NONE', 'lambda:invokedviafunctionurl': 'true' };
  return Object.entries((condition ?? {}) as Record<string, JsonObject>).every(
    ([operator, keys]) =>
      ['StringEquals', 'StringLike', 'Bool'].includes(operator) &&
      Object.entries(keys).every(([key, values]) => listOf(values).includes(known[key.toLowerCase()] ?? '')),
  );
}
