// Shapes to and from JSON, for the protocols awsJson1_0, awsJson1_1 and restJson1.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
import type { Json, JsonObject } from '../kernel/json';
import type { Member, ServiceModel, Shape } from './model';
import { readTimestamp, writeTimestamp } from './timestamp';
import { serializationError, unwritable } from './wire-error';

/** Deeper than any API's own types; documents and policies are text. */
const DEPTH_MAX = 64;

/** Numbers that JSON has no spelling for. */
const NOT_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value of the wrong type is called in AWS's message. */
function tokenOf(value: Json): string {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return 'NUMBER_VALUE';
  return value === true ? 'TRUE_VALUE' : 'FALSE_VALUE';
}

function wrongType(value: Json, wanted: string): Error {
  if (Array.isArray(value)) return serializationError('Start of list found where not expected');
  if (isObject(value)) return serializationError('Start of structure or map found where not expected.');
  return serializationError(`${tokenOf(value)} can not be converted to ${wanted}`);
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export class JsonReader {
  /** `usesJsonNames`: restJson1 spells some members in another way. */
  constructor(
    private readonly model: ServiceModel,
    private readonly usesJsonNames: boolean,
  ) {}

  /** The input of a call: members that the API knows, absent where null. Throws a WireError for a value of the wrong type. */
  read(shape: Shape, value: Json, depth = 0): Json {
    if (depth > DEPTH_MAX) throw serializationError('The request is nested too deeply.');
    switch (shape.kind) {
      case 'string':
        if (typeof value !== 'string') throw wrongType(value, 'a String');
        return value;
      case 'integer':
        if (typeof value !== 'number') throw wrongType(value, 'an Integer');
        return Math.trunc(value);
      case 'float':
        if (typeof value !== 'number' && !NOT_FINITE.has(value)) throw wrongType(value, 'a Double');
        return value;
      case 'boolean':
        if (typeof value !== 'boolean') throw wrongType(value, 'a Boolean');
        return value;
      case 'blob':
        if (typeof value !== 'string' || value.length % 4 !== 0 || !BASE64.test(value)) throw wrongType(value, 'a Blob');
        return value;
      case 'timestamp': {
        const seconds = readTimestamp(value);
        if (seconds === null) throw wrongType(value, 'a Timestamp');
        return seconds;
      }
      case 'document':
        return value;
      case 'unit':
        return {};
      case 'list':
        if (!Array.isArray(value)) throw serializationError('Expected list or null');
        return value.filter((item) => item !== null).map((item) => this.read(shape.member, item, depth + 1));
      case 'map':
        if (!isObject(value)) throw serializationError('Expected map or null');
        return Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, this.read(shape.value, item, depth + 1)]])),
        );
      case 'structure':
        if (!isObject(value)) throw serializationError('Unexpected value: a structure was expected.');
        return this.readMembers(this.model.members(shape.name), value, depth);
    }
  }

  readMembers(members: Member[], value: JsonObject, depth = 0): JsonObject {
    const input: JsonObject = {};
    for (const member of members) {
      const name = this.usesJsonNames ? member.jsonName : member.name;
      const given = Object.hasOwn(value, name) ? value[name] : null;
      if (given !== null && given !== undefined) input[member.name] = this.read(member.shape, given, depth + 1);
    }
    return input;
  }
}

export class JsonWriter {
  constructor(
    private readonly model: ServiceModel,
    private readonly usesJsonNames: boolean,
  ) {}

  /** The part of a reply that the API has a name for. Throws a WireError for a value that the shape cannot hold. */
  write(shape: Shape, value: Json, path: string): Json {
    switch (shape.kind) {
      case 'timestamp':
        return writeTimestamp(value, shape.format, 'epoch', path);
      case 'list':
        if (!Array.isArray(value)) throw unwritable(path, 'is no list');
        return value.map((item, i) => (item === null ? null : this.write(shape.member, item, `${path}[${i}]`)));
      case 'map':
        if (!isObject(value)) throw unwritable(path, 'is no map');
        return Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) =>
            item === null || item === undefined ? [] : [[key, this.write(shape.value, item, `${path}.${key}`)]],
          ),
        );
      case 'structure':
        if (!isObject(value)) throw unwritable(path, 'is no structure');
        return this.writeMembers(this.model.members(shape.name), value, path);
      case 'unit':
        return {};
      default:
        checkScalar(shape, value, path);
        return value;
    }
  }

  writeMembers(members: Member[], value: JsonObject, path: string): JsonObject {
    const output: JsonObject = {};
    for (const member of members) {
      const given = value[member.name];
      if (given === null || given === undefined) continue;
      output[this.usesJsonNames ? member.jsonName : member.name] = this.write(member.shape, given, `${path}.${member.name}`);
    }
    return output;
  }
}

/** An SDK would show a wrong type to its caller as if AWS had sent it. */
export function checkScalar(shape: Shape, value: Json, path: string): void {
  if ((shape.kind === 'string' || shape.kind === 'blob') && typeof value !== 'string') throw unwritable(path, 'is no text');
  if (shape.kind === 'boolean' && typeof value !== 'boolean') throw unwritable(path, 'is neither true nor false');
  if (shape.kind === 'integer' && typeof value !== 'number') throw unwritable(path, 'is no number');
  if (shape.kind === 'float' && typeof value !== 'number' && !NOT_FINITE.has(value)) throw unwritable(path, 'is no number');
}
