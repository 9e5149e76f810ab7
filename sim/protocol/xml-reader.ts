// XML of requests as a tree, and shapes read from it. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
import type { Json, JsonObject } from '../kernel/json';
import type { Member, ServiceModel, Shape } from './model';
import { readTimestamp } from './timestamp';
import { WireError } from './wire-error';

export interface XmlElement {
  /** Without its namespace prefix. */
  name: string;
  children: XmlElement[];
  text: string;
}

/** Deeper than any request of these APIs. */
const DEPTH_MAX = 32;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function malformed(): WireError {
  return new WireError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
}

function plainText(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return NAMED[entity] ?? whole;
    const code = entity[1] === 'x' || entity[1] === 'X' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;

/** The root element. Throws a WireError for what is no XML document. */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: '', children: [], text: '' };
  const open: XmlElement[] = [top];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index !== at) throw malformed();
    at += match[0].length;
    const [, data, slash, qualified, , empty, characters] = match;
    const parent = open.at(-1) as XmlElement;
    if (data !== undefined) parent.text += data;
    else if (characters !== undefined) parent.text += plainText(characters);
    else if (qualified !== undefined) {
      const name = qualified.slice(qualified.indexOf(':') + 1);
      if (slash === '/') {
        if (parent.name !== name || open.length === 1) throw malformed();
        open.pop();
        continue;
      }
      const element: XmlElement = { name, children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
      if (open.length > DEPTH_MAX) throw malformed();
    }
  }
  const [root] = top.children;
  if (at !== text.length || open.length !== 1 || !root || top.children.length > 1 || top.text.trim() !== '') throw malformed();
  return root;
}

export class XmlReader {
  constructor(private readonly model: ServiceModel) {}

  read(shape: Shape, element: XmlElement): Json {
    switch (shape.kind) {
      case 'structure':
        return this.members(this.model.members(shape.name), element);
      case 'list':
        return element.children.map((child) => this.read(shape.member, child));
      case 'map':
        return Object.fromEntries(element.children.map((entry) => this.entry(shape, entry)));
      default:
        return this.scalar(shape, element.text);
    }
  }

  members(members: readonly Member[], { children }: XmlElement): JsonObject {
    const input: JsonObject = {};
    for (const { name, shape, xmlName, isFlattened } of members) {
      const given = children.filter((child) => child.name === xmlName);
      const [first] = given;
      if (!first) continue;
      if (isFlattened && shape.kind === 'list') input[name] = given.map((child) => this.read(shape.member, child));
      else if (isFlattened && shape.kind === 'map') input[name] = Object.fromEntries(given.map((child) => this.entry(shape, child)));
      else input[name] = this.read(shape, first);
    }
    return input;
  }

  private entry(shape: Extract<Shape, { kind: 'map' }>, { children }: XmlElement): [string, Json] {
    const key = children.find(({ name }) => name === (shape.keyXmlName ?? 'key'));
    const value = children.find(({ name }) => name === (shape.valueXmlName ?? 'value'));
    if (!key || !value) throw malformed();
    return [key.text, this.read(shape.value, value)];
  }

  private scalar(shape: Shape, text: string): Json {
    if (shape.kind === 'integer' || shape.kind === 'float') {
      const value = Number(text);
      if (text.trim() === '' || Number.isNaN(value)) throw malformed();
      return value;
    }
    if (shape.kind === 'boolean') {
      if (text !== 'true' && text !== 'false') throw malformed();
      return text === 'true';
    }
    if (shape.kind === 'timestamp') {
      const seconds = readTimestamp(text);
      if (seconds === null) throw malformed();
      return seconds;
    }
    return text;
  }
}
