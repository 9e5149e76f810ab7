// How much of SNS's allowance for wildcards a field takes: the points of its patterns times their number. SNS-X27.
// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
import { type Condition, wildcardParts } from './condition';

const SEVERAL_WILDCARDS = 3;

function pointsOf(condition: Condition): number | null {
  if (condition.type === 'wildcard') return wildcardParts(condition.text).length > 2 ? SEVERAL_WILDCARDS : 1;
  // Anything-but counts as a pattern when it holds one, such as a prefix.
  return condition.type === 'anything-but' && condition.conditions.some(({ type }) => type !== 'exact') ? 1 : null;
}

/** Zero for a field without wildcards: the rest is no pattern in this sense, or costs nothing alone. */
export function wildcardPoints(conditions: readonly Condition[]): number {
  const isWild = conditions.some(
    (condition) =>
      condition.type === 'wildcard' || (condition.type === 'anything-but' && condition.conditions.some(({ type }) => type === 'wildcard')),
  );
  if (!isWild) return 0;
  const points = conditions.map(pointsOf).filter((point) => point !== null);
  return points.reduce((sum, point) => sum + point, 0) * points.length;
}
