// One policy type of a denial as a tree: its policies, their statements, and which of them decided.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import { mismatchText } from '@/sim/explain/denial';
import { shortName } from '@/sim/explain/names';
import type { Explanation as PolicyExplanation, StatementExplanation, StepExplanation } from '@/sim/services/iam/explanation';
import { Parts } from '@/ui/timeline/explanation';
import { partsOf } from '@/ui/timeline/sentence';
import styles from './why.module.css';

export type PolicyStep = StepExplanation & { decidedBy: PolicyExplanation['decidedBy'] };

/** AWS's managed policies have dozens of statements; those that came nearest stand first in what IAM tells. */
const STATEMENTS_MAX = 40;

export function PolicyTree({ policies, decidedBy }: PolicyStep) {
  if (policies.length === 0) return null;
  const decider = decidedBy?.statement ?? null;
  return (
    <ul className={styles.policies}>
      {policies.map((policy) => (
        <li key={`${policy.id} ${policy.holder}`}>
          <code>{policy.id}</code>
          {policy.holder !== null && <small> of {shortName(policy.holder)}</small>}
          {policy.statements.length === 0 && <small>, without statements</small>}
          <ul>
            {policy.statements.slice(0, STATEMENTS_MAX).map((statement) => (
              <StatementLine
                key={statement.index}
                statement={statement}
                decides={
                  decider !== null &&
                  decider.policyId === policy.id &&
                  decider.holder === policy.holder &&
                  decider.index === statement.index
                }
              />
            ))}
          </ul>
          {policy.statements.length > STATEMENTS_MAX && <small>and {policy.statements.length - STATEMENTS_MAX} more statements</small>}
        </li>
      ))}
      {decidedBy !== null && decider === null && (
        <li className={styles.decides}>
          <b>Decides:</b> no statement allows it, and what nothing allows is denied.
        </li>
      )}
    </ul>
  );
}

function StatementLine({ statement, decides }: { statement: StatementExplanation; decides: boolean }) {
  const { sid, index, effect, applies, mismatches } = statement;
  return (
    <li className={decides ? styles.decides : undefined} data-applies={applies ? effect : 'no'}>
      {decides && <b>Decides: </b>}
      statement <code>{sid ?? index + 1}</code>, <span className={styles.effect}>{effect}</span>,{' '}
      {applies ? (effect === 'Deny' ? 'applies and denies it.' : 'applies and allows it.') : 'does not apply: '}
      {!applies && <Parts parts={partsOf(`${mismatches.map(mismatchText).join('; ')}.`)} onFact={nowhere} />}
    </li>
  );
}

/** These sentences hold no links. */
function nowhere(): void {}
