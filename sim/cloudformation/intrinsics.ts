// Intrinsic functions: what stands in a template in place of a value.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
import type { Json, JsonObject } from '../kernel/json';
import { isObject } from './template';

/** What names mean while a template is deployed. */
export interface Names {
  /** What `Ref` gives: a parameter, a pseudo parameter, a resource's physical id. Undefined for an unknown name. */
  ref(name: string): Json | undefined;
  /** What `Fn::GetAtt` gives. Undefined for an unknown resource or attribute. */
  attribute(logicalId: string, name: string): Json | undefined;
  /** What `Fn::FindInMap` gives. */
  mapped(map: string, key: string, member: string): Json | undefined;
  /** Availability Zones of the Region where the stack is. */
  zones: readonly string[];
}

/** A sentence for the author of the template. */
export class IntrinsicError extends Error {}

export function resolve(value: Json, names: Names): Json {
  if (Array.isArray(value)) return value.map((item) => resolve(item, names));
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const key = keys.length === 1 ? (keys[0] as string) : '';
  const intrinsic = INTRINSICS[key];
  if (intrinsic) return intrinsic(value[key] as Json, names);
  if (key.startsWith('Fn::')) throw new IntrinsicError(`The function ${key} is not part of this simulator yet.`);
  const resolved: JsonObject = {};
  for (const [name, member] of Object.entries(value)) resolved[name] = resolve(member, names);
  return resolved;
}

const INTRINSICS: Record<string, (argument: Json, names: Names) => Json> = {
  Ref: (argument, names) => {
    const value = names.ref(String(argument));
    if (value === undefined)
      throw new IntrinsicError(
        `Template validation error: Unresolved resource dependencies [${argument}] in the Resources block of the template`,
      );
    return value;
  },
  'Fn::GetAtt': (argument, names) => {
    const [logicalId, ...path] = Array.isArray(argument) ? argument : String(argument).split('.');
    const name = path.map((part) => String(resolve(part, names))).join('.');
    const value = names.attribute(String(logicalId), name);
    if (value === undefined)
      throw new IntrinsicError(`Template error: resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`);
    return value;
  },
  'Fn::Sub': (argument, names) => {
    const [text, local] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const own = isObject(local ?? null) ? (local as JsonObject)[name] : undefined;
      return String(own === undefined ? lookUp(name.trim(), names) : resolve(own, names));
    });
  },
  'Fn::Join': (argument, names) => {
    if (!Array.isArray(argument))
      throw new IntrinsicError('Template error: every Fn::Join object requires two parameters, a delimiter and a list.');
    const items = resolve(argument[1] ?? [], names);
    return (Array.isArray(items) ? items : [items]).map(String).join(String(argument[0] ?? ''));
  },
  'Fn::Select': (argument, names) => {
    const [index, list] = Array.isArray(argument) ? argument : [];
    const items = resolve(list ?? [], names);
    const value = Array.isArray(items) ? items[Number(index)] : undefined;
    if (value === undefined) throw new IntrinsicError(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
    return value;
  },
  'Fn::FindInMap': (argument, names) => {
    const [map, key, member] = (Array.isArray(argument) ? argument : []).slice(0, 3).map((item) => String(resolve(item, names)));
    const value = names.mapped(map ?? '', key ?? '', member ?? '');
    if (value === undefined) throw new IntrinsicError(`Template error: Unable to get mapping for ${map}::${key}::${member}`);
    return value;
  },
  'Fn::Base64': (argument, names) => base64(String(resolve(argument, names))),
  'Fn::GetAZs': (_argument, names) => [...names.zones],
  'Fn::Split': (argument, names) => {
    const [delimiter, text] = Array.isArray(argument) ? argument : [];
    return String(resolve(text ?? '', names)).split(String(delimiter));
  },
};

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function lookUp(name: string, names: Names): Json {
  const dot = name.indexOf('.');
  const value = dot < 0 ? names.ref(name) : names.attribute(name.slice(0, dot), name.slice(dot + 1));
  if (value === undefined) throw new IntrinsicError(`Template validation error: Unresolved name \${${name}} in Fn::Sub`);
  return value;
}

/** Logical ids that a value needs to be there before it. */
export function namesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === 'Ref') return [String(member)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(member) ? member[0] : String(member).split('.')[0])];
    if (key !== 'Fn::Sub') return namesIn(member);
    const text = String(Array.isArray(member) ? member[0] : member);
    const inText = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map((match) => (match[1] as string).trim().split('.')[0] as string);
    return [...inText, ...(Array.isArray(member) ? namesIn(member[1] ?? null) : [])];
  });
}
