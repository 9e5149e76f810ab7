// The value of a metric math expression over the other queries of its request.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
// Simplified: no SEARCH, anomaly bands, Metrics Insights or data from elsewhere; AWS has them, and here they are refused by name.
import { FUNCTIONS, type MathScope, operate } from './functions';
import type { MathNode } from './parse';
import { MathError } from './tokens';
import { type MathValue, mapSeries, scalar } from './value';

const ELSEWHERE = new Set([
  'SEARCH',
  'ANOMALY_DETECTION_BAND',
  'INSIGHT_RULE_METRIC',
  'SERVICE_QUOTA',
  'LAMBDA',
  'DB_PERF_INSIGHTS',
  'SELECT',
]);

/** Words that stand for themselves, as in FILL(m1, REPEAT). */
const WORDS = new Set(['REPEAT', 'LINEAR', 'ASC', 'DESC', 'SUM', 'AVG', 'MIN', 'MAX', 'STDDEV']);

export function evaluateMath(node: MathNode, lookUp: (id: string) => MathValue | null, scope: MathScope): MathValue {
  const inner = (child: MathNode) => evaluateMath(child, lookUp, scope);
  switch (node.kind) {
    case 'number':
      return scalar(node.value);
    case 'text':
      return { type: 'text', value: node.value };
    case 'id': {
      const value = lookUp(node.id);
      if (value) return value;
      if (WORDS.has(node.id.toUpperCase())) return { type: 'text', value: node.id };
      throw new MathError(`Unknown identifier '${node.id}'`);
    }
    case 'negate': {
      const value = inner(node.inner);
      if (value.type === 'scalar') return scalar(-value.value);
      if (value.type === 'series') return { type: 'series', series: mapSeries(value.series, (one) => -one) };
      throw new MathError("Unsupported operand type(s) for '-'");
    }
    case 'list': {
      const items = node.items.map(inner).flatMap((value) => {
        if (value.type === 'series') return [value.series];
        if (value.type === 'list') return value.items;
        throw new MathError('An array holds time series');
      });
      return { type: 'list', items };
    }
    case 'binary':
      return operate(node.operator, inner(node.left), inner(node.right));
    case 'call': {
      const name = node.name.toUpperCase();
      if (ELSEWHERE.has(name)) throw new MathError(`${name} is not part of this simulator`);
      const compute = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
      if (!compute) throw new MathError(`Unknown function '${node.name}'`);
      return compute(node.args.map(inner), scope, name);
    }
  }
}
