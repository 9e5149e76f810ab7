// The live runtime at work: code to edit, an event to send, lanes to scrub, logs to read.
import { useState } from 'react';
import { RunBar } from './run-bar';
import { RunSide } from './run-side';
import { RunSource } from './run-source';
import { RuntimeDetails } from './runtime-details';
import { RuntimeFrame } from './runtime-frame';
import { eventsOf, type LambdaRuntimeProps } from './runtime-setup';
import { useRuntime } from './use-runtime';
import { useWish, type Wish } from './use-wish';

export interface RuntimePanelProps extends LambdaRuntimeProps {
  wish: Wish;
}

export function RuntimePanel({ wish, ...props }: RuntimePanelProps) {
  const state = useRuntime(props);
  const [editing, setEditing] = useState(wish === 'edit');
  const buttons = useWish(wish, state.start);
  const events = eventsOf(props);
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <RunBar state={state} buttons={buttons} onReset={() => setEditing(false)}>
          {events.length === 1 ? (
            state.eventName
          ) : (
            <select aria-label="Event" value={state.eventName} onChange={(event) => state.chooseEvent(event.target.value)}>
              {events.map((event) => (
                <option key={event.name}>{event.name}</option>
              ))}
            </select>
          )}
        </RunBar>
      }
      code={<RunSource state={state} editing={editing} onEditing={setEditing} takeFocus={editing} />}
      side={<RunSide state={state} title={props.title} />}
      below={<RuntimeDetails state={state} tab={props.tab} />}
    />
  );
}
