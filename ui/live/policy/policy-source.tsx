// The left side of a live policy evaluator: who asks for what, and one policy at a time, to read or to edit.
import { useState } from 'react';
import { PlainEditor } from '@/ui/editor/plain-editor';
import runtime from '../runtime.module.css';
import styles from './policy.module.css';
import { kindName, POLICY_KINDS, type PolicyKind } from './policy-setup';
import { type Mark, PolicyText } from './policy-text';
import type { PolicyState } from './use-policy';

export function PolicySource({ state, startsEditing }: { state: PolicyState; startsEditing: boolean }) {
  const [editing, setEditing] = useState(startsEditing);
  const { job, kind } = state;
  const text = job.policies[kind];
  const name = kindName(kind, job.resource);
  return (
    <>
      <RequestForm state={state} />
      <div className={styles.kinds}>
        {POLICY_KINDS.map((each) => (
          <button
            key={each}
            type="button"
            className={styles.kind}
            aria-pressed={each === kind}
            data-empty={job.policies[each].trim() === ''}
            onClick={() => state.chooseKind(each)}
          >
            {kindName(each, job.resource)}
            {job.policies[each].trim() === '' && <small> none</small>}
          </button>
        ))}
        <button
          type="button"
          className={runtime.quiet}
          aria-pressed={editing}
          aria-label={editing ? `Done editing the ${name.toLowerCase()}` : `Edit the ${name.toLowerCase()}`}
          onClick={() => setEditing(!editing)}
        >
          {editing ? 'Done' : 'Edit'}
        </button>
      </div>
      {editing ? (
        <PlainEditor
          key={kind}
          path={`${name.toLowerCase().replaceAll(' ', '-')}.json`}
          value={text}
          onChange={(next) => state.setPolicy(kind, next)}
        />
      ) : text.trim() === '' ? (
        <p className={styles.none}>{ABSENT[kind]}</p>
      ) : (
        <PolicyText text={text} marks={marksOf(state)} />
      )}
    </>
  );
}

const ABSENT: Record<PolicyKind, string> = {
  identity: 'The principal has no policy of its own, so none that allows anything.',
  resource: 'The resource has no policy.',
  boundary: 'The principal has no boundary, so none that limits it.',
  scp: 'The account belongs to no organisation, so nothing limits it from above.',
};

/** The statement that decided, where it is in the policy on display and the text is still the one that was judged. */
function marksOf({ run, stale, kind }: PolicyState): Mark[] {
  if (run.status !== 'done' || stale || !('decision' in run.outcome)) return [];
  const { explanation, spans } = run.outcome.decision;
  const { decidedBy } = explanation;
  if (!decidedBy?.statement || KIND_OF[decidedBy.policyType] !== kind) return [];
  const span = spans[kind][decidedBy.statement.index];
  return span ? [{ span, is: explanation.outcome === 'allowed' ? 'allow' : 'deny' }] : [];
}

const KIND_OF: Partial<Record<string, PolicyKind>> = {
  identityPolicy: 'identity',
  resourcePolicy: 'resource',
  permissionsBoundary: 'boundary',
  serviceControlPolicy: 'scp',
};

function RequestForm({ state: { job, change } }: { state: PolicyState }) {
  return (
    <div className={styles.form}>
      <label>
        <span>Principal</span>
        <input value={job.principal} spellCheck={false} onChange={(event) => change({ principal: event.target.value })} />
      </label>
      <label>
        <span>Action</span>
        <input value={job.action} spellCheck={false} onChange={(event) => change({ action: event.target.value })} />
      </label>
      <label>
        <span>Resource</span>
        <input value={job.resource} spellCheck={false} onChange={(event) => change({ resource: event.target.value })} />
      </label>
      <label>
        <span>Condition keys</span>
        <textarea
          rows={Math.max(1, job.keys.split('\n').length)}
          spellCheck={false}
          placeholder="aws:SourceArn = arn:…"
          value={job.keys}
          onChange={(event) => change({ keys: event.target.value })}
        />
      </label>
    </div>
  );
}
