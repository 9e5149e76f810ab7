// The commands of an Insights query, read. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
import { AGGREGATES, isAggregate } from './aggregate';
import { type Expression, ExpressionReader, readRegex } from './expression';
import { FUNCTIONS } from './functions';
import { QueryError, tokenize } from './tokens';

export interface Column {
  name: string;
  expression: Expression;
}

export type Command =
  | { kind: 'fields' | 'display'; columns: Column[] }
  | { kind: 'filter'; condition: Expression }
  | { kind: 'stats'; columns: Column[]; by: Column[] }
  | { kind: 'sort'; keys: { column: Column; isDescending: boolean }[] }
  | { kind: 'limit'; count: number }
  | { kind: 'parse'; from: Expression; regex: RegExp; names: string[] }
  | { kind: 'dedup'; columns: Column[] };

const LIMIT_MAX = 10_000;

/** Known to AWS and not part of this simulator: the refusal says so. */
const OTHER_COMMANDS = new Set(['pattern', 'diff', 'unnest', 'unmask', 'anomaly', 'filterindex', 'source', 'join', 'lookup', 'subqueries']);

export function readQuery(query: string): Command[] {
  const reader = new ExpressionReader(query, tokenize(query));
  const commands: Command[] = [];
  if (reader.isAtEnd()) return commands;
  do {
    commands.push(readCommand(reader));
  } while (reader.takeSymbol('|'));
  if (!reader.isAtEnd()) reader.fail();
  return commands;
}

function readCommand(reader: ExpressionReader): Command {
  const token = reader.take();
  if (token.kind !== 'name') {
    reader.at--;
    return reader.fail(token);
  }
  switch (token.value.toLowerCase()) {
    case 'fields':
      return { kind: 'fields', columns: readColumns(reader, false) };
    case 'display':
      return { kind: 'display', columns: readColumns(reader, false) };
    case 'dedup':
      return { kind: 'dedup', columns: readColumns(reader, false) };
    case 'filter':
    case 'where': {
      const condition = reader.read();
      check(reader, condition, false, token.start);
      return { kind: 'filter', condition };
    }
    case 'stats':
      return readStats(reader);
    case 'sort':
    case 'order':
      return readSort(reader);
    case 'limit':
    case 'head':
    case 'tail':
      return { kind: 'limit', count: readLimit(reader) };
    case 'parse':
      return readParse(reader);
    default: {
      if (OTHER_COMMANDS.has(token.value.toLowerCase())) {
        throw new QueryError(`the command ${token.value} is not part of this simulator`, token.start, token.end);
      }
      reader.at--;
      return reader.fail(token);
    }
  }
}

function readColumns(reader: ExpressionReader, isStats: boolean): Column[] {
  const columns: Column[] = [];
  do {
    const start = reader.next.start;
    const { expression, text } = reader.readNamed();
    check(reader, expression, isStats, start);
    const alias = reader.takeWord('as') ? reader.take() : null;
    if (alias && alias.kind !== 'name' && alias.kind !== 'text') reader.fail(alias);
    columns.push({ name: alias?.value ?? text, expression });
  } while (reader.takeSymbol(','));
  return columns;
}

/** Functions exist, and aggregates stand only where rows are grouped. */
function check(reader: ExpressionReader, expression: Expression, isStats: boolean, start: number): void {
  const end = reader.tokens[Math.max(0, reader.at - 1)]?.end ?? start;
  if (!isStats && isAggregate(expression)) throw new QueryError('aggregate functions are only allowed in the stats command', start, end);
  visit(expression, (name) => {
    const lower = name.toLowerCase();
    if (lower in FUNCTIONS || lower in AGGREGATES || ['bin', 'datefloor', 'dateceil'].includes(lower)) return;
    throw new QueryError(`invalid function ${name}`, start, end);
  });
}

function visit(expression: Expression, onCall: (name: string) => void): void {
  switch (expression.kind) {
    case 'call':
      onCall(expression.name);
      for (const arg of expression.args) visit(arg, onCall);
      break;
    case 'unary':
      visit(expression.inner, onCall);
      break;
    case 'binary':
      visit(expression.left, onCall);
      visit(expression.right, onCall);
      break;
    case 'in':
      visit(expression.left, onCall);
      for (const item of expression.items) visit(item, onCall);
  }
}

function readStats(reader: ExpressionReader): Command {
  const first = reader.next;
  const columns = readColumns(reader, true);
  if (!columns.every(({ expression }) => isAggregate(expression))) {
    throw new QueryError('stats takes aggregate functions such as count(*)', first.start, first.end);
  }
  const by = reader.takeWord('by') ? readColumns(reader, false) : [];
  return { kind: 'stats', columns, by };
}

function readSort(reader: ExpressionReader): Command {
  reader.takeWord('by');
  const keys: { column: Column; isDescending: boolean }[] = [];
  do {
    const { expression, text } = reader.readNamed();
    const isDescending = reader.takeWord('desc');
    if (!isDescending) reader.takeWord('asc');
    keys.push({ column: { name: text, expression }, isDescending });
  } while (reader.takeSymbol(','));
  return { kind: 'sort', keys };
}

function readLimit(reader: ExpressionReader): number {
  const token = reader.take();
  const count = Number(token.value);
  if (token.kind !== 'number' || !Number.isInteger(count) || count < 1 || count > LIMIT_MAX) {
    throw new QueryError(`limit takes a number from 1 to ${LIMIT_MAX}`, token.start, token.end);
  }
  return count;
}

function readParse(reader: ExpressionReader): Command {
  let from: Expression = { kind: 'field', name: '@message' };
  if (reader.next.kind === 'name') from = reader.read();
  const token = reader.take();
  if (token.kind === 'regex') {
    const regex = readRegex(token);
    const names = [...regex.source.matchAll(/\(\?<([A-Za-z_][A-Za-z0-9_]*)>/g)].map(([, name]) => name as string);
    if (names.length === 0) throw new QueryError('a regular expression in parse needs named groups', token.start, token.end);
    return { kind: 'parse', from, regex, names };
  }
  if (token.kind !== 'text') reader.fail(token);
  const parts = token.value.split('*');
  if (!reader.takeWord('as')) reader.fail();
  const names: string[] = [];
  do {
    names.push(reader.take().value);
  } while (reader.takeSymbol(','));
  if (names.length !== parts.length - 1) {
    throw new QueryError(`parse has ${parts.length - 1} wildcards and ${names.length} names`, token.start, token.end);
  }
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const source = escaped.reduce((text, part, i) =>
    i === 0 ? part : `${text}(${i === escaped.length - 1 && part === '' ? '.*' : '.*?'})${part}`,
  );
  return { kind: 'parse', from, regex: new RegExp(source, 's'), names };
}
