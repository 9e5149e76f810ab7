// Match expressions of a pattern: `{"prefix":"eu-"}` and its like, read with AWS's rejections.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
import { parseCidr } from './address';
import type { Clause } from './clause';
import { MILLIONTHS_MAX, parseDecimal } from './decimal';
import { JsonError, type JsonReader } from './json-reader';
import { parseWildcard } from './wildcard';

/** Names that cannot be fields inside `$or`: they are, or may become, match expressions. */
const RESERVED = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr html = < <= > >= regex not-wildcard
  not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range
  ip-address-not-in-range`.split(/\s+/),
);

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** Stands after the opening brace, ends after the closing one. */
export function readMatchExpression(reader: JsonReader): Clause {
  if (reader.next() !== 'name') reader.fail('Match expression name not found');
  const name = reader.text();
  switch (name) {
    case 'exactly': {
      const text = readText(reader, 'exact');
      endExpression(reader);
      return { is: 'string', text };
    }
    case 'prefix':
    case 'suffix':
      return readEdge(reader, name);
    case 'equals-ignore-case': {
      const text = readText(reader, name);
      endExpression(reader);
      return { is: name, text };
    }
    case 'wildcard': {
      const clause = wildcardClause(reader, readText(reader, name));
      endExpression(reader);
      return clause;
    }
    case 'cidr': {
      // AWS says "prefix" here.
      const text = readText(reader, 'prefix');
      const parsed = parseCidr(text);
      if ('refused' in parsed) throw new JsonError(parsed.refused);
      endExpression(reader);
      return { is: 'cidr', text, bits: parsed.bits };
    }
    case 'numeric': {
      if (reader.next() !== 'array-start') reader.fail('Value of numeric must be an array.');
      const clause = readNumeric(reader);
      if (reader.next() !== 'object-end') tooManyElements(reader);
      return clause;
    }
    case 'exists': {
      const token = reader.next();
      if (token !== 'true' && token !== 'false') reader.fail('exists match pattern must be either true or false.');
      endExpression(reader);
      return { is: token === 'true' ? 'exists' : 'absent' };
    }
    case 'anything-but':
      return readAnythingBut(reader);
    default:
      return reader.fail(`Unrecognized match type ${name}`);
  }
}

function readText(reader: JsonReader, name: string): string {
  if (reader.next() !== 'string') reader.fail(`${name} match pattern must be a string`);
  return reader.text();
}

function endExpression(reader: JsonReader): void {
  if (reader.next() !== 'object-end') reader.fail('Only one key allowed in match expression');
}

function tooManyElements(reader: JsonReader): never {
  reader.fail('Too many elements in numeric expression');
}

function wildcardClause(reader: JsonReader, text: string): Clause {
  const parsed = parseWildcard(text);
  return 'refused' in parsed ? reader.fail(parsed.refused) : { is: 'wildcard', text, pieces: parsed.pieces };
}

function readEdge(reader: JsonReader, name: 'prefix' | 'suffix'): Clause {
  const token = reader.next();
  if (token === 'object-start') {
    const title = name === 'prefix' ? 'Prefix' : 'Suffix';
    if (reader.next() !== 'name') reader.fail(`${title} expression name not found`);
    if (reader.text() !== 'equals-ignore-case') reader.fail(`Unsupported ${name} pattern: ${reader.text()}`);
    const text = readText(reader, 'equals-ignore-case');
    endExpression(reader);
    endExpression(reader);
    return { is: name === 'prefix' ? 'prefix-ignore-case' : 'suffix-ignore-case', text };
  }
  if (token !== 'string') reader.fail(`${name} match pattern must be a string`);
  const text = reader.text();
  endExpression(reader);
  return { is: name, text };
}

type NestedName = 'equals-ignore-case' | 'prefix' | 'suffix' | 'wildcard';

function isNestedName(name: string): name is NestedName {
  return name === 'equals-ignore-case' || name === 'prefix' || name === 'suffix' || name === 'wildcard';
}

function readAnythingBut(reader: JsonReader): Clause {
  let token = reader.next();
  let nested: NestedName | null = null;
  if (token === 'object-start') {
    if (reader.next() !== 'name') reader.fail('Anything-But expression name not found');
    const name = reader.text();
    nested = isNestedName(name) ? name : reader.fail(`Unsupported anything-but pattern: ${name}`);
    token = reader.next();
  }
  const isNumber = token === 'integer' || token === 'float';
  if (token !== 'array-start' && token !== 'string' && !isNumber) {
    reader.fail('Value of anything-but must be an array or single string/number value.');
  }
  let clauses: Clause[];
  if (token === 'array-start') clauses = nested ? readNestedList(reader, nested) : readValueList(reader);
  else if (nested) clauses = [nestedClause(reader, nested, token === 'string')];
  else clauses = [isNumber ? numberClause(reader.text()) : { is: 'string', text: reader.text() }];
  if (reader.next() !== 'object-end') tooManyElements(reader);
  if (nested && reader.next() !== 'object-end') tooManyElements(reader);
  return { is: 'anything-but', clauses };
}

/** AWS quotes the place twice for what is wrong inside a list. */
function insideList<T>(reader: JsonReader, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonError) reader.fail(error.message);
    throw error;
  }
}

function readValueList(reader: JsonReader): Clause[] {
  const clauses: Clause[] = [];
  insideList(reader, () => {
    for (let token = reader.next(); token !== 'array-end'; token = reader.next()) {
      if (token === 'string') clauses.push({ is: 'string', text: reader.text() });
      else if (token === 'integer' || token === 'float') clauses.push(numberClause(reader.text()));
      else reader.fail('Inside anything but list, start|null|boolean is not supported.');
    }
  });
  const kinds = new Set(clauses.map((clause) => clause.is));
  if (kinds.size !== 1) {
    reader.fail('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return clauses;
}

function readNestedList(reader: JsonReader, nested: NestedName): Clause[] {
  const texts: string[] = [];
  insideList(reader, () => {
    for (let token = reader.next(); token !== 'array-end'; token = reader.next())
      texts.push(nestedText(reader, nested, token === 'string'));
  });
  return texts.map((text) => (nested === 'wildcard' ? wildcardClause(reader, text) : { is: nested, text }));
}

function nestedClause(reader: JsonReader, nested: NestedName, isString: boolean): Clause {
  const text = nestedText(reader, nested, isString);
  return nested === 'wildcard' ? wildcardClause(reader, text) : { is: nested, text };
}

function nestedText(reader: JsonReader, nested: NestedName, isString: boolean): string {
  if (!isString) {
    if (nested === 'equals-ignore-case') {
      reader.fail('Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.');
    }
    reader.fail(`${nested === 'wildcard' ? 'wildcard' : 'prefix/suffix'} match pattern must be a string`);
  }
  const text = reader.text();
  if (text === '' && (nested === 'prefix' || nested === 'suffix')) reader.fail('Null prefix/suffix not allowed');
  return text;
}

/** Throws without a place, as AWS does for a single value; a list adds it. */
function numberClause(text: string): Clause {
  const parsed = parseDecimal(text);
  if ('refused' in parsed) throw new JsonError(parsed.refused);
  return { is: 'number', text, millionths: parsed.millionths };
}

function readBound(reader: JsonReader, token: ReturnType<JsonReader['next']>, operator: string): string {
  if (token !== 'integer' && token !== 'float') reader.fail(`Value of ${operator} must be numeric`);
  return reader.text();
}

/** Stands after the opening bracket, ends after the closing one. */
function readNumeric(reader: JsonReader): Clause {
  if (reader.next() !== 'string') reader.fail(`Invalid member in numeric match: ${reader.text()}`);
  const operator = reader.text();
  const token = reader.next();
  if (!/^([<>]=?|=)$/.test(operator)) reader.fail(`Unrecognized numeric range operator: ${operator}`);
  const first = readBound(reader, token, operator === '=' ? 'equals' : operator);
  const after = reader.next();
  const text = (more = '') => `["${operator}",${first}${more}]`;
  if (operator === '=' || operator.startsWith('<')) {
    if (after !== 'array-end') tooManyElements(reader);
    const value = bound(reader, first);
    if (operator === '=') return { is: 'numeric', text: text(), low: value, high: value };
    return range(reader, text(), -MILLIONTHS_MAX, value, false, operator === '<');
  }
  const isOpenBelow = operator === '>';
  if (after === 'array-end') return range(reader, text(), bound(reader, first), MILLIONTHS_MAX, isOpenBelow, false);
  if (after !== 'string') reader.fail(`Bad value in numeric range: ${reader.text()}`);
  const upper = reader.text();
  if (upper !== '<' && upper !== '<=') reader.fail(`Bad numeric range operator: ${upper}`);
  const last = readBound(reader, reader.next(), upper);
  if (reader.next() !== 'array-end') reader.fail('Too many terms in numeric range expression');
  return range(reader, text(`,"${upper}",${last}`), bound(reader, first), bound(reader, last), isOpenBelow, upper === '<');
}

function bound(reader: JsonReader, text: string): number {
  const parsed = parseDecimal(text);
  return 'refused' in parsed ? reader.fail(parsed.refused) : parsed.millionths;
}

function range(reader: JsonReader, text: string, low: number, high: number, isOpenBelow: boolean, isOpenAbove: boolean): Clause {
  if (low >= high) reader.fail('Bottom must be less than top');
  return { is: 'numeric', text, low: low + (isOpenBelow ? 1 : 0), high: high - (isOpenAbove ? 1 : 0) };
}
