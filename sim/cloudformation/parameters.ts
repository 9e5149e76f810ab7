// A template's parameters: their types, limits and values.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
import type { Json, JsonObject } from '../kernel/json';
import { isObject } from './template';

/** The values of a template's parameters, or a sentence about the one that has none. */
export function parameterValues(
  declared: Readonly<Record<string, Json>>,
  given: Readonly<Record<string, string>> = {},
): { values: Record<string, Json> } | { error: string; parameter: string } {
  const values: Record<string, Json> = {};
  for (const [name, parameter] of Object.entries(declared)) {
    const fail = (error: string) => ({ error, parameter: name });
    if (!isObject(parameter) || typeof parameter.Type !== 'string') {
      return fail(`Template format error: Every Parameters object must contain a Type member. (${name})`);
    }
    const value = given[name] ?? parameter.Default;
    if (value === undefined) return fail(`Parameters: [${name}] must have values. Give it a Default.`);
    const text = Array.isArray(value) ? value.join(',') : String(value);
    const items = listed(parameter.Type) ? text.split(',').map((item) => item.trim()) : [text];
    const broken = items.map((item) => problemOf(name, parameter, item)).find((problem) => problem !== null);
    if (broken) return fail(broken);
    values[name] = listed(parameter.Type) ? items : parameter.Type === 'Number' ? Number(text) : text;
  }
  const unknown = Object.keys(given).find((name) => declared[name] === undefined);
  if (unknown !== undefined) return { error: `Parameters: [${unknown}] do not exist in the template`, parameter: unknown };
  return { values };
}

function listed(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function problemOf(name: string, parameter: JsonObject, value: string): string | null {
  const { Type, AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue, ConstraintDescription } = parameter;
  const fail = (rule: string): string =>
    ConstraintDescription === undefined
      ? `Parameter ${name} failed to satisfy constraint: ${rule}`
      : `Parameter ${name} ${ConstraintDescription}`;
  if (String(Type).includes('Number') && !/^-?\d+(\.\d+)?$/.test(value.trim()))
    return `Parameter value for parameter name ${name} must be a number`;
  if (Array.isArray(AllowedValues) && !AllowedValues.map(String).includes(value))
    return fail(`must be one of [${AllowedValues.join(', ')}]`);
  if (typeof AllowedPattern === 'string' && !new RegExp(`^(?:${AllowedPattern})$`).test(value))
    return fail(`must match pattern ${AllowedPattern}`);
  if (MinLength !== undefined && value.length < Number(MinLength)) return fail(`must contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && value.length > Number(MaxLength)) return fail(`must contain at most ${MaxLength} characters`);
  if (MinValue !== undefined && Number(value) < Number(MinValue)) return fail(`must be a number not less than ${MinValue}`);
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) return fail(`must be a number not greater than ${MaxValue}`);
  return null;
}
