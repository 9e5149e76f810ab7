// API destinations: an HTTPS call with a connection's authorization, at most so many a second, answered within 5 s. EB-X36.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
import { type ApiCall, type Continuation, clientFault, type Fault, type Reply, serverFault } from '../../../kernel/call';
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import type { Ms } from '../../../kernel/time';
import { withoutId } from '../arns';
import type { Connection, EventsState, Invocation } from '../state';
import { fail, settle } from './settle';

const TIMEOUT_MS: Ms = 5000;

interface Parameter {
  Key: string;
  Value: string;
}

function parametersIn(source: Json | undefined, member: string): Parameter[] {
  const parameters = (source as JsonObject | undefined)?.[member];
  return (parameters as Parameter[] | undefined) ?? [];
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function basic(user: Json | undefined, password: Json | undefined): string {
  return `Basic ${base64(`${user}:${password}`)}`;
}

/** Headers that prove who calls. A token of OAuth comes with its own call before. */
function authorizationOf({ authorizationType, authParameters }: Connection, token: string | null): Record<string, string> {
  const parameters = authParameters as Record<string, JsonObject | undefined>;
  if (authorizationType === 'BASIC') {
    const { Username, Password } = parameters.BasicAuthParameters ?? {};
    return { authorization: basic(Username, Password) };
  }
  if (authorizationType === 'API_KEY') {
    const { ApiKeyName, ApiKeyValue } = parameters.ApiKeyAuthParameters ?? {};
    return { [String(ApiKeyName).toLowerCase()]: String(ApiKeyValue) };
  }
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

export function callDestination(
  state: Readonly<EventsState>,
  invocation: Invocation,
  text: string,
  replyTo: Continuation,
  port: Port,
): void {
  const destination = state.destinations[withoutId(invocation.target.Arn)];
  const connection = destination && state.connections[withoutId(destination.connectionArn)];
  if (!destination || !connection) {
    fail(
      invocation,
      {
        code: 'NO_RESOURCE',
        message: `The API destination ${invocation.target.Arn} or its connection does not exist.`,
        isRetryable: false,
      },
      port,
    );
    return;
  }
  const slotAt = Math.max(port.now, destination.nextSlotAt);
  port.emit('events:DestinationSlotTaken', destination.arn, {
    invocationId: invocation.id,
    slotAt,
    nextSlotAt: slotAt + 1000 / destination.ratePerSecond,
  });
  const input = {
    invocationId: invocation.id,
    attempt: invocation.attempts,
    text,
    destination: withoutId(destination.arn),
    replyTo: replyTo as unknown as JsonObject,
  };
  const isOauth = connection.authorizationType === 'OAUTH_CLIENT_CREDENTIALS';
  port.call({ action: isOauth ? 'events:RequestToken' : 'events:SendRequest', resource: invocation.ruleArn, input }, slotAt - port.now);
}

interface Sending {
  invocationId: string;
  attempt: number;
  text: string;
  destination: string;
  replyTo: Continuation;
  reply?: { ok?: { status: number; body: string }; fault?: Fault };
}

function connectionFor(state: Readonly<EventsState>, sending: Sending) {
  const destination = state.destinations[sending.destination];
  const connection = destination && state.connections[withoutId(destination.connectionArn)];
  return destination && connection ? { destination, connection } : null;
}

/** The token is fetched for each call. Simplified: EventBridge keeps it until the endpoint answers 401 or 407. */
export function requestToken(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const sending = call.input as unknown as Sending;
  const found = connectionFor(state, sending);
  if (!found) return refuse(state, sending, clientFault('NotFound', 'The API destination no longer exists.', 404), port);
  const oauth = (found.connection.authParameters.OAuthParameters ?? {}) as Record<string, Json>;
  const client = (oauth.ClientParameters ?? {}) as Record<string, Json>;
  request(port, {
    url: new URL(String(oauth.AuthorizationEndpoint)),
    method: String(oauth.HttpMethod ?? 'POST'),
    headers: { authorization: basic(client.ClientID, client.ClientSecret), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
    replyTo: { to: 'call', action: 'events:SendRequest', resource: call.resource, input: call.input },
  });
  return { ok: {} };
}

function refuse(state: Readonly<EventsState>, sending: Sending, fault: { fault: Fault }, port: Port): Reply {
  const invocation = state.invocations[sending.invocationId];
  if (invocation?.attempts === sending.attempt) settle(invocation, fault, port);
  return { ok: {} };
}

function tokenIn(reply: Sending['reply']): string | null {
  try {
    const token: unknown = JSON.parse(reply?.ok?.body ?? '').access_token;
    return typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}

export function sendRequest(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const sending = call.input as unknown as Sending;
  const found = connectionFor(state, sending);
  const invocation = state.invocations[sending.invocationId];
  if (!invocation || invocation.attempts !== sending.attempt) return { ok: {} };
  if (!found) return refuse(state, sending, clientFault('NotFound', 'The API destination no longer exists.', 404), port);
  const { destination, connection } = found;
  const token = tokenIn(sending.reply);
  if (connection.authorizationType === 'OAUTH_CLIENT_CREDENTIALS' && token === null) {
    return refuse(state, sending, serverFault('Unauthorized', 'The authorization endpoint gave no token.', 502), port);
  }
  const http = (invocation.target.HttpParameters ?? {}) as JsonObject;
  let path = 0;
  const values = (http.PathParameterValues ?? []) as string[];
  const url = new URL(destination.endpoint.replace(/\*/g, () => encodeURIComponent(values[path++] ?? '')));
  for (const [key, value] of Object.entries((http.QueryStringParameters ?? {}) as Record<string, string>))
    url.searchParams.append(key, value);
  const more = connection.authParameters.InvocationHttpParameters;
  for (const { Key, Value } of parametersIn(more, 'QueryStringParameters')) url.searchParams.append(Key, Value);
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
  };
  for (const [key, value] of Object.entries((http.HeaderParameters ?? {}) as Record<string, string>)) headers[key.toLowerCase()] = value;
  for (const { Key, Value } of parametersIn(more, 'HeaderParameters')) headers[Key.toLowerCase()] = Value;
  Object.assign(headers, authorizationOf(connection, token));
  const input = { invocationId: invocation.id, attempt: invocation.attempts };
  const { method } = destination;
  const body = method === 'GET' || method === 'HEAD' ? '' : bodyWith(sending.text, parametersIn(more, 'BodyParameters'));
  request(port, { url, method, headers, body, replyTo: { to: 'call', action: 'events:SettleRequest', resource: call.resource, input } });
  port.call({ action: 'events:TimeOutTarget', resource: call.resource, input, key: timeoutKey(invocation.id) }, TIMEOUT_MS);
  return { ok: {} };
}

/** Body parameters join a JSON object. */
function bodyWith(text: string, parameters: Parameter[]): string {
  if (parameters.length === 0) return text;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return text;
    return JSON.stringify({ ...body, ...Object.fromEntries(parameters.map(({ Key, Value }) => [Key, Value])) });
  } catch {
    return text;
  }
}

function timeoutKey(invocationId: string): string {
  return `events:timeout:${invocationId}`;
}

interface HttpCall {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string;
  replyTo: Continuation;
}

function request(port: Port, { url, method, headers, body, replyTo }: HttpCall): void {
  port.call({ action: 'internet:Request', resource: url.origin, input: { url: url.href, method, headers, body }, replyTo });
}

/** EB-X36: 429 and 5xx are tried again, other 4xx are not. */
export function settleRequest(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const sending = call.input as unknown as Sending;
  const invocation = state.invocations[sending.invocationId];
  if (invocation?.attempts !== sending.attempt) return { ok: {} };
  port.cancel(timeoutKey(invocation.id));
  const { ok, fault } = sending.reply ?? {};
  const status = ok?.status ?? 0;
  if (fault) settle(invocation, { fault }, port);
  else if (status >= 200 && status < 300) settle(invocation, {}, port);
  else {
    const message = `The endpoint answered with status ${status}.`;
    const isRetryable = status === 429 || status >= 500;
    fail(
      invocation,
      { code: status === 429 ? 'THROTTLING' : isRetryable ? 'ERROR_FROM_TARGET' : 'SDK_CLIENT_ERROR', message, isRetryable },
      port,
    );
  }
  return { ok: {} };
}
