// From a service's reply to an HTTP answer, in the protocol of the request.
// https://smithy.io/2.0/aws/protocols/index.html
import type { Json, JsonObject } from '../kernel/json';
import { toUtf8 } from './bytes';
import type { Protocol } from './error-response';
import type { HttpResponse } from './http-message';
import { JsonWriter } from './json-codec';
import type { Incoming } from './read-request';
import { writeRestOutput } from './rest-binding';
import { element, XmlWriter } from './xml-codec';

export function writeReply(protocol: Protocol, { model, operation }: Incoming, reply: Json, requestId: string): HttpResponse {
  const output = typeof reply === 'object' && reply !== null && !Array.isArray(reply) ? reply : ({} as JsonObject);
  if (protocol === 'rest') return writeRestOutput(model, operation, output);
  const { output: shape } = operation;
  if (protocol === 'query') {
    const members = shape.kind === 'structure' ? model.members(shape.name) : [];
    if (model.text.isEc2) {
      const content = element('requestId', requestId) + new XmlWriter(model).members(members, output, operation.name);
      return { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: toUtf8(element(`${operation.name}Response`, content)) };
    }
    const result =
      shape.kind === 'structure' ? element(`${operation.name}Result`, new XmlWriter(model).members(members, output, shape.name)) : '';
    const metadata = element('ResponseMetadata', element('RequestId', requestId));
    const body = element(`${operation.name}Response`, result + metadata);
    return { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: toUtf8(body) };
  }
  const headers = { 'content-type': `application/x-amz-json-${protocol.slice('json'.length)}` };
  if (shape.kind !== 'structure') return { statusCode: 200, headers, body: new Uint8Array(0) };
  const written = new JsonWriter(model, false).write(shape, output, shape.name);
  return { statusCode: 200, headers, body: toUtf8(JSON.stringify(written)) };
}
