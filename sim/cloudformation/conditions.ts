// Conditions: what of a template counts, decided by its parameters before anything is made.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
import type { Json, JsonObject } from '../kernel/json';
import { IntrinsicError, type Names, resolve } from './intrinsics';
import { isObject } from './template';

const NO_VALUE = Symbol('AWS::NoValue');

/** Decides each named condition once, on first use. */
export class Conditions {
  private readonly decided = new Map<string, boolean | 'open'>();

  constructor(
    private readonly conditions: Readonly<Record<string, Json>>,
    private readonly names: Names,
  ) {}

  holds(name: string): boolean {
    const known = this.decided.get(name);
    if (known === 'open') throw new IntrinsicError(`Template error: the condition ${name} depends on itself.`);
    if (known !== undefined) return known;
    const condition = this.conditions[name];
    if (condition === undefined) throw new IntrinsicError(`Template format error: Unresolved condition dependency ${name}`);
    this.decided.set(name, 'open');
    const value = this.decide(condition);
    this.decided.set(name, value);
    return value;
  }

  /** The value with every `Fn::If` replaced by the branch that counts, and without what is `AWS::NoValue`. */
  prune(value: Json): Json {
    const pruned = this.pruneOrDrop(value);
    return pruned === NO_VALUE ? null : pruned;
  }

  private pruneOrDrop(value: Json): Json | typeof NO_VALUE {
    if (Array.isArray(value)) return value.map((item) => this.pruneOrDrop(item)).filter((item): item is Json => item !== NO_VALUE);
    if (!isObject(value)) return value;
    if (value.Ref === 'AWS::NoValue') return NO_VALUE;
    const choice = value['Fn::If'];
    if (choice !== undefined) {
      if (!Array.isArray(choice) || choice.length !== 3) {
        throw new IntrinsicError('Template error: Fn::If requires a list argument with the first element being a condition.');
      }
      return this.pruneOrDrop((this.holds(String(choice[0])) ? choice[1] : choice[2]) as Json);
    }
    const members: JsonObject = {};
    for (const [name, member] of Object.entries(value)) {
      const pruned = this.pruneOrDrop(member);
      if (pruned !== NO_VALUE) members[name] = pruned;
    }
    return members;
  }

  private decide(condition: Json): boolean {
    if (!isObject(condition)) throw new IntrinsicError('Template format error: Every Conditions member must contain a condition function.');
    const [[name, argument] = ['', null]] = Object.entries(condition);
    const list = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return this.holds(String(argument));
      case 'Fn::And':
        return list.every((item) => this.decide(item));
      case 'Fn::Or':
        return list.some((item) => this.decide(item));
      case 'Fn::Not':
        return !this.decide(list[0] ?? null);
      case 'Fn::Equals': {
        const [left, right] = list.map((item) => resolve(item, this.names));
        return JSON.stringify(asComparable(left)) === JSON.stringify(asComparable(right));
      }
      default:
        throw new IntrinsicError(`Template error: ${name} is not a condition function.`);
    }
  }
}

/** Parameters are text: `!Equals [!Ref Count, 3]` compares "3" with 3 and finds them equal. */
function asComparable(value: Json | undefined): Json | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
