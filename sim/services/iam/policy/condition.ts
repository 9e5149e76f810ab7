// The Condition element: operators with IfExists, ForAllValues, ForAnyValue and Null, and what a missing key means to each.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
import { type Operator, operatorNamed } from './operators';
import { type ContextValues, compileTemplate, resolveTemplate, type Template, variablesOf } from './variables';

export interface Condition {
  /** As the policy writes it: `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  /** Null for the Null operator. */
  comparison: Operator | null;
  set: 'all' | 'any' | null;
  ifExists: boolean;
  /** As the policy writes it. */
  key: string;
  lowerKey: string;
  values: Template[];
}

export interface OperatorName {
  comparison: Operator | null;
  set: Condition['set'];
  ifExists: boolean;
}

/** Null for an operator that IAM does not know. */
export function parseOperatorName(text: string): OperatorName | null {
  const match = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/i.exec(text);
  if (!match) return null;
  const [, qualifier, name, suffix] = match;
  const set = !qualifier ? null : qualifier.toLowerCase() === 'forallvalues' ? 'all' : 'any';
  if (name?.toLowerCase() === 'null') return suffix ? null : { comparison: null, set, ifExists: false };
  const comparison = operatorNamed(name as string);
  return comparison ? { comparison, set, ifExists: suffix !== undefined } : null;
}

/** Null when the operator is unknown: a policy that says so was never accepted. */
export function compileCondition(operator: string, key: string, values: readonly string[], variables: boolean): Condition | null {
  const name = parseOperatorName(operator);
  if (!name) return null;
  const options = { wildcards: name.comparison?.wildcards ?? false, variables: variables && (name.comparison?.variables ?? false) };
  return { operator, ...name, key, lowerKey: key.toLowerCase(), values: values.map((value) => compileTemplate(value, options)) };
}

export function conditionHolds(condition: Condition, context: ContextValues): boolean {
  const { comparison, set } = condition;
  const seen = context.get(condition.lowerKey);
  const isPresent = seen !== undefined && seen.length > 0;
  if (!comparison) return condition.values.some(({ source }) => (source.toLowerCase() === 'true') !== isPresent);
  if (!isPresent) {
    if (condition.ifExists) return true;
    if (set) return set === 'all';
    return comparison.isNegated;
  }
  const matches = (value: string): boolean =>
    condition.values.some((template) => {
      const wanted = resolveTemplate(template, context);
      return wanted !== null && comparison.matches(wanted, value);
    });
  if (set) {
    // A set of nothing but an empty text counts as no values at all.
    if (seen.every((value) => value === '')) return set === 'all';
    const passes = (value: string): boolean => matches(value) !== comparison.isNegated;
    return set === 'all' ? seen.every(passes) : seen.some(passes);
  }
  // A key of several values needs a set operator: without one nothing equals it.
  return (seen.length === 1 && matches(seen[0] as string)) !== comparison.isNegated;
}

/** Every condition key that deciding this condition may read, in lower case. */
export function keysOf(condition: Condition): string[] {
  return [condition.lowerKey, ...condition.values.flatMap(variablesOf)];
}
