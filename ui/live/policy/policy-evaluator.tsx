// A live policy evaluator in a lesson. Request and policy are rendered with the page; the rest is fetched at the first use.
import { CodeView } from '@/ui/editor/code-view';
import styles from './policy.module.css';
import { PolicyIsland } from './policy-island';
import { draftOf, firstKind, kindName, type PolicyEvaluatorProps } from './policy-setup';

export function PolicyEvaluator(props: PolicyEvaluatorProps) {
  const [first] = props.cases;
  if (!first) throw new Error(`The policy evaluator ${props.id} has no case.`);
  const job = draftOf(first);
  const kind = firstKind(job, props.open);
  const text = job.policies[kind];
  return (
    <PolicyIsland {...props}>
      <dl className={styles.request}>
        <dt>Principal</dt>
        <dd>{job.principal}</dd>
        <dt>Action</dt>
        <dd>{job.action}</dd>
        <dt>Resource</dt>
        <dd>{job.resource}</dd>
      </dl>
      <p className={styles.policyName}>{kindName(kind, job.resource)}</p>
      {text === '' ? <p className={styles.none}>There is none.</p> : <CodeView code={text} language="json" />}
    </PolicyIsland>
  );
}
