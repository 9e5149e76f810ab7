// The left side of a live event router: the event that is sent, and one rule, to read or to edit.
import { useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { PlainEditor } from '@/ui/editor/plain-editor';
import frame from '../runtime.module.css';
import styles from './router.module.css';
import { SourceHead, type SourceKind } from './router-frame';
import { type EventRouterProps, rulePath, shapedTarget } from './router-setup';
import type { RouterState } from './use-router';

interface RouterSourceProps {
  props: EventRouterProps;
  state: RouterState;
  isEditing: boolean;
}

export function RouterSource({ props, state, isEditing }: RouterSourceProps) {
  const rule = props.rules.find(({ name }) => name === state.ruleName) ?? props.rules[0];
  const shaped = rule ? shapedTarget(rule) : null;
  const events = (props.events ?? []).map(({ name }) => name);
  const refusal = rule && state.run.status === 'done' && !state.stale ? state.run.outcome.refusedRules[rule.name] : undefined;
  return (
    <>
      {events.length > 0 && (
        <Source
          key={`event ${state.eventName}`}
          kind="Event"
          names={events}
          name={state.eventName}
          onName={state.chooseEvent}
          path={`${state.eventName}.json`}
          text={state.eventText}
          onText={state.setEventText}
          isEditing={false}
        />
      )}
      {rule && (
        <Source
          key={`rule ${rule.name}`}
          kind="Rule"
          names={props.rules.map(({ name }) => name)}
          name={rule.name}
          onName={state.chooseRule}
          path={rulePath(rule)}
          text={state.ruleTextOf(rule.name)}
          onText={state.setRuleText}
          faultLine={refusal?.line ?? null}
          isEditing={isEditing}
        />
      )}
      {shaped && rule && (
        <Source
          key={`input ${rule.name}`}
          kind="Input"
          names={[`of the target ${shaped.to.split(':')[1]}`]}
          name={`of the target ${shaped.to.split(':')[1]}`}
          onName={() => undefined}
          path={`${rule.name}-input.yaml`}
          text={state.inputTextOf(rule.name)}
          onText={(text) => state.setInputText(rule.name, text)}
          isEditing={false}
        />
      )}
    </>
  );
}

interface SourceProps {
  kind: SourceKind;
  names: readonly string[];
  name: string;
  onName(name: string): void;
  path: string;
  text: string;
  onText(text: string): void;
  faultLine?: number | null;
  isEditing: boolean;
}

function Source({ kind, names, name, onName, path, text, onText, faultLine = null, isEditing }: SourceProps) {
  const [editing, setEditing] = useState(isEditing);
  const choice =
    names.length === 1 ? (
      name
    ) : (
      <select className={styles.choice} aria-label={kind} value={name} onChange={(event) => onName(event.target.value)}>
        {names.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    );
  return (
    <>
      <SourceHead kind={kind} name={choice}>
        <button
          type="button"
          className={frame.quiet}
          aria-pressed={editing}
          aria-label={editing ? `Done editing ${name}` : `Edit ${name}`}
          onClick={() => setEditing(!editing)}
        >
          {editing ? 'Done' : 'Edit'}
        </button>
      </SourceHead>
      {editing ? (
        <PlainEditor path={path} value={text} onChange={onText} faultLine={faultLine} takeFocus />
      ) : (
        <CodeView code={text} language={languageOf(path)} faultLine={faultLine} />
      )}
    </>
  );
}
