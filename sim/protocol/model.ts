// What a service's messages look like on the wire: the text that scripts/generate-protocol-shapes.mjs writes, read on first use.
// https://smithy.io/2.0/spec/http-bindings.html and https://smithy.io/2.0/aws/protocols/index.html

/** A service as its shapes file states it; each section has one entry a line, words apart by spaces. */
export interface ServiceText {
  /** The IAM prefix, by which the world knows the service. */
  prefix: string;
  /** The name in the signature's credential scope. */
  signedAs: string;
  /** Before the operation's name in `X-Amz-Target`. */
  target: string;
  version: string;
  namespace: string;
  /** Answers JSON with the error codes of the Query protocol in a header. */
  isQueryCompatible: boolean;
  /** Speaks EC2's form of the Query protocol: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
  isEc2?: true;
  /** Bodies are XML: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
  isXml?: true;
  /** The error code of a request that breaks the model's constraints; null where the service checks in words of its own. */
  validation: string | null;
  /** `Name Input Output [METHOD path status [root element]]` */
  operations: string;
  /** `Name [METHOD path]`: what AWS has and no service of the simulator does. */
  unsupported: string;
  /** `Name QueryCode status fault member:type…` */
  errors: string;
  /** `Name member[!]:type[#Constraint][@trait…]…`, required members with an exclamation mark. */
  structures: string;
}

export type TimestampFormat = 'default' | 'iso' | 'http' | 'epoch';

export type Shape =
  | { kind: 'string' | 'integer' | 'float' | 'boolean' | 'blob' | 'document' | 'unit' }
  | { kind: 'timestamp'; format: TimestampFormat }
  | { kind: 'list'; member: Shape; xmlName: string | null }
  | { kind: 'map'; key: Shape; keyXmlName: string | null; value: Shape; valueXmlName: string | null }
  | { kind: 'structure'; name: string };

export type Binding =
  | { in: 'body' | 'path' | 'payload' | 'status' | 'queryParams' }
  | { in: 'header' | 'headerPrefix' | 'query'; name: string };

export interface Member {
  name: string;
  shape: Shape;
  isRequired: boolean;
  constraint: string | null;
  isFlattened: boolean;
  xmlName: string;
  /** In EC2's requests, where it is not `xmlName` with a capital. */
  ec2Name: string | null;
  jsonName: string;
  binding: Binding;
}

export interface Http {
  method: string;
  /** `/2015-03-31/functions/{FunctionName}` */
  path: string;
  status: number;
  /** Of an answer in XML, where it is not the output's name. */
  xmlRoot: string | null;
}

export interface Operation {
  name: string;
  input: Shape;
  output: Shape;
  http: Http | null;
}

export interface ErrorShape {
  name: string;
  /** The error's code in the Query protocol. */
  code: string;
  members: Member[];
}

const PRIMITIVES: Record<string, Shape> = {
  s: { kind: 'string' },
  n: { kind: 'integer' },
  f: { kind: 'float' },
  b: { kind: 'boolean' },
  d: { kind: 'document' },
  y: { kind: 'blob' },
  t: { kind: 'timestamp', format: 'default' },
  ti: { kind: 'timestamp', format: 'iso' },
  th: { kind: 'timestamp', format: 'http' },
  te: { kind: 'timestamp', format: 'epoch' },
  unit: { kind: 'unit' },
};

/** `s`, `[Tag]`, `<s~Name:MessageAttributeValue~Value>`: a primitive, a list, a map, or the name of a structure. */
export function parseShape(text: string): Shape {
  let at = 0;
  const expect = (character: string): void => {
    if (text[at++] !== character) throw new Error(`Expected ${character} at ${at - 1} of the type ${text}.`);
  };
  const word = (): string => {
    const start = at;
    while (at < text.length && /[\w.-]/.test(text.charAt(at))) at++;
    return text.slice(start, at);
  };
  const item = (): { shape: Shape; xmlName: string | null } => {
    const shape = parse();
    if (text[at] !== '~') return { shape, xmlName: null };
    at++;
    return { shape, xmlName: word() };
  };
  const parse = (): Shape => {
    if (text[at] === '[') {
      at++;
      const member = item();
      expect(']');
      return { kind: 'list', member: member.shape, xmlName: member.xmlName };
    }
    if (text[at] === '<') {
      at++;
      const key = item();
      expect(':');
      const value = item();
      expect('>');
      return { kind: 'map', key: key.shape, keyXmlName: key.xmlName, value: value.shape, valueXmlName: value.xmlName };
    }
    const name = word();
    return PRIMITIVES[name] ?? { kind: 'structure', name };
  };
  const shape = parse();
  if (at !== text.length) throw new Error(`The type ${text} goes on after its end.`);
  return shape;
}

const MEMBER = /^([^:!]+)(!?):([^@#]+)(?:#([^@]+))?(.*)$/;

export function parseMember(text: string): Member {
  const match = MEMBER.exec(text);
  if (!match) throw new Error(`Not a member: ${text}`);
  const [, name = '', required, type = '', constraint, traits = ''] = match;
  const member: Member = {
    name,
    shape: parseShape(type),
    isRequired: required === '!',
    constraint: constraint ?? null,
    isFlattened: false,
    xmlName: name,
    ec2Name: null,
    jsonName: name,
    binding: { in: 'body' },
  };
  for (const trait of traits.split('@').slice(1)) {
    const value = trait.slice(2);
    if (trait === 'f') member.isFlattened = true;
    else if (trait.startsWith('x=')) member.xmlName = value;
    else if (trait.startsWith('e=')) member.ec2Name = value;
    else if (trait.startsWith('j=')) member.jsonName = value;
    else if (trait.startsWith('h=')) member.binding = { in: 'header', name: value.toLowerCase() };
    else if (trait.startsWith('P=')) member.binding = { in: 'headerPrefix', name: value.toLowerCase() };
    else if (trait.startsWith('q=')) member.binding = { in: 'query', name: value };
    else if (trait === 'Q') member.binding = { in: 'queryParams' };
    else if (trait === 'l') member.binding = { in: 'path' };
    else if (trait === 'p') member.binding = { in: 'payload' };
    else if (trait === 'c') member.binding = { in: 'status' };
    else throw new Error(`Unknown trait @${trait} of ${name}.`);
  }
  return member;
}

function linesByName(section: string): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const line of section.split('\n')) {
    if (line === '') continue;
    const [name = '', ...words] = line.split(' ');
    lines.set(name, words);
  }
  return lines;
}

function parseHttp([method, path, status, xmlRoot = null]: (string | null)[]): Http | null {
  return method && path ? { method, path, status: Number(status ?? 200), xmlRoot } : null;
}

/** One service's API. Structures are read when a message first needs them. */
export class ServiceModel {
  private readonly operationWords: Map<string, string[]>;
  private readonly unsupportedWords: Map<string, string[]>;
  private readonly errorWords: Map<string, string[]>;
  private readonly structureWords: Map<string, string[]>;
  private readonly membersByName = new Map<string, Member[]>();
  private readonly operationsByName = new Map<string, Operation>();

  constructor(readonly text: ServiceText) {
    this.operationWords = linesByName(text.operations);
    this.unsupportedWords = linesByName(text.unsupported);
    this.errorWords = linesByName(text.errors);
    this.structureWords = linesByName(text.structures);
  }

  operation(name: string): Operation | null {
    const known = this.operationsByName.get(name);
    if (known) return known;
    const words = this.operationWords.get(name);
    if (!words) return null;
    const [input = 'unit', output = 'unit', ...http] = words;
    const operation: Operation = { name, input: parseShape(input), output: parseShape(output), http: parseHttp(http) };
    this.operationsByName.set(name, operation);
    return operation;
  }

  operationNames(): string[] {
    return [...this.operationWords.keys()];
  }

  isUnsupported(name: string): boolean {
    return this.unsupportedWords.has(name);
  }

  /** Every operation's way to be asked for over HTTP, the unsupported ones included. */
  httpOf(name: string): Http | null {
    return this.operation(name)?.http ?? parseHttp(this.unsupportedWords.get(name) ?? []);
  }

  allNames(): string[] {
    return [...this.operationWords.keys(), ...this.unsupportedWords.keys()];
  }

  members(structure: string): Member[] {
    const known = this.membersByName.get(structure);
    if (known) return known;
    const words = this.structureWords.get(structure);
    if (!words) throw new Error(`There is no structure ${structure} in the API of ${this.text.prefix}.`);
    const members = words.map(parseMember);
    this.membersByName.set(structure, members);
    return members;
  }

  /** The modelled error of this name or Query code. Null for an error that the API shares with all others, such as AccessDenied. */
  error(code: string): ErrorShape | null {
    for (const [name, [queryCode = name, , , ...members]] of this.errorWords) {
      if (name === code || queryCode === code) return { name, code: queryCode, members: members.map(parseMember) };
    }
    return null;
  }
}
