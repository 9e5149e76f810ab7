// ARNs with wildcards: in Resource, and in the Arn operators, which compare component by component.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
import { globMatches, MANY } from './glob';

const COMPONENTS = 6;

/** The six components; everything after the fifth colon is the last one. Null when there are fewer. */
function componentsOf(text: string): string[] | null {
  const parts = text.split(':');
  if (parts.length < COMPONENTS) return null;
  return [...parts.slice(0, COMPONENTS - 1), parts.slice(COMPONENTS - 1).join(':')];
}

/** ArnEquals and ArnLike behave alike: each of the six components may hold wildcards, and none reaches over a colon. */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === MANY) return true;
  const wanted = componentsOf(pattern);
  const seen = componentsOf(arn);
  if (!wanted || !seen) return false;
  return wanted.every((component, i) => globMatches(component, seen[i] as string));
}

/**
 * A Resource element. A `*` that ends a component may reach over colons, one inside a component of the first five may not:
 * `arn:aws:sqs:eu-*-1:…` names Regions only.
 */
export function resourceMatches(pattern: string, resource: string): boolean {
  if (!globMatches(pattern, resource)) return false;
  const wanted = componentsOf(pattern);
  if (!wanted) return true;
  const hasInnerWildcard = wanted.slice(0, COMPONENTS - 1).some((component) => component.slice(0, -1).includes(MANY));
  if (!hasInnerWildcard) return true;
  const seen = componentsOf(resource);
  return seen?.every((component, i) => globMatches(wanted[i] as string, component)) ?? false;
}
