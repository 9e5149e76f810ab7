// Inputs of API operations, checked and worded as AWS's services do: every problem of a call in one message.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
import { clientFault, type Fault } from './call';
import type { JsonObject } from './json';

export interface TextRule {
  min?: number;
  max: number;
  /** As AWS prints it. */
  pattern?: string;
}

/** Reads members and collects every problem, since AWS reports all of them at once. */
export class Arguments {
  private readonly problems: string[] = [];

  /** `code`: ValidationError of query services, ValidationException of JSON services. */
  constructor(
    protected readonly input: JsonObject,
    private readonly code = 'ValidationError',
  ) {}

  text(member: string, rule: TextRule): string {
    const value = this.input[member];
    if (value === undefined || value === null) {
      this.refuse('null', member, 'Member must not be null');
      return '';
    }
    return this.check(member, String(value), rule);
  }

  optionalText(member: string, rule: TextRule): string | null {
    const value = this.input[member];
    return value === undefined || value === null ? null : this.check(member, String(value), rule);
  }

  oneOf<T extends string>(member: string, values: readonly T[], fallback?: T): T {
    const value = this.input[member] ?? fallback ?? null;
    if (!values.includes(value as T)) {
      const shown = value === null ? 'null' : `'${value}'`;
      this.refuse(shown, member, `Member must satisfy enum value set: [${values.join(', ')}]`);
    }
    return value as T;
  }

  integer(member: string, rule: { min: number; max: number; fallback: number }): number {
    const value = this.input[member] ?? rule.fallback;
    const number = Number(value);
    if (!Number.isInteger(number) || number < rule.min) {
      this.refuse(`'${value}'`, member, `Member must have value greater than or equal to ${rule.min}`);
    } else if (number > rule.max) {
      this.refuse(`'${value}'`, member, `Member must have value less than or equal to ${rule.max}`);
    }
    return number;
  }

  texts(member: string): string[] {
    const value = this.input[member];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** Null when everything is in order. */
  fault(): { fault: Fault } | null {
    const count = this.problems.length;
    if (count === 0) return null;
    const head = `${count} validation error${count > 1 ? 's' : ''} detected: `;
    return clientFault(this.code, head + this.problems.join('; '));
  }

  private check(member: string, value: string, { min = 0, max, pattern }: TextRule): string {
    if (value.length < min) this.refuse(`'${value}'`, member, `Member must have length greater than or equal to ${min}`);
    else if (value.length > max) this.refuse(`'${value}'`, member, `Member must have length less than or equal to ${max}`);
    else if (pattern && !new RegExp(`^(?:${pattern})$`).test(value)) {
      this.refuse(`'${value}'`, member, `Member must satisfy regular expression pattern: ${pattern}`);
    }
    return value;
  }

  protected refuse(shown: string, member: string, constraint: string): void {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    this.problems.push(`Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`);
  }
}
