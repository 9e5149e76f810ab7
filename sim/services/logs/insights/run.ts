// A query over log events: each command takes rows and gives rows.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
import type { JsonObject } from '../../../kernel/json';
import { aggregate } from './aggregate';
import { compare, evaluate, isTrue } from './evaluate';
import type { Expression } from './expression';
import { dateText, textOf } from './functions';
import type { Column, Command } from './query';
import { Row, type Source, type Value } from './row';

export interface QueryResult {
  /** Each row a list of `{ field, value }`. */
  results: JsonObject[][];
  recordsMatched: number;
}

const DEFAULT_COLUMNS = ['@timestamp', '@message'];

/** Names under which a moment is shown as a date. */
const isMoment = (name: string, expression: Expression): boolean =>
  name === '@timestamp' ||
  name === '@ingestionTime' ||
  (expression.kind === 'field' && (expression.name === '@timestamp' || expression.name === '@ingestionTime')) ||
  (expression.kind === 'call' && ['bin', 'datefloor', 'dateceil', 'frommillis'].includes(expression.name.toLowerCase())) ||
  (expression.kind === 'call' &&
    ['min', 'max', 'earliest', 'latest'].includes(expression.name.toLowerCase()) &&
    isMomentField(expression.args[0]));

const isMomentField = (expression: Expression | undefined) => expression?.kind === 'field' && isMoment(expression.name, expression);

export function runQuery(commands: Command[], sources: Source[], limit: number): QueryResult {
  let rows = sources.map((source) => new Row(source)).sort((a, b) => Number(b.get('@timestamp')) - Number(a.get('@timestamp')));
  let shown: string[] = [];
  let isDisplayed = false;
  let isGrouped = false;
  let matched: number | null = null;
  let count = limit;
  const moments = new Set(['@timestamp', '@ingestionTime']);
  const compute = (columns: Column[]) => {
    for (const { name, expression } of columns) {
      if (isMoment(name, expression)) moments.add(name);
      if (expression.kind === 'field' && expression.name === name) continue;
      for (const row of rows) row.set(name, evaluate(expression, row));
    }
  };
  for (const command of commands) {
    switch (command.kind) {
      case 'fields':
        compute(command.columns);
        if (!isDisplayed) shown.push(...command.columns.map(({ name }) => name).filter((name) => !shown.includes(name)));
        break;
      case 'display':
        compute(command.columns);
        shown = command.columns.map(({ name }) => name);
        isDisplayed = true;
        break;
      case 'filter':
        rows = rows.filter((row) => isTrue(evaluate(command.condition, row)));
        break;
      case 'parse':
        for (const row of rows) parseInto(row, command);
        if (shown.length > 0 && !isDisplayed) shown.push(...command.names.filter((name) => !shown.includes(name)));
        break;
      case 'stats': {
        matched ??= rows.length;
        for (const { name, expression } of [...command.by, ...command.columns]) if (isMoment(name, expression)) moments.add(name);
        rows = group(rows, command);
        shown = [...command.by, ...command.columns].map(({ name }) => name);
        isGrouped = true;
        break;
      }
      case 'sort':
        rows = sortRows(rows, command.keys, isGrouped ? shown : []);
        break;
      case 'dedup':
        compute(command.columns);
        rows = firstOfEach(rows, command.columns);
        break;
      case 'limit':
        count = Math.min(command.count, limit);
        if (matched === null) matched = rows.length;
        rows = rows.slice(0, count);
        break;
    }
  }
  const names = shown.length > 0 ? shown : DEFAULT_COLUMNS;
  const results = rows.slice(0, count).map((row): JsonObject[] => {
    const fields = names.flatMap((name): JsonObject[] => {
      const value = row.get(name);
      return value === null ? [] : [{ field: name, value: print(value, moments.has(name)) }];
    });
    if (!isGrouped && row.source) fields.push({ field: '@ptr', value: row.source.ptr });
    return fields;
  });
  return { results, recordsMatched: matched ?? rows.length };
}

function print(value: Value, isDate: boolean): string {
  return isDate && typeof value === 'number' ? dateText(value) : textOf(value);
}

function parseInto(row: Row, { from, regex, names }: Extract<Command, { kind: 'parse' }>): void {
  const value = evaluate(from, row);
  const found = value === null ? null : new RegExp(regex.source, regex.flags.replace('g', '')).exec(textOf(value));
  if (!found) return;
  names.forEach((name, i) => {
    const part = found.groups?.[name] ?? (found.groups ? undefined : found[i + 1]);
    if (part !== undefined) row.set(name, part);
  });
}

function group(rows: Row[], { columns, by }: Extract<Command, { kind: 'stats' }>): Row[] {
  const groups = new Map<string, { keys: Value[]; rows: Row[] }>();
  for (const row of rows) {
    const keys = by.map(({ expression }) => evaluate(expression, row));
    const key = JSON.stringify(keys);
    const known = groups.get(key);
    if (known) known.rows.push(row);
    else groups.set(key, { keys, rows: [row] });
  }
  if (by.length === 0 && groups.size === 0) groups.set('', { keys: [], rows: [] });
  return [...groups.values()].map(({ keys, rows: members }) => {
    const result = new Row(null);
    by.forEach(({ name }, i) => {
      result.set(name, keys[i] ?? null);
    });
    for (const { name, expression } of columns) result.set(name, aggregate(expression, members));
    return result;
  });
}

/** After `stats` a key may be a column by its text, such as `count(*)`. Rows without the key come last. */
function sortRows(rows: Row[], keys: Extract<Command, { kind: 'sort' }>['keys'], columns: string[]): Row[] {
  const keyOf = (row: Row, { name, expression }: Column) => (columns.includes(name) ? row.get(name) : evaluate(expression, row));
  return [...rows].sort((a, b) => {
    for (const { column, isDescending } of keys) {
      const [x, y] = [keyOf(a, column), keyOf(b, column)];
      if (x === null || y === null) {
        if (x === y) continue;
        return x === null ? 1 : -1;
      }
      const difference = compare(x, y);
      if (difference !== 0) return isDescending ? -difference : difference;
    }
    return 0;
  });
}

function firstOfEach(rows: Row[], columns: Column[]): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const values = columns.map(({ name, expression }) => row.get(name) ?? evaluate(expression, row));
    // Rows without a value are kept.
    if (values.includes(null)) return true;
    const key = JSON.stringify(values);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
