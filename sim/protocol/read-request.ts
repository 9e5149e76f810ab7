// From an HTTP request to an operation with its input, whichever protocol the client speaks.
// https://smithy.io/2.0/aws/protocols/index.html
import type { JsonObject } from '../kernel/json';
import { parseJsonObject } from './body-codec';
import { fromUtf8, toUtf8 } from './bytes';
import type { Protocol } from './error-response';
import { type Destination, type HttpRequest, headerOf } from './http-message';
import { JsonReader } from './json-codec';
import type { Operation, ServiceModel } from './model';
import { prefixNamed } from './models';
import { parseForm, QueryReader, textAt } from './query-codec';
import { findRestOperation, readRestInput } from './rest-binding';
import { serializationError, WireError } from './wire-error';
import { decompress } from './zip';

export interface Incoming {
  model: ServiceModel;
  operation: Operation;
  input: JsonObject;
}

/** The longest request of these APIs is CreateFunction's with a package of 50 MB in base64. LAM-ENV-X01. */
const BODY_BYTES_MAX = 72_000_000;

/** The IAM prefix of the service that a request is for. */
export function prefixOf(request: HttpRequest, { signedAs, host }: Destination): string | null {
  const target = headerOf(request, 'x-amz-target')?.split('.')[0] ?? null;
  return prefixNamed({ signedAs }) ?? prefixNamed({ target }) ?? prefixNamed({ host });
}

export function protocolOf(request: HttpRequest): Protocol {
  const type = headerOf(request, 'content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'query';
  if (type.startsWith('application/x-amz-json-1.0')) return 'json1.0';
  if (type.startsWith('application/x-amz-json-1.1')) return 'json1.1';
  const other = headerOf(request, 'smithy-protocol');
  if (other !== null) throw new Error(`The protocol ${other} is not understood here: use the client's default protocol.`);
  return 'rest';
}

export async function readRequest(model: ServiceModel, protocol: Protocol, request: HttpRequest): Promise<Incoming> {
  const body = await bodyOf(request);
  if (protocol === 'query') {
    const form = parseForm(fromUtf8(body));
    const operation = operationNamed(model, textAt(form, 'Action'));
    return { model, operation, input: new QueryReader(model).read(operation.input, form, '') as JsonObject };
  }
  if (protocol === 'rest') {
    const found = findRestOperation(model, request);
    const operation = operationNamed(model, found?.name ?? null);
    return { model, operation, input: readRestInput(model, operation, found?.labels ?? {}, request, body) };
  }
  const target = headerOf(request, 'x-amz-target') ?? '';
  const operation = operationNamed(model, target.slice(target.lastIndexOf('.') + 1));
  return { model, operation, input: new JsonReader(model, false).read(operation.input, parseJsonObject(body)) as JsonObject };
}

function operationNamed(model: ServiceModel, name: string | null): Operation {
  const operation = name ? model.operation(name) : null;
  if (operation) return operation;
  if (name && model.isUnsupported(name)) {
    throw new WireError('UnknownOperationException', `${name} of ${model.text.prefix} is not part of this simulator.`, 404);
  }
  throw new WireError('UnknownOperationException', `The API of ${model.text.prefix} has no operation ${name || 'at this path'}.`, 404);
}

async function bodyOf(request: HttpRequest): Promise<Uint8Array> {
  const bytes = toBytes(request.body);
  if (bytes.length > BODY_BYTES_MAX) throw new WireError('RequestEntityTooLargeException', `${bytes.length} bytes are too many.`, 413);
  return headerOf(request, 'content-encoding') === 'gzip' ? await gunzip(bytes) : bytes;
}

function toBytes(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === 'string') return toUtf8(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new Error('The body of a request is text or bytes here; a stream has to be read first.');
}

/** The CloudWatch client compresses what is longer than 10 KB. */
async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await decompress(bytes, 'gzip', BODY_BYTES_MAX);
  } catch {
    throw serializationError('The request body is not valid gzip.');
  }
}
