// Events as values that keep a number's spelling: 300.0 leaves the bus as it came. https://www.rfc-editor.org/rfc/rfc8259
import { JsonError, JsonReader, type Token } from '../pattern/json-reader';

/** A number whose text JavaScript would write in another way. */
export class WrittenNumber {
  constructor(readonly text: string) {}
}

export type EventValue = null | boolean | number | string | WrittenNumber | EventValue[] | EventObject;
export type EventObject = { [name: string]: EventValue };

/** Deeper nesting is refused, as AWS's parser does. */
const DEPTH_MAX = 1000;

/** Null for a text that is not one JSON value. Of a name that comes twice the last one counts. */
export function parseEvent(text: string): EventValue | undefined {
  try {
    const reader = new JsonReader(text);
    const token = reader.next();
    if (!token) return undefined;
    const value = readValue(reader, token, 0);
    return reader.next() === null ? value : undefined;
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** The text has to be an object. */
export function parseEventObject(text: string): EventObject | null {
  const value = parseEvent(text);
  return isObject(value) ? value : null;
}

export function isObject(value: EventValue | undefined): value is EventObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WrittenNumber);
}

function readValue(reader: JsonReader, token: Token, depth: number): EventValue {
  if (depth > DEPTH_MAX) reader.fail(`Document nesting depth (${depth}) exceeds the maximum allowed (${DEPTH_MAX})`);
  switch (token) {
    case 'object-start': {
      const members: EventObject = {};
      while (reader.next() !== 'object-end') {
        const name = reader.text();
        const value = readValue(reader, reader.next() as Token, depth + 1);
        if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
        else members[name] = value;
      }
      return members;
    }
    case 'array-start': {
      const items: EventValue[] = [];
      for (let next = reader.next(); next !== 'array-end'; next = reader.next()) items.push(readValue(reader, next as Token, depth + 1));
      return items;
    }
    case 'string':
      return reader.text();
    case 'true':
    case 'false':
      return token === 'true';
    case 'null':
      return null;
    default: {
      const text = reader.text();
      const number = Number(text);
      return String(number) === text ? number : new WrittenNumber(text);
    }
  }
}

/** Without white space. */
export function writeEvent(value: EventValue): string {
  if (value instanceof WrittenNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeEvent).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${writeEvent(member)}`)
    .join(',')}}`;
}
