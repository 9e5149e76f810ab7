// Asked before sending: which rules match? Ticking is free; the result says what was as expected.
import styles from './router.module.css';
import type { EventRouterProps } from './router-setup';
import type { RouterState } from './use-router';

export function RouterPrediction({ props, state }: { props: EventRouterProps; state: RouterState }) {
  const { expected, expect } = state;
  const rules = props.rules.filter((rule) => rule.pattern !== undefined);
  const toggle = (rule: string) => {
    const before = expected ?? [];
    expect(before.includes(rule) ? before.filter((each) => each !== rule) : [...before, rule]);
  };
  return (
    <fieldset className={styles.predict}>
      <legend>
        Which rules match <code>{state.eventName}</code>?
      </legend>
      {rules.map(({ name }) => (
        <label key={name}>
          <input type="checkbox" checked={expected?.includes(name) ?? false} onChange={() => toggle(name)} /> {name}
        </label>
      ))}
      <label>
        <input type="checkbox" checked={expected?.length === 0} onChange={(event) => expect(event.target.checked ? [] : null)} /> none
      </label>
    </fieldset>
  );
}
