// Attribute values: their types, sizes, order and equality, and what DynamoDB refuses of them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
import { decimalBytes, decimalOf, formatDecimal, parseDecimal, sortKey } from './decimal';
import { invalid, invalidParameter, Refusal } from './refusal';

export type ValueType = 'S' | 'N' | 'B' | 'SS' | 'NS' | 'BS' | 'M' | 'L' | 'NULL' | 'BOOL';

/** Exactly one member. */
export interface AttributeValue {
  S?: string;
  /** Normalised by `checked`. */
  N?: string;
  /** Base64, as everywhere in the world. */
  B?: string;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  M?: Item;
  L?: AttributeValue[];
  NULL?: boolean;
  BOOL?: boolean;
}

export type Item = { [attribute: string]: AttributeValue };

const TYPES: readonly ValueType[] = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL'];
/** Documents may lie within each other this deep. */
const DEPTH_MAX = 32;

export function typeOf(value: AttributeValue): ValueType {
  return TYPES.find((type) => value[type] !== undefined) ?? 'NULL';
}

/** Members of objects are learners' names: `constructor` is one too. */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** A value as it will be kept, with numbers in their normal form. Throws DynamoDB's refusal of what is none. */
export function checked(value: AttributeValue, depth = 0): AttributeValue {
  const types = TYPES.filter((type) => value[type] !== undefined && value[type] !== null);
  const [type] = types;
  if (type === undefined) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (types.length > 1) {
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
  if (depth > DEPTH_MAX) throw invalid('Nesting Levels have exceeded supported limits');
  switch (type) {
    case 'S':
    case 'B':
      return { [type]: text(value[type]) };
    case 'N':
      return { N: number(text(value.N)) };
    case 'BOOL':
      return { BOOL: value.BOOL === true };
    case 'NULL':
      if (value.NULL !== true) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'L':
      return { L: (value.L ?? []).map((entry) => checked(entry, depth + 1)) };
    case 'M':
      return { M: checkedItem(value.M ?? {}, depth + 1) };
    default:
      return { [type]: checkedSet(type, value[type] ?? []) };
  }
}

export function checkedItem(item: Item, depth = 0): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, checked(value, depth)]));
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const token = typeof value === 'number' ? 'NUMBER_VALUE' : value === true ? 'TRUE_VALUE' : 'FALSE_VALUE';
  throw new Refusal(
    'SerializationException',
    typeof value === 'object' ? 'Start of structure or map found where not expected.' : `${token} can not be converted to a String`,
  );
}

function number(given: string): string {
  const parsed = parseDecimal(given);
  if ('problem' in parsed) throw invalid(parsed.problem);
  return formatDecimal(parsed);
}

const EMPTY_SETS = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
} as const;

function checkedSet(type: 'SS' | 'NS' | 'BS', members: readonly string[]): string[] {
  if (members.length === 0) throw invalidParameter(EMPTY_SETS[type]);
  const kept = members.map((member) => (type === 'NS' ? number(text(member)) : text(member)));
  if (new Set(kept).size === kept.length) return kept;
  throw type === 'NS'
    ? invalid('Input collection contains duplicates')
    : invalidParameter(`Input collection [${members.join(', ')}] contains duplicates.`);
}

const SIMPLE_TYPES: ReadonlySet<ValueType> = new Set(['S', 'N', 'B']);

/** Text that sorts as the keys do: numbers by value, strings and binary data by unsigned bytes. Null for what cannot be a key. */
export function orderOf(value: AttributeValue): string | null {
  if (value.S !== undefined) return bytesAsText(value.S);
  if (value.N !== undefined) return sortKey(decimalOf(value.N));
  return value.B === undefined ? null : fromBase64(value.B);
}

/** Negative, zero or positive; null when the two cannot be compared. */
export function compare(a: AttributeValue, b: AttributeValue): number | null {
  const type = typeOf(a);
  if (type !== typeOf(b) || !SIMPLE_TYPES.has(type)) return null;
  const [left, right] = [orderOf(a) ?? '', orderOf(b) ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isEqual(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS': {
      const members = new Set(b[type]);
      return a[type]?.length === members.size && a[type].every((member) => members.has(member));
    }
    case 'L':
      return a.L?.length === b.L?.length && (a.L ?? []).every((entry, index) => isEqual(entry, b.L?.[index] ?? {}));
    case 'M':
      return isSameItem(a.M ?? {}, b.M ?? {});
    default:
      return a[type] === b[type];
  }
}

export function isSameItem(a: Item, b: Item): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const other = attributeOf(b, name);
    return other !== undefined && isEqual(a[name] as AttributeValue, other);
  });
}

const PLAIN = /^[\0-\x7f]*$/;
const encoder = new TextEncoder();

/** UTF-8, one character a byte. */
function bytesAsText(text: string): string {
  if (PLAIN.test(text)) return text;
  let bytes = '';
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

export function utf8Length(text: string): number {
  return PLAIN.test(text) ? text.length : encoder.encode(text).length;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 text, one character a byte. */
export function fromBase64(text: string): string {
  let bits = 0;
  let held = 0;
  let out = '';
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += String.fromCharCode((bits >> held) & 255);
    }
  }
  return out;
}

export function byteLength(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}

/** A list or map takes three bytes, and each of its entries one. */
const DOCUMENT_BYTES = 3;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function sizeOf(value: AttributeValue): number {
  switch (typeOf(value)) {
    case 'S':
      return utf8Length(value.S ?? '');
    case 'N':
      return decimalBytes(decimalOf(value.N ?? '0'));
    case 'B':
      return byteLength(value.B ?? '');
    case 'SS':
      return sum(value.SS ?? [], utf8Length);
    case 'NS':
      return sum(value.NS ?? [], (member) => decimalBytes(decimalOf(member)));
    case 'BS':
      return sum(value.BS ?? [], byteLength);
    case 'L':
      return DOCUMENT_BYTES + sum(value.L ?? [], (entry) => sizeOf(entry) + 1);
    case 'M':
      return DOCUMENT_BYTES + itemBytes(value.M ?? {}) + Object.keys(value.M ?? {}).length;
    default:
      return 1;
  }
}

export function itemBytes(item: Item): number {
  return sum(Object.entries(item), ([name, value]) => utf8Length(name) + sizeOf(value));
}

function sum<T>(values: readonly T[], size: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += size(value);
  return total;
}
