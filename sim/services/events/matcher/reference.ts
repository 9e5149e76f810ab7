// One pattern against one event, spelled out: the plain meaning of a pattern, and why an event does not match.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
import { type Clause, formatClause, satisfies } from '../pattern/clause';
import type { Branch, Pattern } from '../pattern/pattern';
import type { EventObject } from './event-value';
import { candidates, type FieldValue, joinPlaces, PathIndex, type Places } from './fields';

/** By path. */
type FieldTable = Map<string, FieldValue[]>;

function tableOf(pattern: Pattern, event: EventObject): FieldTable {
  const paths = new PathIndex();
  for (const branch of pattern.branches) for (const path of branch.keys()) paths.add(path);
  const fields = paths.fieldsOf(event);
  const table: FieldTable = new Map();
  paths.names.forEach((path, id) => {
    const values = fields.valuesOf(id);
    if (values) table.set(path, values);
  });
  return table;
}

export function matchesPattern(pattern: Pattern, event: EventObject): boolean {
  const table = tableOf(pattern, event);
  return pattern.branches.some((branch) => deepestMatch(branch, table).isWhole);
}

/** Values of a field that are tried one by one. */
const PLAIN_MAX = 200;

interface Reach {
  isWhole: boolean;
  /** Fields, in order of their paths, that can match together. */
  depth: number;
}

/** Whether a choice of one value a field satisfies all of them, no two in different elements of one array. */
function deepestMatch(branch: Branch, table: FieldTable): Reach {
  const paths = [...branch.keys()].sort();
  let deepest = 0;
  const tryFrom = (index: number, places: Places): boolean => {
    deepest = Math.max(deepest, index);
    const path = paths[index];
    if (path === undefined) return true;
    const clauses = branch.get(path) as Clause[];
    const all = table.get(path) ?? [];
    const values = all.length > PLAIN_MAX ? candidates(all, places) : all;
    // A field is absent when no value of it fits the array elements chosen so far.
    if (clauses.some((clause) => clause.is === 'absent') && values.every((value) => joinPlaces(places, value.places) === null)) {
      if (tryFrom(index + 1, places)) return true;
    }
    return values.some((value) => {
      if (!clauses.some((clause) => satisfies(clause, value))) return false;
      const joined = joinPlaces(places, value.places);
      return joined !== null && tryFrom(index + 1, joined);
    });
  };
  return { isWhole: tryFrom(0, []), depth: deepest };
}

/** Why an event does not match: the first field, in order of their paths, that fails. */
export interface Mismatch {
  path: string;
  /** The alternatives that the pattern gives, as written. */
  expected: string[];
  /** The values in the event, as JSON; the first few. */
  seen: string[];
  reason: 'missing' | 'present' | 'different-value' | 'different-array-element';
}

const SEEN_MAX = 5;
const TEXT_MAX = 200;

/** Of the branch that came furthest; null when the event matches. */
export function explainMismatch(pattern: Pattern, event: EventObject): Mismatch | null {
  const table = tableOf(pattern, event);
  let best: Branch | null = null;
  let bestDepth = -1;
  for (const branch of pattern.branches) {
    const { isWhole, depth } = deepestMatch(branch, table);
    if (isWhole) return null;
    if (depth > bestDepth) {
      best = branch;
      bestDepth = depth;
    }
  }
  const path = [...(best?.keys() ?? [])].sort()[bestDepth];
  if (!best || path === undefined) return null;
  const clauses = best.get(path) as Clause[];
  const values = table.get(path) ?? [];
  return {
    path,
    expected: clauses.slice(0, SEEN_MAX).map((clause) => shorten(formatClause(clause))),
    seen: values.slice(0, SEEN_MAX).map(({ kind, text }) => shorten(kind === 'string' ? JSON.stringify(text) : text)),
    reason: reasonFor(clauses, values),
  };
}

function reasonFor(clauses: Clause[], values: FieldValue[]): Mismatch['reason'] {
  if (values.length === 0) return 'missing';
  if (values.some((value) => clauses.some((clause) => satisfies(clause, value)))) return 'different-array-element';
  return clauses.every((clause) => clause.is === 'absent') ? 'present' : 'different-value';
}

function shorten(text: string): string {
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
