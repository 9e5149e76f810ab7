// A request against its API's model: required members, and the constraints of each value down to the last.
// https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html
import { clientFault, type Fault } from '../kernel/call';
import type { Json, JsonObject } from '../kernel/json';
import { allRules, brokenRules, type Constraint, type Constraints, patternRule } from './constraint';
import type { ServiceModel, Shape } from './model';

/** The wording lists every violation; a request can break only so many before a reader stops reading. */
const VIOLATIONS_MAX = 20;

/** Missing members of the CloudWatch API are named by the service in other words. */
const NAMES_MISSING_ITSELF: ReadonlySet<string> = new Set(['cloudwatch']);

/** Front ends that name a broken pattern before a broken length. */
const NAMES_PATTERN_FIRST: ReadonlySet<string> = new Set(['iam', 'sts']);

/** Front ends that list, among the rules for a list's items, that none may be null. */
const LISTS_NOT_NULL: ReadonlySet<string> = new Set(['lambda']);

/**
 * Patterns that IAM itself checks, once its front end is content, and one at a time.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 */
const OWN_WORDS: Record<string, Record<string, string>> = {
  iam: {
    '[\\w+=,.@-]+': 'It must contain only alphanumeric characters and/or the following: +=,.@_-',
    '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)':
      'It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  },
};

/** The fault of a request that breaks its API's model. Null when it keeps it, or where the service checks in words of its own. */
export function validateAgainst(model: ServiceModel, constraints: Constraints, operation: string, input: JsonObject): Fault | null {
  const shape = model.operation(operation)?.input;
  if (!shape || model.text.validation === null) return null;
  const violations: string[] = [];
  const validator = new Validator(model, constraints, violations);
  validator.check(shape, null, input, '');
  if (violations.length === 0) {
    return validator.ownRefusal === null ? null : clientFault(model.text.validation, validator.ownRefusal).fault;
  }
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  return clientFault(model.text.validation, `${count}: ${violations.slice(0, VIOLATIONS_MAX).join('; ')}`).fault;
}

/** Members as the messages spell them: `FunctionName` at `functionName`. */
function spelled(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A value as the messages print it: lists and maps as Java does. */
function printed(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${printed(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

class Validator {
  /** What the service says where the front end has nothing to say. */
  ownRefusal: string | null = null;

  constructor(
    private readonly model: ServiceModel,
    private readonly constraints: Constraints,
    private readonly violations: string[],
  ) {}

  check(shape: Shape, constraintName: string | null, value: Json, path: string): void {
    const constraint = constraintName === null ? undefined : this.constraints.get(constraintName);
    if (constraint) this.checkConstraint(constraint, shape, value, path);
    if (shape.kind === 'structure') this.checkMembers(shape.name, value as JsonObject, path);
    else if (shape.kind === 'list' && Array.isArray(value) && shape.member.kind === 'structure') {
      value.forEach((item, i) => {
        this.check(shape.member, null, item, `${path}.${i + 1}.member`);
      });
    } else if (shape.kind === 'map' && shape.value.kind === 'structure' && typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) this.check(shape.value, null, item, `${path}.${key}.member`);
    }
  }

  private checkMembers(structure: string, value: JsonObject, path: string): void {
    for (const { name, shape, isRequired, constraint } of this.model.members(structure)) {
      const given = value[name];
      const at = path === '' ? spelled(name) : `${path}.${spelled(name)}`;
      if (given === undefined || given === null) {
        const isOurs = isRequired && !NAMES_MISSING_ITSELF.has(this.model.text.prefix);
        if (isOurs) this.violations.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`);
      } else this.check(shape, constraint, given, at);
    }
  }

  private checkConstraint(constraint: Constraint, shape: Shape, value: Json, path: string): void {
    const { prefix } = this.model.text;
    const bytes = shape.kind === 'blob' && typeof value === 'string' ? byteLength(value) : undefined;
    const shown = bytes === undefined ? printed(value) : `java.nio.HeapByteBuffer[pos=0 lim=${bytes} cap=${bytes}]`;
    const subject = constraint.isSecret ? 'Value' : `Value '${shown}'`;
    const add = (rule: string) => this.violations.push(`${subject} at '${path}' failed to satisfy constraint: ${rule}`);
    const own = constraint.pattern === null ? undefined : OWN_WORDS[prefix]?.[constraint.pattern];
    for (const rule of brokenRules(constraint, value, bytes, NAMES_PATTERN_FIRST.has(prefix))) {
      if (own === undefined || rule !== patternRule(constraint.pattern ?? '')) add(rule);
      else this.ownRefusal ??= `The specified value for ${path} is invalid. ${own}`;
    }
    const items: [string | null, Json[], string][] = [
      [constraint.member, Array.isArray(value) ? value : [], 'Member must satisfy constraint'],
      [constraint.key, keysOf(value), 'Map keys must satisfy constraint'],
      [constraint.value, valuesOf(value), 'Map value must satisfy constraint'],
    ];
    for (const [name, entries, words] of items) {
      const inner = name === null ? undefined : this.constraints.get(name);
      if (!inner || !entries.some((entry) => brokenRules(inner, entry).length > 0)) continue;
      // All rules of the items are listed, broken or not, and once for the whole list.
      const rules = LISTS_NOT_NULL.has(prefix) ? [...allRules(inner), 'Member must not be null'] : allRules(inner);
      add(`${words}: [${rules.join(', ')}]`);
    }
  }
}

/** Of base64 text. */
function byteLength(text: string): number {
  return Math.floor((text.length * 3) / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
}

function keysOf(value: Json): Json[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

function valuesOf(value: Json): Json[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : [];
}
