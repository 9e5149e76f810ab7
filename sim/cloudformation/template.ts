// A CloudFormation or SAM template as data, with the lines where things stand, so that an error can name its line.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
import { type CollectionTag, type Document, isMap, isScalar, LineCounter, parseDocument, type ScalarTag, visit } from 'yaml';
import type { Json, JsonObject } from '../kernel/json';

export interface TemplateError {
  message: string;
  /** Line in the template, from 1; null when the error is about the template as a whole. */
  line: number | null;
}

export interface TemplateResource {
  logicalId: string;
  type: string;
  properties: JsonObject;
  dependsOn: string[];
  /** The named condition under which it is made. */
  condition?: string;
  line: number;
}

export interface Template {
  /** Declarations by name. */
  parameters: Record<string, Json>;
  mappings: Record<string, Json>;
  conditions: Record<string, Json>;
  outputs: Record<string, Json>;
  globals: JsonObject;
  resources: TemplateResource[];
  /** True when the template asks for the SAM transform. */
  isServerless: boolean;
  /** Line of the deepest member of a path that exists: `Resources`, `Charge`, `Properties`, `Timeout`. */
  lineOf(path: readonly string[]): number | null;
}

/** Longest template that CloudFormation takes inline. */
const TEMPLATE_BYTES_MAX = 51_200;

const SERVERLESS = 'AWS::Serverless-2016-10-31';

/** Short forms of intrinsic functions: `!Sub text` is `{ "Fn::Sub": "text" }`. */
const SHORT_FORMS = [
  'Base64',
  'Cidr',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
  'And',
  'Equals',
  'Not',
  'Or',
];

function longName(short: string): string {
  return short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`;
}

function scalarTag(short: string): ScalarTag {
  const resolve = (text: string): unknown => {
    if (short !== 'GetAtt') return { [longName(short)]: text };
    const dot = text.indexOf('.');
    return { 'Fn::GetAtt': dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)] };
  };
  return { tag: `!${short}`, resolve };
}

function collectionTag(short: string, collection: 'seq' | 'map'): CollectionTag {
  return {
    tag: `!${short}`,
    collection,
    resolve: (node) => ({ [longName(short)]: node.toJSON() }) as never,
  };
}

const TAGS = [...SHORT_FORMS, 'Ref', 'Condition'].flatMap((short) => [
  scalarTag(short),
  collectionTag(short, 'seq'),
  collectionTag(short, 'map'),
]);

type Parsed = { template: Template } | { error: TemplateError };

/** The last templates parsed: an answer is deployed once for every scenario and seed. Nothing changes a parsed template. */
const recent = new Map<string, Parsed>();
const RECENT_MAX = 8;

export function parseTemplate(text: string): Parsed {
  const known = recent.get(text);
  if (known) return known;
  const parsed = parse(text);
  if (recent.size >= RECENT_MAX) for (const oldest of [...recent.keys()].slice(0, 1)) recent.delete(oldest);
  recent.set(text, parsed);
  return parsed;
}

function parse(text: string): Parsed {
  if (text.length > TEMPLATE_BYTES_MAX) {
    return { error: { message: `A template may have ${TEMPLATE_BYTES_MAX} bytes; this one has ${text.length}.`, line: null } };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { customTags: TAGS, lineCounter: lines, prettyErrors: false, schema: 'core', merge: true });
  const problem = document.errors[0];
  if (problem) return { error: { message: `Template format error: ${problem.message}`, line: lines.linePos(problem.pos[0]).line } };
  const lineOf = (path: readonly string[]) => lineOfPath(document, lines, path);
  const duplicate = findUnknownTag(document);
  if (duplicate) return { error: { message: `Template format error: ${duplicate.message}`, line: lines.linePos(duplicate.at).line } };
  const root = document.toJS({ maxAliasCount: 100 }) as unknown;
  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    return { error: { message: 'Template format error: the template is not a map of sections.', line: 1 } };
  }
  return readSections(root as JsonObject, lineOf);
}

function findUnknownTag(document: Document): { message: string; at: number } | null {
  let found: { message: string; at: number } | null = null;
  visit(document, {
    Node: (_key, node) => {
      const tag = node.tag;
      if (!tag?.startsWith('!') || TAGS.some((known) => known.tag === tag)) return undefined;
      found = { message: `unresolved tag ${tag}`, at: node.range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return found;
}

function lineOfPath(document: Document, lines: LineCounter, path: readonly string[]): number | null {
  let node: unknown = document.contents;
  let line: number | null = null;
  for (const step of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
    if (!pair) break;
    const key = pair.key as { range?: [number, number, number] | null };
    if (key.range) line = lines.linePos(key.range[0]).line;
    node = pair.value;
  }
  return line;
}

type LineOf = Template['lineOf'];

function readSections(root: JsonObject, lineOf: LineOf): Parsed {
  const fail = (message: string, path: string[]): { error: TemplateError } => ({ error: { message, line: lineOf(path) } });
  const resources = root.Resources;
  if (!isObject(resources) || Object.keys(resources).length === 0) {
    return fail('Template format error: At least one Resources member must be defined.', ['Resources']);
  }
  const transforms = Array.isArray(root.Transform) ? root.Transform : root.Transform === undefined ? [] : [root.Transform];
  const unknown = transforms.find((transform) => transform !== SERVERLESS);
  if (unknown !== undefined) return fail(`No transform named ${unknown} found.`, ['Transform']);
  const section = (name: string): JsonObject => {
    const value = root[name];
    return isObject(value) ? value : {};
  };
  const list: TemplateResource[] = [];
  for (const [logicalId, resource] of Object.entries(resources)) {
    const path = ['Resources', logicalId];
    if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId))
      return fail(`Template format error: Resource name ${logicalId} is non alphanumeric.`, path);
    if (!isObject(resource) || typeof resource.Type !== 'string') {
      return fail(`Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`, path);
    }
    const { DependsOn: dependsOn = [], Properties: properties = {} } = resource;
    if (!isObject(properties))
      return fail(`Template format error: [/Resources/${logicalId}/Properties] must be a map.`, [...path, 'Properties']);
    list.push({
      logicalId,
      type: resource.Type,
      properties,
      dependsOn: (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).map(String),
      ...(typeof resource.Condition === 'string' ? { condition: resource.Condition } : {}),
      line: lineOf(path) ?? 1,
    });
  }
  return {
    template: {
      parameters: section('Parameters'),
      mappings: section('Mappings'),
      conditions: section('Conditions'),
      outputs: section('Outputs'),
      globals: section('Globals'),
      resources: list,
      isServerless: transforms.length > 0,
      lineOf,
    },
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
