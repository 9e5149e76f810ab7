// The live policy evaluator at work: a request and its policies to edit, a prediction, and the decision step by step.
import runtime from '../runtime.module.css';
import { RuntimeFrame } from '../runtime-frame';
import { useWish, type Wish } from '../use-wish';
import styles from './policy.module.css';
import { PolicyResult } from './policy-result';
import type { PolicyEvaluatorProps } from './policy-setup';
import { PolicySource } from './policy-source';
import { type Guess, type PolicyState, usePolicy } from './use-policy';

export function PolicyPanel({ wish, ...props }: PolicyEvaluatorProps & { wish: Wish }) {
  const state = usePolicy(props);
  const buttons = useWish(wish, state.decide);
  const { run } = state;
  const isRunning = run.status === 'running';
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <>
          <button type="button" className="go" ref={buttons.run} onClick={state.decide} aria-disabled={isRunning}>
            Decide
          </button>
          {isRunning ? (
            <button type="button" onClick={state.cancel}>
              Cancel
            </button>
          ) : (
            <button type="button" onClick={state.reset}>
              Reset
            </button>
          )}
          {props.cases.length > 1 && (
            <label className={runtime.event}>
              Case{' '}
              <select value={state.caseName} onChange={(event) => state.chooseCase(event.target.value)}>
                {props.cases.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          )}
        </>
      }
      code={<PolicySource key={state.caseName} state={state} startsEditing={wish === 'edit'} />}
      side={<Side props={props} state={state} />}
    />
  );
}

function Side({ props, state }: { props: PolicyEvaluatorProps; state: PolicyState }) {
  const { run, job } = state;
  switch (run.status) {
    case 'none':
      return <Prediction id={props.id} state={state} />;
    case 'running':
      return (
        <p className={runtime.empty} role="status">
          Deciding…
        </p>
      );
    case 'failed':
      return (
        <p className={runtime.note} data-tone="fault" role="alert">
          {run.message}
        </p>
      );
    case 'done':
      return (
        <>
          {state.stale && (
            <p className={runtime.note} role="status">
              You changed something since this decision. Decide again to see what holds now.
            </p>
          )}
          <PolicyResult outcome={run.outcome} resource={job.resource} guess={run.guess} />
          {state.stale && <Prediction id={props.id} state={state} />}
        </>
      );
  }
}

const GUESSES: [Guess, string][] = [
  ['allowed', 'Allowed'],
  ['denied', 'Denied'],
];

function Prediction({ id, state }: { id: string; state: PolicyState }) {
  return (
    <fieldset className={styles.predict}>
      <legend>Read the policies first. What will be decided?</legend>
      {GUESSES.map(([guess, label]) => (
        <label key={guess}>
          <input type="radio" name={`policy-${id}`} checked={state.guess === guess} onChange={() => state.setGuess(guess)} /> {label}
        </label>
      ))}
    </fieldset>
  );
}
