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

const ANONYMOUS: Principal = { type: 'anonymous', id: 'anonymous', account: '' };

/** The world's own action: an HTTP request to whichever function the host names. Answers an HTTP response, never a fault. */
export function requestFunctionUrl(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const request = call.input as unknown as UrlRequest;
  const target = state.urls[splitUrl(request.url).host.split('.')[0] ?? ''];
  if (!target) return { ok: NO_SUCH_URL as unknown as Json };
  const replyTo: Continuation = {
    to: 'call',
    action: 'lambda:TakeUrlReply',
    resource: target.functionArn,
    input: { replyTo: (call.replyTo ?? null) as unknown as Json },
  };
  port.call({
    action: 'lambda:InvokeFunctionUrl',
    resource: qualifiedArn(target.functionArn, target.qualifier),
    input: call.input,
    principal: call.principal.type === 'world' ? call.principal : callerOf(state, target, call.principal),
    origin: call.origin,
    context: urlContext(state, target),
    replyTo,
  });
  return { later: true };
}

type Target = LambdaState['urls'][string];

function urlContext(state: Readonly<LambdaState>, { functionArn, qualifier }: Target): Record<string, string> {
  const fn = state.functions[functionArn];
  const authType = fn && settingsAt(fn, qualifier).url?.authType;
  return authType ? { 'lambda:FunctionUrlAuthType': authType } : {};
}

/** A URL without authentication does not look at signatures. */
function callerOf(state: Readonly<LambdaState>, { functionArn, qualifier }: Target, principal: Principal): Principal {
  const fn = state.functions[functionArn];
  return fn && settingsAt(fn, qualifier).url?.authType === 'NONE' ? ANONYMOUS : principal;
}

/** What the guards refused becomes an HTTP response too. */
export function takeUrlReply(_state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { replyTo, reply } = call.input as unknown as { replyTo: Continuation | null; reply: { ok?: Json; fault?: Fault } };
  const ok = reply.ok ?? (fromReply({ ...(reply.fault ? { fault: reply.fault } : {}) }).response as unknown as Json);
  port.reply(replyTo ?? undefined, { ok });
  return { ok: {} };
}

/** IAM's action for the URL of a function or alias. Input: the HTTP request; answers the response. */
export function invokeFunctionUrl(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const located = locate(state, call);
  if ('fault' in located) return located;
  const { fn, qualifier } = located;
  const { url, policy } = settingsAt(fn, qualifier);
  if (!url) return notFound('The resource you requested does not exist.');
  const request = { method: 'GET', headers: {}, body: '', ...call.input } as unknown as UrlRequest;
  const { path } = splitUrl(request.url);
  emitLambda(port, 'lambda:FunctionUrlRequested', fn.arn, { urlId: url.urlId, qualifier, method: request.method, path });
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const about = { fn, qualifier, url, origin: headers.origin };
  if (url.cors && request.method.toUpperCase() === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
    return { ok: answer(about, { response: preflight(url.cors, headers), why: { reason: 'answered' } }, port) };
  }
  const missing = missingActions(url, policy, call.principal);
  if (missing.length > 0) return { ok: answer(about, forbidden(missing), port) };
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
      input: { qualifier, origin: headers.origin ?? null, replyTo: (call.replyTo ?? null) as unknown as Json },
    },
  });
  return { later: true };
}

export function takeUrlResult(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const { qualifier, origin, replyTo, reply } = call.input as unknown as {
    qualifier: string | null;
    origin: string | null;
    replyTo: Continuation | null;
    reply: { ok?: JsonObject; fault?: Fault };
  };
  const fn = state.functions[call.resource];
  const url = fn && settingsAt(fn, qualifier).url;
  const answered = fromReply(reply);
  const ok =
    fn && url ? answer({ fn, qualifier, url, origin: origin ?? undefined }, answered, port) : (answered.response as unknown as Json);
  port.reply(replyTo ?? undefined, { ok });
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
