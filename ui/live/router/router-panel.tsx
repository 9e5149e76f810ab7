// The live event router at work: an event and rules to edit, a prediction, what each rule says, and where the event went.
import { useEffect, useRef, useState } from 'react';
import { formatClock } from '@/ui/timeline/clock';
import frame from '../runtime.module.css';
import { RuntimeFrame } from '../runtime-frame';
import { RouterDetails } from './router-details';
import { EmptySide, sendLabel } from './router-frame';
import { RouterPrediction } from './router-prediction';
import { RouterResult } from './router-result';
import type { EventRouterProps } from './router-setup';
import { RouterSource } from './router-source';
import { type RouterState, useRouter } from './use-router';

/** What the reader did to wake the panel. */
export type RouterWish = 'send' | 'edit';

export interface RouterPanelProps extends EventRouterProps {
  wish: RouterWish;
}

export function RouterPanel({ wish, ...props }: RouterPanelProps) {
  const state = useRouter(props);
  const latest = useRef(state);
  latest.current = state;
  const button = useRef<HTMLButtonElement>(null);
  const [resets, setResets] = useState(0);
  useEffect(() => {
    if (wish === 'edit') return;
    // The button that was pressed has been replaced; its successor takes the focus.
    button.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => latest.current.send('chosen'));
    return () => clearTimeout(timer);
  }, [wish]);
  return (
    <RuntimeFrame
      title={props.title}
      bar={<Bar props={props} state={state} button={button} onReset={() => setResets(resets + 1)} />}
      code={<RouterSource key={resets} props={props} state={state} isEditing={wish === 'edit' && resets === 0} />}
      side={<Side props={props} state={state} />}
      below={state.run.status === 'done' && <RouterDetails state={state} facts={state.run.facts} title={props.title} />}
    />
  );
}

interface BarProps {
  props: EventRouterProps;
  state: RouterState;
  button: React.RefObject<HTMLButtonElement | null>;
  onReset(): void;
}

function Bar({ props, state, button, onReset }: BarProps) {
  const { run, cursor } = state;
  const isRunning = run.status === 'running';
  const buses = ['default', ...(props.buses ?? [])];
  const isByAws = props.events?.find(({ name }) => name === state.eventName)?.byAws ?? false;
  return (
    <>
      <button type="button" className="go" ref={button} onClick={() => state.send('chosen')} aria-disabled={isRunning}>
        {sendLabel(props)}
      </button>
      {(props.events?.length ?? 0) > 1 && props.archive === undefined && (
        <button type="button" onClick={() => state.send('all')} aria-disabled={isRunning}>
          Send all {props.events?.length}
        </button>
      )}
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
      {buses.length > 1 && (
        <label className={frame.event}>
          to the bus{' '}
          <select
            value={isByAws ? 'default' : state.bus}
            disabled={isByAws}
            title={isByAws ? 'Events of AWS services arrive on the default bus.' : undefined}
            onChange={(event) => state.setBus(event.target.value)}
          >
            {buses.map((bus) => (
              <option key={bus}>{bus}</option>
            ))}
          </select>
        </label>
      )}
      {props.archive !== undefined && (
        <label className={frame.event}>
          replay to{' '}
          <select value={state.replayTo ?? ''} onChange={(event) => state.setReplayTo(event.target.value || null)}>
            <option value="">all rules</option>
            {props.rules.map(({ name }) => (
              <option key={name} value={name}>
                only {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className={frame.clock}>{formatClock(run.status === 'done' ? (run.facts[cursor]?.at ?? 0) : 0)}</span>
    </>
  );
}

function Side({ props, state }: { props: EventRouterProps; state: RouterState }) {
  const { run } = state;
  const prediction = <RouterPrediction props={props} state={state} />;
  switch (run.status) {
    case 'none':
      return props.events?.length ? prediction : <EmptySide isSchedule />;
    case 'running':
      return (
        <p className={frame.empty} role="status">
          Sending…
        </p>
      );
    case 'failed':
      return (
        <p className={frame.note} data-tone="fault" role="alert">
          {run.message}
        </p>
      );
    case 'done':
      return (
        <>
          {state.stale && (
            <p className={frame.note} role="status">
              You changed something since this run. Send again to see what happens now.
            </p>
          )}
          <RouterResult props={props} state={state} outcome={run.outcome} facts={run.facts} />
          {/* Asked again when there is something new to predict; a prediction that was made stays beside its result. */}
          {props.events?.length && (state.stale || state.expected) ? prediction : null}
        </>
      );
  }
}
