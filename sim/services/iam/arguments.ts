// Inputs of API operations, checked the way IAM's query API words its ValidationError.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
import { clientFault, type Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Tag } from './state';

interface TextRule {
  min?: number;
  max: number;
  /** As AWS prints it. */
  pattern?: string;
}

export const NAME: TextRule = { min: 1, max: 64, pattern: '[\\w+=,.@-]+' };
export const LONG_NAME: TextRule = { min: 1, max: 128, pattern: '[\\w+=,.@-]+' };
export const PATH: TextRule = { min: 1, max: 512, pattern: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)' };
export const DOCUMENT: TextRule = { min: 1, max: 131_072 };
export const ARN: TextRule = { min: 20, max: 2048 };
export const DESCRIPTION: TextRule = { max: 1000 };
/** IAM and STS quotas: at most 50 tags an identity. */
const TAGS_MAX = 50;

/** Reads members and collects every problem, since AWS reports all of them at once. */
export class Arguments {
  private readonly problems: string[] = [];

  constructor(private readonly input: JsonObject) {}

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

  tags(): Tag[] {
    const value = this.input.Tags;
    if (!Array.isArray(value)) return [];
    if (value.length > TAGS_MAX) this.refuse(`'${value.length} tags'`, 'tags', `Member must have length less than or equal to ${TAGS_MAX}`);
    return value.map((tag) => {
      const { Key = '', Value = '' } = tag as unknown as Partial<Tag>;
      return { Key: String(Key), Value: String(Value) };
    });
  }

  /** Null when everything is in order. */
  fault(): { fault: Fault } | null {
    const count = this.problems.length;
    if (count === 0) return null;
    const head = `${count} validation error${count > 1 ? 's' : ''} detected: `;
    return clientFault('ValidationError', head + this.problems.join('; '));
  }

  private check(member: string, value: string, { min = 0, max, pattern }: TextRule): string {
    if (value.length < min) this.refuse(`'${value}'`, member, `Member must have length greater than or equal to ${min}`);
    else if (value.length > max) this.refuse(`'${value}'`, member, `Member must have length less than or equal to ${max}`);
    else if (pattern && !new RegExp(`^(?:${pattern})$`).test(value)) {
      this.refuse(`'${value}'`, member, `Member must satisfy regular expression pattern: ${pattern}`);
    }
    return value;
  }

  private refuse(shown: string, member: string, constraint: string): void {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    this.problems.push(`Value ${shown} at '${name}' failed to satisfy constraint: ${constraint}`);
  }
}
