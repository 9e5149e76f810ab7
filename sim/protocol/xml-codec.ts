// The Query protocol's answers: XML in which a list's items are `member` elements and a map's are `entry` elements.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization
import type { Json, JsonObject } from '../kernel/json';
import { checkScalar } from './json-codec';
import type { Member, ServiceModel, Shape } from './model';
import { writeTimestamp } from './timestamp';
import { unwritable } from './wire-error';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;', '\n': '&#xA;' };

/** Line ends would be normalised, and text of white space alone dropped, by a reader of XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n]/g, (character) => ESCAPES[character] ?? character);
}

export function element(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

export class XmlWriter {
  constructor(private readonly model: ServiceModel) {}

  /** The members of a structure as elements, one after another. */
  members(members: Member[], value: JsonObject, path: string): string {
    let text = '';
    for (const member of members) {
      const given = value[member.name];
      if (given !== null && given !== undefined) text += this.member(member, given, `${path}.${member.name}`);
    }
    return text;
  }

  private member(member: Member, value: Json, path: string): string {
    const { shape, xmlName, isFlattened } = member;
    if (!isFlattened) return element(xmlName, this.content(shape, value, path));
    if (shape.kind === 'list') return this.items(shape.member, value, xmlName, path);
    if (shape.kind === 'map') return this.entries(shape, value, xmlName, path);
    return element(xmlName, this.content(shape, value, path));
  }

  private content(shape: Shape, value: Json, path: string): string {
    switch (shape.kind) {
      case 'structure':
        if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unwritable(path, 'is no structure');
        return this.members(this.model.members(shape.name), value, path);
      case 'list':
        return this.items(shape.member, value, shape.xmlName ?? 'member', path);
      case 'map':
        return this.entries(shape, value, 'entry', path);
      case 'timestamp':
        return String(writeTimestamp(value, shape.format, 'iso', path));
      default:
        checkScalar(shape, value, path);
        return escapeXml(String(value));
    }
  }

  private items(member: Shape, value: Json, name: string, path: string): string {
    if (!Array.isArray(value)) throw unwritable(path, 'is no list');
    return value.map((item, i) => element(name, this.content(member, item, `${path}[${i}]`))).join('');
  }

  private entries(shape: Extract<Shape, { kind: 'map' }>, value: Json, name: string, path: string): string {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unwritable(path, 'is no map');
    return Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([key, item]) => {
        const keyText = element(shape.keyXmlName ?? 'key', escapeXml(key));
        return element(name, keyText + element(shape.valueXmlName ?? 'value', this.content(shape.value, item, `${path}.${key}`)));
      })
      .join('');
  }
}
