// What `#names` and `:values` stand for in the expressions of one request, and which of them are used.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
import type { JsonObject } from '../../../kernel/json';
import { type AttributeValue, checked } from '../attribute-value';
import { invalid, Refusal } from '../refusal';

export class Scope {
  private readonly unusedNames: Set<string>;
  private readonly unusedValues: Set<string>;

  private constructor(
    private readonly names: Readonly<Record<string, string>>,
    private readonly values: Readonly<Record<string, AttributeValue>>,
  ) {
    this.unusedNames = new Set(Object.keys(names));
    this.unusedValues = new Set(Object.keys(values));
  }

  /** `expressions`: those that the operation may have, by the names of their members. */
  static of(input: JsonObject, expressions: readonly string[]): Scope {
    const names = input.ExpressionAttributeNames as Record<string, string> | undefined;
    const values = input.ExpressionAttributeValues as Record<string, AttributeValue> | undefined;
    const hasAny = expressions.some((member) => typeof input[member] === 'string');
    const missing = expressions.length === 1 ? `: ${expressions[0]} is null` : '';
    const given: [string, object | undefined][] = [
      ['ExpressionAttributeNames', names],
      ['ExpressionAttributeValues', values],
    ];
    for (const [member, map] of given) {
      if (map && !hasAny) throw invalid(`${member} can only be specified when using expressions${missing}`);
      if (map && Object.keys(map).length === 0) throw invalid(`${member} must not be empty`);
    }
    for (const key of Object.keys(names ?? {})) {
      if (!/^#\w+$/.test(key)) throw invalid(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
    }
    return new Scope(names ?? {}, checkedValues(values ?? {}));
  }

  name(placeholder: string): string | null {
    this.unusedNames.delete(placeholder);
    return Object.hasOwn(this.names, placeholder) ? (this.names[placeholder] ?? null) : null;
  }

  value(placeholder: string): AttributeValue | null {
    this.unusedValues.delete(placeholder);
    return Object.hasOwn(this.values, placeholder) ? (this.values[placeholder] ?? null) : null;
  }

  /** To be asked when all expressions are read. */
  refuseUnused(): void {
    if (this.unusedNames.size > 0) {
      throw invalid(`Value provided in ExpressionAttributeNames unused in expressions: keys: {${[...this.unusedNames].join(', ')}}`);
    }
    if (this.unusedValues.size > 0) {
      throw invalid(`Value provided in ExpressionAttributeValues unused in expressions: keys: {${[...this.unusedValues].join(', ')}}`);
    }
  }
}

function checkedValues(values: Record<string, AttributeValue>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (!/^:\w+$/.test(key)) throw invalid(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
      try {
        return [key, checked(value)];
      } catch (error) {
        if (!(error instanceof Refusal) || error.fault.code !== 'ValidationException') throw error;
        throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
      }
    }),
  );
}
