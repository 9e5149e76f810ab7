// Projection expressions: the parts of an item that an answer has.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
import { type AttributeValue, attributeOf, type Item } from '../attribute-value';
import { type DocumentPath, parsePath, refuseOverlaps } from './document-path';
import type { Scope } from './scope';
import { Tokens } from './tokens';

export function parseProjection(source: string, scope: Scope): DocumentPath[] {
  const tokens = new Tokens('ProjectionExpression', source);
  const paths = [parsePath(tokens, scope)];
  while (tokens.accept(',')) paths.push(parsePath(tokens, scope));
  if (tokens.next.kind !== 'end') throw tokens.syntaxError();
  refuseOverlaps(paths, tokens);
  return paths;
}

type Segments = readonly (string | number)[];

export function projected(item: Item, paths: readonly DocumentPath[]): Item {
  return partOfMap(item, paths);
}

function partOfMap(map: Item, paths: readonly Segments[]): Item {
  const entries: [string, AttributeValue][] = [];
  for (const [name, below] of grouped(paths)) {
    const value = typeof name === 'string' ? attributeOf(map, name) : undefined;
    const part = value && partOf(value, below);
    if (part) entries.push([String(name), part]);
  }
  return Object.fromEntries(entries);
}

/** The paths by their first segments. */
function grouped(paths: readonly Segments[]): Map<string | number, Segments[]> {
  const groups = new Map<string | number, Segments[]>();
  for (const [first, ...below] of paths) {
    if (first === undefined) continue;
    groups.set(first, [...(groups.get(first) ?? []), below]);
  }
  return groups;
}

/** Undefined when the value has none of the paths. */
function partOf(value: AttributeValue, paths: readonly Segments[]): AttributeValue | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  if (value.M) {
    const part = partOfMap(value.M, paths);
    return Object.keys(part).length > 0 ? { M: part } : undefined;
  }
  if (!value.L) return undefined;
  // What is left of a list moves together, in the list's order.
  const positions = [...grouped(paths)].filter((group): group is [number, Segments[]] => typeof group[0] === 'number');
  const parts = positions
    .sort(([a], [b]) => a - b)
    .map(([position, below]) => {
      const entry = value.L?.[position];
      return entry && partOf(entry, below);
    })
    .filter((part) => part !== undefined);
  return parts.length > 0 ? { L: parts } : undefined;
}
