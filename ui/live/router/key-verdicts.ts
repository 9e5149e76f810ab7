// A pattern against an event, key by key: what the pattern wants, what the event has, and whether that will do.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
import type { EventObject } from '@/sim/services/events/matcher/event-value';
import { type FieldValue, PathIndex } from '@/sim/services/events/matcher/fields';
import { explainMismatch } from '@/sim/services/events/matcher/reference';
import { type Clause, formatClause, satisfies } from '@/sim/services/events/pattern/clause';
import type { Branch, Pattern } from '@/sim/services/events/pattern/pattern';

export interface KeyVerdict {
  /** `detail.total` */
  path: string;
  holds: boolean;
  /** The alternatives, as the pattern writes them. */
  wanted: string[];
  /** The values, as JSON; empty when the event has no such key. */
  seen: string[];
}

export interface PatternVerdict {
  keys: KeyVerdict[];
  /** Of the alternatives that `$or` makes, the one told here comes closest. */
  alternatives: number;
  /** Every key holds for itself, but this one only in another element of an array than the rest. */
  apart: string | null;
}

/** More values than this tell nobody more. */
const SEEN_MAX = 5;

export function keyVerdicts(pattern: Pattern, event: EventObject): PatternVerdict {
  const paths = new PathIndex();
  for (const branch of pattern.branches) for (const path of branch.keys()) paths.add(path);
  const fields = paths.fieldsOf(event);
  const valuesOf = (path: string): FieldValue[] => fields.valuesOf(paths.names.indexOf(path)) ?? [];
  const read = pattern.branches.map((branch) => readBranch(branch, valuesOf));
  const misses = (keys: KeyVerdict[]) => keys.filter((key) => !key.holds).length;
  const keys = read.reduce((best, next) => (misses(next) < misses(best) ? next : best), read[0] ?? []);
  const mismatch = explainMismatch(pattern, event);
  const apart = mismatch?.reason === 'different-array-element' ? mismatch.path : null;
  return { keys, alternatives: pattern.branches.length, apart };
}

function readBranch(branch: Branch, valuesOf: (path: string) => FieldValue[]): KeyVerdict[] {
  return [...branch].map(([path, clauses]) => {
    const values = valuesOf(path);
    return {
      path,
      holds: holds(clauses, values),
      wanted: clauses.map(formatClause),
      seen: values.slice(0, SEEN_MAX).map(({ kind, text }) => (kind === 'string' ? JSON.stringify(text) : text)),
    };
  });
}

function holds(clauses: readonly Clause[], values: readonly FieldValue[]): boolean {
  if (values.length === 0) return clauses.some((clause) => clause.is === 'absent');
  return values.some((value) => clauses.some((clause) => satisfies(clause, value)));
}
