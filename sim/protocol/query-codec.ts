// The Query protocol's requests: a form whose names are paths, `Tags.member.1.Key=team`.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
import type { Json, JsonObject } from '../kernel/json';
import type { Member, ServiceModel, Shape } from './model';
import { readTimestamp } from './timestamp';
import { malformedInput } from './wire-error';

/** A path of the form and what stands under it. */
interface Node {
  text: string | null;
  children: Map<string, Node>;
}

/** Longer lists are refused by every API; the bound keeps a hostile form from making holes of its own size. */
const INDEX_MAX = 10_000;
const DEPTH_MAX = 64;

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformedInput('The request is not correctly encoded as a form.');
  }
}

export function parseForm(body: string): Node {
  const root: Node = { text: null, children: new Map() };
  for (const pair of body.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const path = decode(equals < 0 ? pair : pair.slice(0, equals)).split('.');
    if (path.length > DEPTH_MAX) throw malformedInput('The request is nested too deeply.');
    let node = root;
    for (const step of path) {
      let child = node.children.get(step);
      if (!child) {
        child = { text: null, children: new Map() };
        node.children.set(step, child);
      }
      node = child;
    }
    node.text = equals < 0 ? '' : decode(pair.slice(equals + 1));
  }
  return root;
}

/** `Action` and `Version`, which are no members of any input. */
export function textAt(form: Node, name: string): string | null {
  return form.children.get(name)?.text ?? null;
}

export class QueryReader {
  constructor(private readonly model: ServiceModel) {}

  /** EC2's requests begin every name with a capital, and all of their lists are flat. */
  private nameOf({ xmlName, ec2Name }: Member): string {
    return this.model.text.isEc2 ? (ec2Name ?? `${xmlName.charAt(0).toUpperCase()}${xmlName.slice(1)}`) : xmlName;
  }

  read(shape: Shape, node: Node, path: string, isFlattened = false): Json {
    switch (shape.kind) {
      case 'structure': {
        const input: JsonObject = {};
        for (const member of this.model.members(shape.name)) {
          const child = node.children.get(this.nameOf(member));
          const isFlat = member.isFlattened || this.model.text.isEc2 === true;
          if (child) input[member.name] = this.read(member.shape, child, `${path}${member.name}.`, isFlat);
        }
        return input;
      }
      case 'list': {
        const items = isFlattened ? node : (node.children.get(shape.xmlName ?? 'member') ?? null);
        return items === null ? [] : numbered(items).map((item, i) => this.read(shape.member, item, `${path}${i + 1}.`));
      }
      case 'map': {
        const items = isFlattened ? node : (node.children.get('entry') ?? null);
        if (items === null) return {};
        return Object.fromEntries(
          numbered(items).map((entry, i) => {
            const key = entry.children.get(shape.keyXmlName ?? 'key')?.text;
            const value = entry.children.get(shape.valueXmlName ?? 'value');
            if (key === null || key === undefined) throw malformedInput(`${path}${i + 1} has no key.`);
            return [key, value ? this.read(shape.value, value, `${path}${key}.`) : ''];
          }),
        );
      }
      case 'unit':
        return {};
      default:
        return scalar(shape, node.text ?? '', path.slice(0, -1));
    }
  }
}

function numbered(node: Node): Node[] {
  const items: { index: number; item: Node }[] = [];
  for (const [name, item] of node.children) {
    const index = Number(name);
    if (!Number.isInteger(index) || index < 1 || index > INDEX_MAX) throw malformedInput(`${name} is not a position in a list.`);
    items.push({ index, item });
  }
  return items.sort((a, b) => a.index - b.index).map(({ item }) => item);
}

function scalar(shape: Shape, text: string, path: string): Json {
  switch (shape.kind) {
    case 'integer':
      if (!/^[+-]?\d+$/.test(text)) throw malformedInput(`Invalid Integer value for ${path}: '${text}'`);
      return Number(text);
    case 'float':
      if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return text;
      if (text.trim() === '' || Number.isNaN(Number(text))) throw malformedInput(`Invalid Double value for ${path}: '${text}'`);
      return Number(text);
    case 'boolean':
      if (!/^(true|false)$/i.test(text)) throw malformedInput(`Invalid Boolean value for ${path}: '${text}'`);
      return text.toLowerCase() === 'true';
    case 'timestamp': {
      const seconds = readTimestamp(text);
      if (seconds === null) throw malformedInput(`Invalid timestamp value for ${path}: '${text}'`);
      return seconds;
    }
    default:
      return text;
  }
}
