// The claims of the brief: the function does its work, and its role can do nothing beside it.
import type { Arn } from '../../sim/kernel/arn';
import type { Fact } from '../../sim/kernel/fact';
import { lambdaData } from '../../sim/services/lambda/facts';
import type { Check, CheckResult, RunView } from '../lab';
import { countOf, fail, listed, nameOf, parseObject, pass } from '../wording';
import { neighbours, type Own, otherActions, type Probe } from './probes';
import { parseCount, type StockCount } from './stock-counts';

/** How many permissions one sentence names. */
const NAMED_MAX = 4;

function lowCountsOf(run: RunView): { count: StockCount; fact: Fact }[] {
  return run.ofType('lambda:EventQueued').flatMap((fact) => {
    const count = parseCount(lambdaData(fact, 'lambda:EventQueued').payload);
    return count && count.left < count.reorderBelow ? [{ count, fact }] : [];
  });
}

function refusalOf(run: RunView, action: string): Fact | undefined {
  return run.ofType('iam:AccessDenied').find((fact) => fact.data.action === action);
}

export function lowStockIsAnnounced(run: RunView): CheckResult {
  const topic = run.arnOf('StockAlertsTopic');
  const published = run.ofType('sns:MessagePublished').filter((fact) => fact.resource === topic);
  return judgeArrivals(run, published, (fact) => String(fact.data.message ?? ''), 'announced', 'sns:Publish');
}

export function lowStockIsOrdered(run: RunView): CheckResult {
  const queue = run.arnOf('SupplierOrdersQueue');
  const sent = run.ofType('sqs:MessageSent').filter((fact) => fact.resource === queue);
  return judgeArrivals(run, sent, (fact) => String(fact.data.body), 'ordered', 'sqs:SendMessage');
}

function judgeArrivals(run: RunView, arrived: Fact[], textOf: (fact: Fact) => string, done: string, action: string): CheckResult {
  const counts = lowCountsOf(run);
  for (const { count, fact } of counts) {
    if (arrived.some((arrival) => parseObject(textOf(arrival))?.countId === count.countId)) continue;
    const refusal = refusalOf(run, action) ?? run.ofType('iam:AccessDenied').at(0);
    const because = refusal ? `: ${nameOf(roleOf(run))} was refused ${refusal.data.action}` : '';
    return fail(
      `Count ${count.countId} found ${count.left} of ${count.sku} left, and that was never ${done}${because}.`,
      refusal ? [fact, refusal] : [fact],
    );
  }
  return pass(`Each of ${countOf(counts.length, 'low count')} was ${done}: ${listed(counts.map(({ count }) => count.countId))}.`, arrived);
}

export function roleOf(run: RunView): Arn {
  const made = run.ofType('lambda:FunctionCreated').find((fact) => fact.resource === run.arnOf('RestockFunction'));
  return made ? lambdaData(made, 'lambda:FunctionCreated').role : '';
}

/** Passes when the role was refused every one of these. */
export function judgeProbes(run: RunView, probes: readonly Probe[], what: string): CheckResult {
  const role = roleOf(run);
  const refusals = run.ofType('iam:AccessDenied').filter((fact) => (fact.data.principal as { id?: string } | null)?.id === role);
  const refused = (probe: Probe): boolean =>
    refusals.some((fact) => fact.data.action === probe.action && fact.data.resource === probe.resource);
  const allowed = probes.filter((probe) => !refused(probe));
  if (allowed.length === 0) return pass(`${nameOf(role)} was refused all ${probes.length} calls ${what}.`, refusals);
  const named = allowed.slice(0, NAMED_MAX);
  const places = [...new Set(named.map((probe) => placeOf(probe)))].map((place) => {
    const actions = named.filter((probe) => placeOf(probe) === place).map((probe) => probe.action);
    return `${listed(actions)} on ${place}`;
  });
  const rest = allowed.length > NAMED_MAX ? `, and ${allowed.length - NAMED_MAX} more` : '';
  const made = run.ofType('lambda:FunctionCreated').filter((fact) => fact.resource === run.arnOf('RestockFunction'));
  return fail(
    `${nameOf(role)} may do what its code never does: ${places.join('; ')}${rest}. Take away the statement or policy that allows it.`,
    made,
  );
}

/** A name is enough at home; elsewhere the Region belongs to it. */
function placeOf({ resource, place }: Probe): string {
  if (place !== undefined) return place;
  const region = resource.split(':')[3];
  return region === 'us-east-1' ? `${nameOf(resource)} in ${region}` : nameOf(resource);
}

export function ownOf(run: RunView): Own {
  return { topicArn: run.arnOf('StockAlertsTopic'), queueArn: run.arnOf('SupplierOrdersQueue') };
}

export const checks: Check[] = [
  { id: 'low-stock-is-announced', points: 15, scenarios: ['evening-count'], judge: lowStockIsAnnounced },
  { id: 'low-stock-is-ordered', points: 15, scenarios: ['evening-count'], judge: lowStockIsOrdered },
  {
    id: 'only-publish-and-send',
    points: 20,
    scenarios: ['stolen-credentials'],
    judge: (run) => judgeProbes(run, otherActions(ownOf(run)), 'of other kinds on its own topic and queue'),
  },
  {
    id: 'neighbours-stay-out-of-reach',
    points: 20,
    scenarios: ['payroll-next-door'],
    judge: (run) => judgeProbes(run, neighbours(ownOf(run)), "on payroll's topic and queue, and to a phone"),
  },
];
