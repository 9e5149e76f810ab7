// Document paths: `#order.lines[0].price`, into maps and lists.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html
import { type AttributeValue, attributeOf, type Item } from '../attribute-value';
import { isReserved } from './reserved-words';
import type { Scope } from './scope';
import type { Tokens } from './tokens';

/** An attribute's name first, then names of members and positions in lists. */
export type DocumentPath = readonly [string, ...(string | number)[]];

export function parsePath(tokens: Tokens, scope: Scope): DocumentPath {
  const first = parseName(tokens, scope);
  const rest: (string | number)[] = [];
  for (;;) {
    if (tokens.accept('.')) rest.push(parseName(tokens, scope));
    else if (tokens.accept('[')) {
      if (tokens.next.kind !== 'number') throw tokens.syntaxError();
      rest.push(Number(tokens.take().text));
      tokens.expect(']');
    } else return [first, ...rest];
  }
}

function parseName(tokens: Tokens, scope: Scope): string {
  const { kind, text } = tokens.next;
  if (kind !== 'name' || text === '#') throw tokens.syntaxError();
  tokens.take();
  if (!text.startsWith('#')) {
    if (isReserved(text)) throw tokens.refusal(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    return text;
  }
  const name = scope.name(text);
  if (name !== null) return name;
  throw tokens.refusal(`An expression attribute name used in the document path is not defined; attribute name: ${text}`);
}

/** `[orders, [0], price]`, as DynamoDB prints it. */
export function formatPath(path: DocumentPath): string {
  return `[${path.map((segment) => (typeof segment === 'number' ? `[${segment}]` : segment)).join(', ')}]`;
}

export function valueAt(item: Item, path: DocumentPath): AttributeValue | undefined {
  const [name, ...rest] = path;
  let value = attributeOf(item, name);
  for (const segment of rest) {
    if (value === undefined) return undefined;
    value = typeof segment === 'number' ? value.L?.[segment] : value.M && attributeOf(value.M, segment);
  }
  return value;
}

/** Throws for two paths of which one lies within the other, or of which one takes a map for what the other takes for a list. */
export function refuseOverlaps(paths: readonly DocumentPath[], tokens: Tokens): void {
  for (const [index, later] of paths.entries()) {
    for (const earlier of paths.slice(0, index)) {
      const problem = clashOf(earlier, later);
      if (problem === null) continue;
      const shown = `path one: ${formatPath(earlier)}, path two: ${formatPath(later)}`;
      throw tokens.refusal(`Two document paths ${problem} with each other; must remove or rewrite one of these paths; ${shown}`);
    }
  }
}

function clashOf(a: DocumentPath, b: DocumentPath): 'overlap' | 'conflict' | null {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) {
    if (a[depth] === b[depth]) continue;
    return depth > 0 && typeof a[depth] !== typeof b[depth] ? 'conflict' : null;
  }
  return 'overlap';
}
