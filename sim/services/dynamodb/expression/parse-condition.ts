// Reads condition, filter and key condition expressions, with DynamoDB's words for what is wrong with them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
import { compare, typeOf, type ValueType } from '../attribute-value';
import type { Comparator, Condition, Operand } from './condition';
import { type DocumentPath, formatPath, parsePath } from './document-path';
import type { Scope } from './scope';
import { type ExpressionKind, Tokens } from './tokens';

const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];
const ORDERED: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'BETWEEN']);
const ORDERED_TYPES: ReadonlySet<ValueType> = new Set(['S', 'N', 'B']);
const CONDITIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};
const UPDATE_FUNCTIONS: ReadonlySet<string> = new Set(['if_not_exists', 'list_append']);
const TYPE_NAMES = 'B,NULL,SS,BOOL,L,BS,N,NS,S,M';
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const IN_MAX = 100;

export function parseCondition(kind: ExpressionKind, source: string, scope: Scope): Condition {
  const tokens = new Tokens(kind, source);
  const condition = new ConditionParser(tokens, scope).any();
  if (tokens.next.kind !== 'end') throw tokens.syntaxError();
  return condition;
}

/** `:placeholder` */
export function parseValue(tokens: Tokens, scope: Scope): { value: NonNullable<ReturnType<Scope['value']>> } {
  const { text } = tokens.take();
  const value = scope.value(text);
  if (value) return { value };
  throw tokens.refusal(`An expression attribute value used in expression is not defined; attribute value: ${text}`);
}

class ConditionParser {
  constructor(
    private readonly tokens: Tokens,
    private readonly scope: Scope,
  ) {}

  any(): Condition {
    return this.joined('OR', 'or', () => this.joined('AND', 'and', () => this.one()));
  }

  private joined(word: string, kind: 'or' | 'and', part: () => Condition): Condition {
    const first = part();
    if (!this.tokens.is(word)) return first;
    const of = [first];
    while (this.tokens.accept(word)) of.push(part());
    return { kind, of };
  }

  private one(): Condition {
    const { tokens } = this;
    if (tokens.is('NOT')) {
      tokens.take();
      return { kind: 'not', of: this.one() };
    }
    if (!tokens.is('(')) return this.simple();
    tokens.take();
    const condition = this.any();
    tokens.expect(')');
    if (condition === this.lastEnclosed) throw tokens.refusal('The expression has redundant parentheses;');
    this.lastEnclosed = condition;
    return condition;
  }

  /** What the parentheses closed last held. */
  private lastEnclosed: Condition | null = null;

  private simple(): Condition {
    const { tokens } = this;
    const { kind, text } = tokens.next;
    if (kind === 'name' && tokens.second.text === '(' && text !== 'size') return this.functionNamed(text);
    const left = this.operand();
    const operator = tokens.next.text.toUpperCase();
    if (COMPARATORS.includes(operator)) {
      tokens.take();
      const right = this.operand();
      this.refuseTypes(operator, [left, right]);
      this.refuseSame(operator, left, [right]);
      return { kind: 'compare', comparator: operator as Comparator, left, right };
    }
    if (tokens.accept('BETWEEN')) return this.between(left);
    if (tokens.accept('IN')) return this.among(left);
    if ('size' in left && (tokens.next.kind === 'end' || tokens.is('AND') || tokens.is('OR') || tokens.is(')'))) {
      throw tokens.refusal('The function is not allowed to be used this way in an expression; function: size');
    }
    throw tokens.syntaxError();
  }

  private between(operand: Operand): Condition {
    const { tokens } = this;
    const low = this.operand();
    tokens.expect('AND');
    const high = this.operand();
    this.refuseTypes('BETWEEN', [operand, low, high]);
    this.refuseSame('BETWEEN', operand, [low, high]);
    if ('value' in low && 'value' in high) {
      const order = compare(low.value, high.value);
      const bounds = `lower bound operand: ${printed(low)}, upper bound operand: ${printed(high)}`;
      if (order === null) throw tokens.refusal(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
      if (order > 0) {
        throw tokens.refusal(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
      }
    }
    return { kind: 'between', operand, low, high };
  }

  private among(operand: Operand): Condition {
    const { tokens } = this;
    tokens.expect('(');
    const among = [this.operand()];
    while (tokens.accept(',')) among.push(this.operand());
    tokens.expect(')');
    if (among.length > IN_MAX) {
      throw tokens.refusal(
        `Incorrect number of operands for operator or function; operator or function: IN, number of operands: ${among.length + 1}`,
      );
    }
    this.refuseSame('IN', operand, among);
    return { kind: 'in', operand, among };
  }

  private operand(): Operand {
    const { tokens } = this;
    const { kind, text } = tokens.next;
    if (kind === 'value') return parseValue(tokens, this.scope);
    if (kind === 'name' && tokens.second.text === '(') {
      if (text === 'size') return this.size();
      this.refuseUnknown(text);
      throw tokens.refusal(`The function is not allowed to be used this way in an expression; function: ${text}`);
    }
    return { path: parsePath(tokens, this.scope) };
  }

  private size(): Operand {
    const { tokens } = this;
    tokens.take();
    const [operand] = this.operands('size', 1);
    if (operand && 'size' in operand)
      throw tokens.refusal('The function is not allowed to be used this way in an expression; function: size');
    if (operand && 'value' in operand && ['N', 'BOOL', 'NULL'].includes(typeOf(operand.value))) throw this.wrongType('size', operand);
    return { size: operand as Operand };
  }

  private operands(name: string, count: number): Operand[] {
    const { tokens } = this;
    tokens.expect('(');
    const operands = [this.operand()];
    while (tokens.accept(',')) operands.push(this.operand());
    tokens.expect(')');
    if (operands.length === count) return operands;
    throw tokens.refusal(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }

  private functionNamed(name: string): Condition {
    const { tokens } = this;
    this.refuseUnknown(name);
    tokens.take();
    const [first, second] = this.operands(name, CONDITIONS[name] ?? 1) as [Operand, Operand];
    switch (name) {
      case 'attribute_exists':
        return { kind: 'exists', path: this.path(name, first) };
      case 'attribute_not_exists':
        return { kind: 'absent', path: this.path(name, first) };
      case 'attribute_type': {
        const path = this.path(name, first);
        const type = 'value' in second ? second.value.S : undefined;
        if (type === undefined) throw this.wrongType(name, second);
        if (!TYPE_NAMES.split(',').includes(type)) {
          throw tokens.refusal(`Invalid attribute type name found; type: ${type}, valid types: {${TYPE_NAMES}}`);
        }
        return { kind: 'type', path, type };
      }
      default:
        if (name === 'begins_with') for (const operand of [first, second]) this.refuseUnlessTextual(name, operand);
        this.refuseSame(name, first, [second]);
        return { kind: name === 'begins_with' ? 'begins' : 'contains', operand: first, part: second };
    }
  }

  private refuseUnknown(name: string): void {
    if (name === 'size' || Object.hasOwn(CONDITIONS, name)) return;
    if (UPDATE_FUNCTIONS.has(name)) throw this.tokens.refusal(`The function is not allowed in a condition expression; function: ${name}`);
    throw this.tokens.refusal(`Invalid function name; function: ${name}`);
  }

  private path(name: string, operand: Operand): DocumentPath {
    if ('path' in operand) return operand.path;
    throw this.tokens.refusal(`Operator or function requires a document path; operator or function: ${name}`);
  }

  private refuseTypes(operator: string, operands: Operand[]): void {
    if (!ORDERED.has(operator)) return;
    for (const operand of operands)
      if ('value' in operand && !ORDERED_TYPES.has(typeOf(operand.value))) throw this.wrongType(operator, operand);
  }

  private refuseUnlessTextual(name: string, operand: Operand): void {
    if ('size' in operand || ('value' in operand && operand.value.S === undefined && operand.value.B === undefined))
      throw this.wrongType(name, operand);
  }

  private wrongType(operator: string, operand: Operand): Error {
    const type = 'value' in operand ? typeOf(operand.value) : 'size' in operand ? 'N' : 'M';
    return this.tokens.refusal(`Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`);
  }

  private refuseSame(operator: string, first: Operand, others: Operand[]): void {
    if (!('path' in first)) return;
    const shown = formatPath(first.path);
    if (!others.some((other) => 'path' in other && formatPath(other.path) === shown)) return;
    throw this.tokens.refusal(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${shown}`,
    );
  }
}

function printed({ value }: { value: Parameters<typeof typeOf>[0] }): string {
  const type = typeOf(value);
  return `AttributeValue: {${type}:${JSON.stringify(value[type]).replace(/^"|"$/g, '')}}`;
}
