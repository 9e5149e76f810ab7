// Faults as each protocol writes them, so that a client finds its typed exception again.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
import type { Fault } from '../kernel/call';
import type { JsonObject } from '../kernel/json';
import { toUtf8 } from './bytes';
import type { HttpResponse } from './http-message';
import { JsonWriter } from './json-codec';
import type { ErrorShape, Member, ServiceModel } from './model';
import { element, escapeXml, XmlWriter } from './xml-codec';

export type Protocol = 'query' | 'json1.0' | 'json1.1' | 'rest';

export function writeFault(model: ServiceModel, protocol: Protocol, fault: Fault, requestId: string): HttpResponse {
  const shape = model.error(fault.code);
  return protocol === 'query' ? queryFault(model, shape, fault, requestId) : jsonFault(model, shape, protocol, fault);
}

/** The fault's members under the names that the error's shape gives them. */
function membersOf(shape: ErrorShape | null, fault: Fault): JsonObject {
  const members: JsonObject = { ...fault.body };
  const message = shape?.members.find(({ name }) => name.toLowerCase() === 'message')?.name ?? 'message';
  delete members.message;
  delete members.Message;
  members[message] = fault.message;
  // Lambda says in its errors whose fault it is.
  if (shape?.members.some(({ name }) => name === 'Type') && members.Type === undefined)
    members.Type = fault.side === 'client' ? 'User' : 'Service';
  return members;
}

function queryFault(model: ServiceModel, shape: ErrorShape | null, fault: Fault, requestId: string): HttpResponse {
  if (model.text.isEc2) {
    const error = element('Error', element('Code', escapeXml(fault.code)) + element('Message', escapeXml(fault.message)));
    const body = `<Response>${element('Errors', error)}${element('RequestID', requestId)}</Response>`;
    return { statusCode: fault.status, headers: { 'content-type': 'text/xml' }, body: toUtf8(body) };
  }
  const extra = (shape?.members ?? []).filter(({ name }) => name.toLowerCase() !== 'message');
  const error = [
    element('Type', fault.side === 'client' ? 'Sender' : 'Receiver'),
    element('Code', escapeXml(shape?.code ?? fault.code)),
    element('Message', escapeXml(fault.message)),
    new XmlWriter(model).members(extra, fault.body ?? {}, fault.code),
  ].join('');
  const body = `<ErrorResponse>${element('Error', error)}${element('RequestId', requestId)}</ErrorResponse>`;
  return { statusCode: fault.status, headers: { 'content-type': 'text/xml' }, body: toUtf8(body) };
}

function jsonFault(model: ServiceModel, shape: ErrorShape | null, protocol: Protocol, fault: Fault): HttpResponse {
  const name = shape?.name ?? fault.code;
  const headers: Record<string, string> = {
    'content-type': protocol === 'rest' ? 'application/json' : `application/x-amz-json-${protocol.slice('json'.length)}`,
  };
  const members = membersOf(shape, fault);
  const known: Member[] = (shape?.members ?? []).filter(({ binding }) => binding.in === 'body');
  for (const { name: member, binding } of shape?.members ?? []) {
    const value = members[member];
    if (binding.in === 'header' && value !== undefined && value !== null) headers[binding.name] = String(value);
    if (binding.in === 'header') delete members[member];
  }
  const body = { ...members, ...new JsonWriter(model, false).writeMembers(known, members, name) };
  if (protocol === 'rest') headers['x-amzn-errortype'] = name;
  else body.__type = protocol === 'json1.0' ? `${model.text.namespace}#${name}` : name;
  if (model.text.isQueryCompatible) {
    headers['x-amzn-query-error'] = `${shape?.code ?? fault.code};${fault.side === 'client' ? 'Sender' : 'Receiver'}`;
  }
  return { statusCode: fault.status, headers, body: toUtf8(JSON.stringify(body)) };
}
