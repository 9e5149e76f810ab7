// Keys of patterns and values of events by dotted path, through arrays, as EventBridge and SNS name them.
import type { Json, JsonObject } from '../kernel/json';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys of a pattern that hold a list of conditions: `source`, `detail.price`. In the pattern's order. */
export function leafPaths(pattern: JsonObject, before = ''): string[] {
  return Object.entries(pattern).flatMap(([name, value]) =>
    isObject(value) ? leafPaths(value, `${before}${name}.`) : [`${before}${name}`],
  );
}

/** Values of an event at a path, as JSON text. A name may itself hold dots. */
export function valuesAt(value: Json, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (path === '') return isObject(value) ? [] : [JSON.stringify(value)];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (path === name) return valuesAt(member, '');
    return path.startsWith(`${name}.`) ? valuesAt(member, path.slice(name.length + 1)) : [];
  });
}
