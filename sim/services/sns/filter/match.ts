// Whether a message passes a filter policy, and which key kept it out. SNS-X25, SNS-X28.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
import type { Json } from '../../../kernel/json';
import { isSatisfied, type Value } from './condition';
import { hundredThousandths } from './decimal';
import type { FilterPolicy, KeyRule } from './policy';

export interface FilterAttribute {
  DataType: string;
  StringValue?: string;
}

/** A value under a path, and in which element of which array it stands: values of one rule must not mix elements. */
interface Leaf {
  value: Value;
  elements: ReadonlyMap<number, number>;
}

/** By path, names joined with a character that JSON text rarely holds. */
type Leaves = Map<string, Leaf[]>;

const JOIN = '\u0000';

/** Reasons are the endings of the metric NumberOfNotificationsFilteredOut. SNS-X15. */
export type Verdict =
  | { matches: true }
  | {
      matches: false;
      reason: 'MessageAttributes' | 'MessageBody' | 'NoMessageAttributes' | 'InvalidAttributes' | 'InvalidMessageBody';
      /** The first key whose conditions no value of the message satisfies; of the alternative that came furthest. */
      key?: string;
      /** What the message has there; empty when the key is missing. */
      seen?: string[];
    };

export function matchMessage(policy: FilterPolicy, message: string, attributes: Record<string, FilterAttribute>): Verdict {
  if (policy.alternatives.some((rules) => rules.length === 0)) return { matches: true };
  if (policy.scope === 'MessageBody') {
    const body = parseBody(message);
    if (body === null) return { matches: false, reason: 'InvalidMessageBody' };
    return decide(policy, leavesOfBody(body), 'MessageBody');
  }
  const leaves = leavesOfAttributes(attributes);
  if (leaves === null) return { matches: false, reason: 'InvalidAttributes' };
  if (Object.keys(attributes).length > 0) return decide(policy, leaves, 'MessageAttributes');
  // Without any attribute not even `exists: false` holds.
  const key = policy.alternatives[0]?.[0]?.path.join('.') ?? '';
  return { matches: false, reason: 'NoMessageAttributes', key, seen: [] };
}

function parseBody(message: string): Json | null {
  try {
    const body = JSON.parse(message) as Json;
    return typeof body === 'object' && !Array.isArray(body) ? body : null;
  } catch {
    return null;
  }
}

function decide(policy: FilterPolicy, leaves: Leaves, reason: 'MessageAttributes' | 'MessageBody'): Verdict {
  let furthest: { depth: number; rule: KeyRule } | null = null;
  for (const rules of policy.alternatives) {
    const reached = depthReached(rules, leaves, 0, new Map());
    if (reached === rules.length) return { matches: true };
    const rule = rules[reached];
    if (rule && (!furthest || reached > furthest.depth)) furthest = { depth: reached, rule };
  }
  const path = furthest?.rule.path ?? [];
  const seen = (leaves.get(path.join(JOIN)) ?? []).map(({ value }) => value.text);
  return { matches: false, reason, key: path.join('.'), seen };
}

/** How many rules can hold together, in order; all of them when the alternative matches. */
function depthReached(rules: readonly KeyRule[], leaves: Leaves, from: number, elements: ReadonlyMap<number, number>): number {
  const rule = rules[from];
  if (!rule) return from;
  const here = leaves.get(rule.path.join(JOIN)) ?? [];
  if (here.length === 0) {
    const isAbsenceWanted = rule.conditions.some((condition) => condition.type === 'exists' && !condition.wanted);
    return isAbsenceWanted ? depthReached(rules, leaves, from + 1, elements) : from;
  }
  let furthest = from;
  for (const leaf of here) {
    if (!rule.conditions.some((condition) => isSatisfied(condition, leaf.value))) continue;
    const joined = join(elements, leaf.elements);
    if (!joined) continue;
    const reached = depthReached(rules, leaves, from + 1, joined);
    if (reached === rules.length) return reached;
    furthest = Math.max(furthest, reached);
  }
  return furthest;
}

function join(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): ReadonlyMap<number, number> | null {
  if (b.size === 0) return a;
  const joined = new Map(a);
  for (const [array, element] of b) {
    const other = joined.get(array);
    if (other !== undefined && other !== element) return null;
    joined.set(array, element);
  }
  return joined;
}

function scalarValue(json: string | number | boolean | null): Value {
  if (json === null) return { kind: 'null', text: 'null' };
  return { kind: typeof json as 'string' | 'number' | 'boolean', text: String(json) };
}

function leavesOfBody(body: Json): Leaves {
  const leaves: Leaves = new Map();
  let arrays = 0;
  const walk = (json: Json, path: string, elements: ReadonlyMap<number, number>): void => {
    if (Array.isArray(json)) {
      const array = arrays++;
      json.forEach((item, i) => {
        walk(item, path, new Map([...elements, [array, i]]));
      });
    } else if (typeof json === 'object' && json !== null) {
      for (const [name, member] of Object.entries(json)) walk(member, path === '' ? name : path + JOIN + name, elements);
    } else {
      const list = leaves.get(path) ?? [];
      list.push({ value: scalarValue(json), elements });
      leaves.set(path, list);
    }
  };
  walk(body, '', new Map());
  return leaves;
}

/**
 * Attributes are compared as JSON text has them: a policy escapes quotation marks and backslashes twice to meet them.
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
function asEscaped(value: Value): Value {
  return value.kind === 'string' ? { ...value, text: value.text.replace(/["\\]/g, '\\$&') } : value;
}

/** String, String.Array, Number and Number.Array take part; Binary does not. Null when one of them is malformed. */
function leavesOfAttributes(attributes: Record<string, FilterAttribute>): Leaves | null {
  const leaves: Leaves = new Map();
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    const values = valuesOf(DataType, StringValue)?.map(asEscaped) ?? null;
    if (values === null) return null;
    if (values.length > 0) {
      leaves.set(
        name,
        values.map((value) => ({ value, elements: new Map() })),
      );
    }
  }
  return leaves;
}

function valuesOf(dataType: string, text: string): Value[] | null {
  if (dataType === 'String.Array' || dataType === 'Number.Array') {
    try {
      const list = JSON.parse(text) as Json;
      return Array.isArray(list) ? flatten(list) : null;
    } catch {
      return null;
    }
  }
  if (dataType === 'Number' || dataType.startsWith('Number.')) {
    return hundredThousandths(text) === null ? null : [{ kind: 'number', text }];
  }
  return dataType.startsWith('String') ? [{ kind: 'string', text }] : [];
}

/** SNS reads strings, numbers, true, false and null of an array; objects have no name to be asked for. */
function flatten(list: Json[]): Value[] {
  return list.flatMap((item) => {
    if (Array.isArray(item)) return flatten(item);
    return typeof item === 'object' && item !== null ? [] : [scalarValue(item)];
  });
}
