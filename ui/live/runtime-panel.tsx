// The live runtime at work: code to edit, an event to send, lanes to scrub, logs to read.
import { useEffect, useRef, useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { PlainEditor } from '@/ui/editor/plain-editor';
import { formatClock } from '@/ui/timeline/clock';
import { errorAt, sourceLineOf } from '@/ui/timeline/lambda-fact';
import { stepNumber, stepsOf } from '@/ui/timeline/steps';
import styles from './runtime.module.css';
import { RuntimeDetails } from './runtime-details';
import { EmptySide, RuntimeFrame } from './runtime-frame';
import { RuntimeResult } from './runtime-result';
import { eventsOf, type LambdaRuntimeProps } from './runtime-setup';
import { type RuntimeState, useRuntime } from './use-runtime';

/** What the reader did to wake the panel. */
export type Wish = 'run' | 'step' | 'edit';

export interface RuntimePanelProps extends LambdaRuntimeProps {
  wish: Wish;
}

export function RuntimePanel({ wish, ...props }: RuntimePanelProps) {
  const state = useRuntime(props);
  const [editing, setEditing] = useState(wish === 'edit');
  const latest = useRef(state);
  latest.current = state;
  const first = useRef<HTMLButtonElement>(null);
  const second = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (wish === 'edit') return;
    // The button that was pressed has been replaced; its successor takes the focus.
    (wish === 'run' ? first : second).current?.focus({ preventScroll: true });
    const timer = setTimeout(() => latest.current.start(wish));
    return () => clearTimeout(timer);
  }, [wish]);
  return (
    <RuntimeFrame
      title={props.title}
      bar={<Bar props={props} state={state} first={first} second={second} onReset={() => setEditing(false)} />}
      code={<Source state={state} editing={editing} onEditing={setEditing} takeFocus={editing} />}
      side={<Side state={state} title={props.title} />}
      below={<RuntimeDetails state={state} tab={props.tab} />}
    />
  );
}

interface BarProps {
  props: LambdaRuntimeProps;
  state: RuntimeState;
  first: React.RefObject<HTMLButtonElement | null>;
  second: React.RefObject<HTMLButtonElement | null>;
  onReset(): void;
}

function Bar({ props, state, first, second, onReset }: BarProps) {
  const events = eventsOf(props);
  const { run, cursor } = state;
  const facts = run.status === 'done' ? run.facts : [];
  const steps = stepsOf(facts);
  const isRunning = run.status === 'running';
  return (
    <>
      <button type="button" className="go" ref={first} onClick={() => state.start('run')} aria-disabled={isRunning}>
        Run
      </button>
      <button type="button" ref={second} onClick={state.step} aria-disabled={isRunning}>
        Next fact
      </button>
      {isRunning ? (
        <button type="button" onClick={state.cancel}>
          Cancel
        </button>
      ) : (
        <button
          type="button"
          onClick={() => {
            state.reset();
            onReset();
          }}
        >
          Reset
        </button>
      )}
      <span className={styles.event}>
        {events.length === 1 ? (
          state.eventName
        ) : (
          <select aria-label="Event" value={state.eventName} onChange={(event) => state.chooseEvent(event.target.value)}>
            {events.map((event) => (
              <option key={event.name}>{event.name}</option>
            ))}
          </select>
        )}
      </span>
      <span className={styles.clock}>
        {formatClock(facts[cursor]?.at ?? 0)}
        {steps.length > 0 && (
          <small>
            fact {stepNumber(steps, cursor)} of {steps.length}
          </small>
        )}
      </span>
    </>
  );
}

interface SourceProps {
  state: RuntimeState;
  editing: boolean;
  onEditing(editing: boolean): void;
  takeFocus: boolean;
}

function Source({ state, editing, onEditing, takeFocus }: SourceProps) {
  const paths = Object.keys(state.files);
  const [chosen, setChosen] = useState(paths[0] ?? '');
  const path = paths.includes(chosen) ? chosen : (paths[0] ?? '');
  const source = state.files[path] ?? '';
  const error = state.run.status === 'done' && !state.stale ? errorAt(state.run.facts, state.cursor) : null;
  const where = error ? sourceLineOf(error, paths) : null;
  const faultLine = where?.path === path ? where.line : null;
  return (
    <>
      <div className={styles.sourceBar}>
        {paths.length === 1 ? (
          <span>{path}</span>
        ) : (
          paths.map((name) => (
            <button key={name} type="button" className={styles.file} aria-pressed={name === path} onClick={() => setChosen(name)}>
              {name}
            </button>
          ))
        )}
        <button type="button" className={styles.quiet} aria-pressed={editing} onClick={() => onEditing(!editing)}>
          {editing ? 'Done editing' : 'Edit'}
        </button>
      </div>
      {editing ? (
        <PlainEditor
          key={path}
          path={path}
          value={source}
          onChange={(text) => state.setFile(path, text)}
          faultLine={faultLine}
          takeFocus={takeFocus}
        />
      ) : (
        <CodeView code={source} language={languageOf(path)} faultLine={faultLine} />
      )}
    </>
  );
}

function Side({ state, title }: { state: RuntimeState; title: string }) {
  const { run } = state;
  switch (run.status) {
    case 'none':
      return <EmptySide />;
    case 'running':
      return (
        <p className={styles.empty} role="status">
          Running…
        </p>
      );
    case 'failed':
      return (
        <p className={styles.note} data-tone="fault" role="alert">
          {run.message}
        </p>
      );
    case 'done':
      return <RuntimeResult state={state} facts={run.facts} title={title} />;
  }
}
