// DynamoDB's attribute values and JavaScript's own: @aws-sdk/util-dynamodb and the document client of @aws-sdk/lib-dynamodb.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html

interface MarshallOptions {
  removeUndefinedValues?: boolean;
  convertEmptyValues?: boolean;
  convertClassInstanceToMap?: boolean;
}

type AttributeValue = Record<string, unknown>;

export function marshallValue(value: unknown, options: MarshallOptions = {}): AttributeValue {
  if (value === null) return { NULL: true };
  if (value === undefined) throw new Error('Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.');
  switch (typeof value) {
    case 'boolean':
      return { BOOL: value };
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
      return { N: String(value) };
    case 'bigint':
      return { N: String(value) };
    case 'string':
      return value === '' && options.convertEmptyValues ? { NULL: true } : { S: value };
    default:
      return marshallObject(value as object, options);
  }
}

function marshallObject(value: object, options: MarshallOptions): AttributeValue {
  if (value instanceof Uint8Array) return { B: value };
  if (value instanceof Set) return marshallSet(value);
  if (Array.isArray(value))
    return {
      L: value.filter((entry) => entry !== undefined || !options.removeUndefinedValues).map((entry) => marshallValue(entry, options)),
    };
  const isPlain = Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null || value instanceof Map;
  if (!isPlain && !options.convertClassInstanceToMap) {
    throw new Error(
      `Unsupported type passed: ${value}. Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.`,
    );
  }
  return { M: marshall(value instanceof Map ? Object.fromEntries(value) : value, options) };
}

function marshallSet(value: Set<unknown>): AttributeValue {
  const entries = [...value];
  const [first] = entries;
  if (first === undefined) throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  if (typeof first === 'number' || typeof first === 'bigint') return { NS: entries.map(String) };
  return typeof first === 'string' ? { SS: entries } : { BS: entries };
}

export function marshall(item: object, options: MarshallOptions = {}): Record<string, AttributeValue> {
  const made: Record<string, AttributeValue> = {};
  for (const [key, value] of Object.entries(item)) {
    if (typeof value === 'function' || (value === undefined && options.removeUndefinedValues)) continue;
    made[key] = marshallValue(value, options);
  }
  return made;
}

export function unmarshallValue(attribute: AttributeValue): unknown {
  const [[kind, value] = ['', undefined]] = Object.entries(attribute);
  switch (kind) {
    case 'NULL':
      return null;
    case 'N':
      return Number(value);
    case 'L':
      return (value as AttributeValue[]).map(unmarshallValue);
    case 'M':
      return unmarshall(value as Record<string, AttributeValue>);
    case 'NS':
      return new Set((value as string[]).map(Number));
    case 'SS':
    case 'BS':
      return new Set(value as unknown[]);
    case 'BOOL':
    case 'S':
    case 'B':
      return value;
    default:
      throw new Error(`Unsupported type passed: ${kind}`);
  }
}

export function unmarshall(item: Record<string, AttributeValue>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, unmarshallValue(value)]));
}
