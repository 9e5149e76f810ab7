// JSON with the place of every value, since SNS's rejections say where in a filter policy the fault is.
// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html

interface Placed {
  /** Characters that the parser has read when it sees this value: past a string's opening quote, past any other token. */
  at: number;
}

export interface ObjectNode extends Placed {
  kind: 'object';
  members: { name: string; value: JsonNode }[];
}

export interface ArrayNode extends Placed {
  kind: 'array';
  items: JsonNode[];
  /** Characters read when the array ends. */
  end: number;
}

export interface ScalarNode extends Placed {
  kind: 'string' | 'number' | 'boolean' | 'null';
  /** The string itself; of anything else its spelling. */
  text: string;
}

export type JsonNode = ObjectNode | ArrayNode | ScalarNode;

export class JsonTextError extends Error {}

/** Nesting beyond this is refused, as AWS's parser does. */
const DEPTH_MAX = 1000;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const STRING_BODY = /(?:[^"\\]|\\[\s\S])*"/y;
const SPACE = /[ \t\r\n]*/y;

/** Throws a JsonTextError on anything that is not one JSON value. */
export function parseJsonText(source: string): JsonNode {
  let position = 0;

  function skipSpace(): void {
    SPACE.lastIndex = position;
    SPACE.exec(source);
    position = SPACE.lastIndex;
  }

  function take(pattern: RegExp): string | null {
    pattern.lastIndex = position;
    const match = pattern.exec(source);
    if (!match) return null;
    position = pattern.lastIndex;
    return match[0];
  }

  function expect(character: string): void {
    skipSpace();
    if (source[position] !== character) throw new JsonTextError(`'${character}' expected at ${position}`);
    position++;
  }

  function string(): ScalarNode {
    expect('"');
    const at = position;
    const body = take(STRING_BODY);
    if (body === null) throw new JsonTextError(`String without end at ${at}`);
    try {
      return { kind: 'string', at, text: JSON.parse(`"${body}`) as string };
    } catch {
      throw new JsonTextError(`Malformed string at ${at}`);
    }
  }

  function value(depth: number): JsonNode {
    if (depth > DEPTH_MAX) throw new JsonTextError('Nested too deeply');
    skipSpace();
    const first = source[position];
    if (first === '"') return string();
    if (first === '{') return object(depth);
    if (first === '[') return array(depth);
    const word = take(WORD);
    if (word !== null) return { kind: word === 'null' ? 'null' : 'boolean', at: position, text: word };
    const number = take(NUMBER);
    if (number === null) throw new JsonTextError(`Value expected at ${position}`);
    return { kind: 'number', at: position, text: number };
  }

  function object(depth: number): ObjectNode {
    const node: ObjectNode = { kind: 'object', at: ++position, members: [] };
    skipSpace();
    if (source[position] === '}') {
      position++;
      return node;
    }
    for (;;) {
      skipSpace();
      const name = string().text;
      expect(':');
      node.members.push({ name, value: value(depth + 1) });
      skipSpace();
      if (source[position] !== ',') break;
      position++;
    }
    expect('}');
    return node;
  }

  function array(depth: number): ArrayNode {
    const node: ArrayNode = { kind: 'array', at: ++position, items: [], end: 0 };
    skipSpace();
    if (source[position] !== ']') {
      for (;;) {
        node.items.push(value(depth + 1));
        skipSpace();
        if (source[position] !== ',') break;
        position++;
      }
    }
    expect(']');
    node.end = position;
    return node;
  }

  const node = value(0);
  skipSpace();
  if (position < source.length) throw new JsonTextError(`Nothing expected at ${position}`);
  return node;
}

/** Characters of the source that a message quotes. */
const SNIPPET_MAX = 500;

/** ` at [Source: (String)"…"; line: 1, column: 28]`, on a line of its own. */
export function describePlace(source: string, at: number): string {
  const before = source.slice(0, at).split(/\r\n|\r|\n/);
  const column = (before[before.length - 1] ?? '').length + 1;
  const left = source.length - SNIPPET_MAX;
  const snippet = `"${source.slice(0, SNIPPET_MAX)}"${left > 0 ? `[truncated ${left} chars]` : ''}`;
  return `\n at [Source: (String)${snippet}; line: ${before.length}, column: ${column}]`;
}
