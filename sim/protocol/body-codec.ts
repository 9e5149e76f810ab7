// Bodies of the REST protocols: JSON in restJson1, XML in restXml. What is bound to paths, queries and headers is alike in both.
// https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
import type { Json, JsonObject } from '../kernel/json';
import { fromUtf8, toUtf8 } from './bytes';
import { JsonReader, JsonWriter } from './json-codec';
import type { Member, Operation, ServiceModel, Shape } from './model';
import { serializationError } from './wire-error';
import { escapeXml, XmlWriter } from './xml-codec';
import { parseXml, XmlReader } from './xml-reader';

export interface BodyCodec {
  contentType: string;
  readMembers(members: Member[], body: Uint8Array): JsonObject;
  /** Of a structure that is the whole body. */
  readStructure(shape: Shape, body: Uint8Array): Json;
  writeMembers(members: Member[], reply: JsonObject, operation: Operation, path: string): Uint8Array;
  writeStructure(shape: Shape, value: Json, path: string): Uint8Array;
}

export function bodyCodecOf(model: ServiceModel): BodyCodec {
  return model.text.isXml ? xmlCodec(model) : jsonCodec(model);
}

export function parseJsonObject(body: Uint8Array): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(body));
  } catch {
    throw serializationError('The request body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serializationError('The request body is no JSON object.');
  }
  return value as JsonObject;
}

function jsonCodec(model: ServiceModel): BodyCodec {
  const [reader, writer] = [new JsonReader(model, true), new JsonWriter(model, true)];
  return {
    contentType: 'application/json',
    readMembers: (members, body) => reader.readMembers(members, parseJsonObject(body)),
    readStructure: (shape, body) => reader.read(shape, parseJsonObject(body)),
    writeMembers: (members, reply, _operation, path) => toUtf8(JSON.stringify(writer.writeMembers(members, reply, path))),
    writeStructure: (shape, value, path) => toUtf8(JSON.stringify(writer.write(shape, value, path))),
  };
}

const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';

function xmlCodec(model: ServiceModel): BodyCodec {
  const [reader, writer] = [new XmlReader(model), new XmlWriter(model)];
  const document = (root: string, content: string) =>
    toUtf8(`${PROLOG}<${root} xmlns="${escapeXml(`http://s3.amazonaws.com/doc/${model.text.version}/`)}">${content}</${root}>`);
  return {
    contentType: 'application/xml',
    readMembers: (members, body) => (body.length === 0 ? {} : reader.members(members, parseXml(fromUtf8(body)))),
    readStructure: (shape, body) => reader.read(shape, parseXml(fromUtf8(body))),
    writeMembers: (members, reply, { http, output }, path) => {
      const root = http?.xmlRoot ?? (output.kind === 'structure' ? output.name : '');
      const content = writer.members(members, reply, path);
      // The one member of GetBucketLocation's answer is the root itself.
      return document(root, members.length === 1 && members[0]?.xmlName === root ? String(reply[members[0].name] ?? '') : content);
    },
    writeStructure: (shape, value, path) =>
      shape.kind === 'structure'
        ? document(shape.name, writer.members(model.members(shape.name), value as JsonObject, path))
        : toUtf8(String(value)),
  };
}
