// The decision: what was decided by which statement, each policy in AWS's order with each statement, and what would change it.
import { mismatchText } from '@/sim/explain/denial';
import type { Explanation, StatementExplanation, StepExplanation } from '@/sim/services/iam/explanation';
import { Parts } from '@/ui/timeline/explanation';
import { partsOf } from '@/ui/timeline/sentence';
import runtime from '../runtime.module.css';
import styles from './policy.module.css';
import { kindName, type PolicyOutcome } from './policy-setup';
import { headOf, PROBLEM_PLACE, stepName, stepWord, summaryOf } from './policy-words';
import type { Guess } from './use-policy';

export interface PolicyResultProps {
  outcome: PolicyOutcome;
  resource: string;
  guess: Guess | null;
}

export function PolicyResult({ outcome, resource, guess }: PolicyResultProps) {
  if ('problems' in outcome) {
    return (
      <div role="alert" className={styles.result}>
        {outcome.problems.map(({ where, message }) => (
          <p key={`${where} ${message}`} className={runtime.note} data-tone="fault">
            <b>✕ {where === 'request' ? PROBLEM_PLACE : kindName(where, resource)}</b> {message}
          </p>
        ))}
      </div>
    );
  }
  const { explanation, message, changes } = outcome.decision;
  const isAllowed = explanation.outcome === 'allowed';
  return (
    <div className={styles.result}>
      <div role="status">
        <p className={styles.head} data-verdict={isAllowed ? 'allow' : 'deny'}>
          <b>
            <span aria-hidden="true">{isAllowed ? '✓' : '✕'}</span> {headOf(explanation)}
          </b>
          {guess && <small>{(guess === 'allowed') === isAllowed ? 'as you said' : `you said ${guess}`}</small>}
        </p>
        <p>{summaryOf(explanation, resource)}</p>
      </div>
      {message !== null && <p className={styles.message}>{message}</p>}
      <ol className={styles.steps} aria-label="Policies in the order in which they count">
        {explanation.steps.map((step) => (
          <StepItem key={step.policyType} step={step} explanation={explanation} resource={resource} />
        ))}
      </ol>
      {changes.length > 0 && (
        <div className={styles.changes}>
          <h4>{changes.length === 1 ? 'What would let it pass' : 'What would let it pass: all of these'}</h4>
          <ul>
            {changes.map((text) => (
              <li key={text}>
                <Parts parts={partsOf(text)} onFact={nowhere} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function StepItem({ step, explanation, resource }: { step: StepExplanation; explanation: Explanation; resource: string }) {
  const { decidedBy } = explanation;
  const isDeciding = decidedBy?.policyType === step.policyType;
  const { sign, word, tone } = stepWord(step);
  return (
    <li data-tone={tone}>
      <p>
        <span className={styles.sign} aria-hidden="true">
          {sign}
        </span>{' '}
        <b>{stepName(step.policyType, resource)}</b> {word}
      </p>
      <ul>
        {step.policies.flatMap(({ statements }) =>
          statements.map((statement) => (
            <StatementItem
              key={statement.index}
              statement={statement}
              decides={isDeciding && decidedBy?.statement?.index === statement.index}
            />
          )),
        )}
      </ul>
    </li>
  );
}

function StatementItem({ statement, decides }: { statement: StatementExplanation; decides: boolean }) {
  const { sid, index, effect, applies, mismatches } = statement;
  const verb = effect === 'Deny' ? 'applies and denies.' : 'applies and allows.';
  return (
    <li data-decides={decides ? effect : undefined}>
      {decides && <b>Decides: </b>}
      <code>{sid ?? `statement ${index + 1}`}</code> ({effect}){' '}
      {applies ? verb : <Parts parts={partsOf(`does not apply: ${mismatches.map(mismatchText).join('; ')}.`)} onFact={nowhere} />}
    </li>
  );
}

/** These sentences hold no links. */
function nowhere(): void {}
