// Reads update expressions, with DynamoDB's words for what is wrong with them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
import { typeOf, type ValueType } from '../attribute-value';
import { parsePath, refuseOverlaps } from './document-path';
import { parseValue } from './parse-condition';
import type { Scope } from './scope';
import { Tokens } from './tokens';
import type { Assigned, Operand, UpdateAction } from './update';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

/** As DynamoDB names types where it speaks about ADD and DELETE. */
const TYPE_WORDS: Record<ValueType, string> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  M: 'MAP',
  L: 'LIST',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
};
const ALLOWED: Record<'ADD' | 'DELETE', readonly ValueType[]> = { ADD: ['N', 'SS', 'NS', 'BS'], DELETE: ['SS', 'NS', 'BS'] };
const FUNCTIONS: ReadonlySet<string> = new Set(['if_not_exists', 'list_append']);
const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

export function parseUpdate(source: string, scope: Scope): UpdateAction[] {
  const tokens = new Tokens('UpdateExpression', source);
  const parser = new UpdateParser(tokens, scope);
  const actions: UpdateAction[] = [];
  const seen = new Set<Section>();
  while (tokens.next.kind !== 'end') {
    const section = SECTIONS.find((word) => tokens.is(word));
    if (!section) throw tokens.syntaxError();
    if (seen.has(section)) throw tokens.refusal(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    tokens.take();
    do actions.push(parser.action(section));
    while (tokens.accept(','));
  }
  refuseOverlaps(
    actions.map(({ path }) => path),
    tokens,
  );
  return actions;
}

class UpdateParser {
  constructor(
    private readonly tokens: Tokens,
    private readonly scope: Scope,
  ) {}

  action(section: Section): UpdateAction {
    const { tokens } = this;
    const path = parsePath(tokens, this.scope);
    if (section === 'REMOVE') return { kind: 'REMOVE', path };
    if (section === 'SET') {
      tokens.expect('=');
      return { kind: 'SET', path, to: this.assigned() };
    }
    if (tokens.next.kind !== 'value') throw tokens.syntaxError();
    const { value } = parseValue(tokens, this.scope);
    const type = typeOf(value);
    if (ALLOWED[section].includes(type)) return { kind: section, path, value };
    const about = `operator: ${section}, operand type: ${TYPE_WORDS[type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`;
    throw tokens.refusal(`Incorrect operand type for operator or function; ${about}`);
  }

  private assigned(): Assigned {
    const { tokens } = this;
    const left = this.operand();
    const operator = tokens.is('+') ? '+' : tokens.is('-') ? '-' : null;
    if (operator === null) return left;
    tokens.take();
    const right = this.operand();
    for (const operand of [left, right]) this.refuseUnless(operator, operand, 'N');
    return { operator, left, right };
  }

  private operand(): Operand {
    const { tokens } = this;
    const { kind, text } = tokens.next;
    if (tokens.accept('(')) {
      const operand = this.operand();
      tokens.expect(')');
      return operand;
    }
    if (kind === 'value') return parseValue(tokens, this.scope);
    if (kind === 'name' && tokens.second.text === '(') return this.functionNamed(text);
    return { path: parsePath(tokens, this.scope) };
  }

  private functionNamed(name: string): Operand {
    const { tokens } = this;
    if (!FUNCTIONS.has(name)) {
      const isElsewhere = CONDITION_FUNCTIONS.has(name);
      throw tokens.refusal(
        isElsewhere ? `The function is not allowed in an update expression; function: ${name}` : `Invalid function name; function: ${name}`,
      );
    }
    tokens.take();
    tokens.expect('(');
    const operands = [this.operand()];
    while (tokens.accept(',')) operands.push(this.operand());
    tokens.expect(')');
    const [first, second] = operands;
    if (!first || !second || operands.length > 2) {
      const about = `operator or function: ${name}, number of operands: ${operands.length}`;
      throw tokens.refusal(`Incorrect number of operands for operator or function; ${about}`);
    }
    if (name === 'if_not_exists') {
      if ('path' in first) return { ifNotExists: first.path, otherwise: second };
      throw tokens.refusal('Operator or function requires a document path; operator or function: if_not_exists');
    }
    for (const operand of [first, second]) this.refuseUnless(name, operand, 'L');
    return { append: [first, second] };
  }

  private refuseUnless(operator: string, operand: Operand, type: ValueType): void {
    if (!('value' in operand) || typeOf(operand.value) === type) return;
    const about = `operator or function: ${operator}, operand type: ${typeOf(operand.value)}`;
    throw this.tokens.refusal(`Incorrect operand type for operator or function; ${about}`);
  }
}
