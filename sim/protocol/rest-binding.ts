// restJson1 and restXml: which operation a method and path mean, and members in paths, queries, headers and bodies.
// https://smithy.io/2.0/spec/http-bindings.html
import type { Json, JsonObject } from '../kernel/json';
import { bodyCodecOf } from './body-codec';
import { fromBase64, fromUtf8, textOf, toBase64, toUtf8 } from './bytes';
import { type HttpRequest, type HttpResponse, headerOf } from './http-message';
import type { Member, Operation, ServiceModel, Shape } from './model';
import { readTimestamp, writeTimestamp } from './timestamp';
import { serializationError, unwritable } from './wire-error';

/** Binary bodies that are text to their service: they cross as they are and not as base64. */
const TEXT_PAYLOADS: ReadonlySet<string> = new Set(['lambda:Invoke']);

/** Bodies of objects: text where they are text; else base64, and the member `$bodyEncoding` says so. */
const MARKED_PAYLOADS: ReadonlySet<string> = new Set(['s3:PutObject', 's3:UploadPart', 's3:GetObject']);

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw serializationError('The path of the request is not correctly encoded.');
  }
}

/** Label values by name; `{Name+}` takes the rest of the path. Null when the path is another. */
export function matchPath(template: string, path: string): Record<string, string> | null {
  const wanted = template.replace(/\/$/, '').split('/');
  const given = path.replace(/\/$/, '').split('/');
  const labels: Record<string, string> = {};
  for (const [i, segment] of wanted.entries()) {
    const label = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (label?.[2] === '+') {
      labels[label[1] ?? ''] = given.slice(i).map(decodeSegment).join('/');
      return given.length > i ? labels : null;
    }
    const value = given[i];
    if (value === undefined) return null;
    if (label) {
      if (value === '') return null;
      labels[label[1] ?? ''] = decodeSegment(value);
    } else if (segment !== value) return null;
  }
  return wanted.length === given.length ? labels : null;
}

/** The operation's name and its labels. Literal paths win over labels: `/functions/x/aliases` is no function. */
export function findRestOperation(model: ServiceModel, request: HttpRequest): { name: string; labels: Record<string, string> } | null {
  let best: { name: string; labels: Record<string, string> } | null = null;
  for (const name of model.allNames()) {
    const http = model.httpOf(name);
    if (http?.method !== request.method) continue;
    const [template = '', search] = http.path.split('?');
    if (search && !Object.keys(request.query ?? {}).includes(search.split('=')[0] ?? '')) continue;
    const labels = matchPath(template, request.path);
    if (!labels) continue;
    // Among templates of one path, `?find=LayerVersion` says more than none.
    if (!best || search || Object.keys(labels).length < Object.keys(best.labels).length) best = { name, labels };
    if (search) break;
  }
  return best;
}

export function readRestInput(
  model: ServiceModel,
  operation: Operation,
  labels: Record<string, string>,
  request: HttpRequest,
  body: Uint8Array,
): JsonObject {
  if (operation.input.kind !== 'structure') return {};
  const members = model.members(operation.input.name);
  const input: JsonObject = {};
  const inBody: Member[] = [];
  for (const member of members) {
    const { binding, name, shape } = member;
    if (binding.in === 'body') inBody.push(member);
    else if (binding.in === 'payload') {
      const isMarked = MARKED_PAYLOADS.has(`${model.text.prefix}:${operation.name}`);
      if (isMarked) Object.assign(input, readMarked(name, body));
      else if (body.length > 0) input[name] = readPayload(model, operation, member, body);
    } else if (binding.in === 'path') {
      const text = labels[name];
      if (text !== undefined) input[name] = fromText(shape, text);
    } else if (binding.in === 'header') {
      const text = headerOf(request, binding.name);
      if (text !== null) input[name] = fromText(shape, text);
    } else if (binding.in === 'headerPrefix') {
      input[name] = Object.fromEntries(
        Object.entries(request.headers)
          .filter(([header]) => header.toLowerCase().startsWith(binding.name))
          .map(([header, text]) => [header.slice(binding.name.length), text]),
      );
    } else if (binding.in === 'query') {
      const given = request.query?.[binding.name];
      if (given === null || given === undefined) continue;
      const texts = Array.isArray(given) ? given : [given];
      input[name] = shape.kind === 'list' ? texts.map((text) => fromText(shape.member, text)) : fromText(shape, texts[0] ?? '');
    }
  }
  if (inBody.length === 0 || members.some(({ binding }) => binding.in === 'payload')) return input;
  return { ...input, ...bodyCodecOf(model).readMembers(inBody, body) };
}

function readPayload(model: ServiceModel, operation: Operation, { shape }: Member, body: Uint8Array): Json {
  if (shape.kind === 'blob') return TEXT_PAYLOADS.has(`${model.text.prefix}:${operation.name}`) ? fromUtf8(body) : toBase64(body);
  if (shape.kind === 'string') return fromUtf8(body);
  return bodyCodecOf(model).readStructure(shape, body);
}

function readMarked(name: string, body: Uint8Array): JsonObject {
  const text = textOf(body);
  return text === null ? { [name]: toBase64(body), $bodyEncoding: 'base64' } : { [name]: text };
}

function fromText(shape: Shape, text: string): Json {
  if (shape.kind === 'integer' || shape.kind === 'float') {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw serializationError('STRING_VALUE can not be converted to an Integer');
    return value;
  }
  if (shape.kind === 'boolean') {
    if (text !== 'true' && text !== 'false') throw serializationError('STRING_VALUE can not be converted to a Boolean');
    return text === 'true';
  }
  if (shape.kind === 'timestamp') {
    const seconds = readTimestamp(text);
    if (seconds === null) throw serializationError('STRING_VALUE can not be converted to a Timestamp');
    return seconds;
  }
  if (shape.kind === 'list') return text.split(',').map((item) => fromText(shape.member, item.trim()));
  return text;
}

export function writeRestOutput(model: ServiceModel, operation: Operation, reply: JsonObject): HttpResponse {
  const headers: Record<string, string> = {};
  const response: HttpResponse = { statusCode: operation.http?.status ?? 200, headers, body: new Uint8Array(0) };
  if (operation.output.kind !== 'structure') return response;
  const inBody: Member[] = [];
  let hasPayload = false;
  for (const member of model.members(operation.output.name)) {
    const { binding, name, shape } = member;
    hasPayload ||= binding.in === 'payload';
    if (binding.in === 'body') inBody.push(member);
    const value = reply[name];
    if (value === null || value === undefined) continue;
    const path = `${operation.output.name}.${name}`;
    if (binding.in === 'status' && typeof value === 'number') response.statusCode = value;
    else if (binding.in === 'header') headers[binding.name] = toHeader(shape, value, path);
    else if (binding.in === 'headerPrefix') Object.assign(headers, prefixed(binding.name, value));
    else if (binding.in === 'payload') {
      const isText = reply.$bodyEncoding !== 'base64' && MARKED_PAYLOADS.has(`${model.text.prefix}:${operation.name}`);
      response.body = isText && typeof value === 'string' ? toUtf8(value) : writePayload(model, operation, member, value, path);
      if (shape.kind === 'structure') headers['content-type'] = bodyCodecOf(model).contentType;
    }
  }
  const { httpStatusCode } = (reply.$metadata ?? {}) as JsonObject;
  if (typeof httpStatusCode === 'number') response.statusCode = httpStatusCode;
  if (hasPayload || response.statusCode === 204 || operation.http?.method === 'HEAD') return response;
  const codec = bodyCodecOf(model);
  // An answer whose members are all headers has no body in XML.
  if (model.text.isXml && inBody.length === 0) return response;
  response.body = codec.writeMembers(inBody, reply, operation, operation.output.name);
  headers['content-type'] = codec.contentType;
  return response;
}

function prefixed(prefix: string, value: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, text]) => [`${prefix}${name}`, String(text)]));
}

function writePayload(model: ServiceModel, operation: Operation, { shape }: Member, value: Json, path: string): Uint8Array {
  if (shape.kind !== 'blob' && shape.kind !== 'string') return bodyCodecOf(model).writeStructure(shape, value, path);
  if (typeof value !== 'string') throw unwritable(path, 'is no text');
  const isText = shape.kind === 'string' || TEXT_PAYLOADS.has(`${model.text.prefix}:${operation.name}`);
  return isText ? toUtf8(value) : fromBase64(value);
}

function toHeader(shape: Shape, value: Json, path: string): string {
  if (shape.kind === 'timestamp') return String(writeTimestamp(value, shape.format, 'http', path));
  if (shape.kind === 'list' && Array.isArray(value)) return value.map((item) => toHeader(shape.member, item, path)).join(',');
  return String(value);
}
