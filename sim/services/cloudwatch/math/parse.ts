// Metric math expressions, read: operators by precedence, function calls, names of other queries.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
import { MathError, type MathToken, tokenizeMath } from './tokens';

export type MathNode =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'id'; id: string }
  | { kind: 'list'; items: MathNode[] }
  | { kind: 'call'; name: string; args: MathNode[] }
  | { kind: 'negate'; inner: MathNode }
  | { kind: 'binary'; operator: string; left: MathNode; right: MathNode };

/** Weakest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly MathToken[]) {}

  private get next(): MathToken {
    return this.tokens[this.at] as MathToken;
  }

  private take(value: string): boolean {
    if (this.next.kind === 'text' || this.next.value.toUpperCase() !== value) return false;
    this.at++;
    return true;
  }

  private fail(): never {
    throw new MathError(`Unexpected token '${this.next.value}'`);
  }

  whole(): MathNode {
    const node = this.level(0);
    return this.next.kind === 'end' ? node : this.fail();
  }

  private level(depth: number): MathNode {
    const operators = LEVELS[depth];
    if (!operators) return this.power();
    let left = this.level(depth + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.take(candidate));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: this.level(depth + 1) };
    }
  }

  private power(): MathNode {
    const left = this.unary();
    return this.take('^') ? { kind: 'binary', operator: '^', left, right: this.power() } : left;
  }

  private unary(): MathNode {
    return this.take('-') ? { kind: 'negate', inner: this.unary() } : this.primary();
  }

  private primary(): MathNode {
    const token = this.next;
    if (token.kind === 'end') return this.fail();
    this.at++;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.value) };
    if (token.kind === 'text') return { kind: 'text', value: token.value };
    if (token.kind === 'name')
      return this.take('(') ? { kind: 'call', name: token.value, args: this.list(')') } : { kind: 'id', id: token.value };
    if (token.value === '(') {
      const inner = this.level(0);
      return this.take(')') ? inner : this.fail();
    }
    if (token.value === '[') return { kind: 'list', items: this.list(']') };
    this.at--;
    return this.fail();
  }

  private list(end: string): MathNode[] {
    const items: MathNode[] = [];
    if (this.take(end)) return items;
    do {
      items.push(this.level(0));
    } while (this.take(','));
    return this.take(end) ? items : this.fail();
  }
}

export function parseMath(text: string): MathNode {
  return new Reader(tokenizeMath(text)).whole();
}

/** Names of other queries that the expression uses. */
export function idsIn(node: MathNode): string[] {
  switch (node.kind) {
    case 'id':
      return [node.id];
    case 'list':
      return node.items.flatMap(idsIn);
    case 'call':
      return node.args.flatMap(idsIn);
    case 'negate':
      return idsIn(node.inner);
    case 'binary':
      return [...idsIn(node.left), ...idsIn(node.right)];
    default:
      return [];
  }
}
