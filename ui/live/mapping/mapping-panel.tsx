// A queue, its mapping and its function at work: messages to send, lanes to scrub, and where each message is.
import { useState } from 'react';
import { RunBar } from '../run-bar';
import { RunSide } from '../run-side';
import { RunSource } from '../run-source';
import { RuntimeFrame } from '../runtime-frame';
import { useWish, type Wish } from '../use-wish';
import { EmptyMapping } from './empty-mapping';
import { MappingDetails } from './mapping-details';
import type { QueueAndMappingProps } from './mapping-setup';
import { useMapping } from './use-mapping';

export interface MappingPanelProps extends QueueAndMappingProps {
  wish: Wish;
}

export function MappingPanel({ wish, ...props }: MappingPanelProps) {
  const state = useMapping(props);
  const [editing, setEditing] = useState(wish === 'edit');
  const buttons = useWish(wish, state.start);
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <RunBar state={state} buttons={buttons} onReset={() => setEditing(false)}>
          queue {props.queue ?? 'orders'}
        </RunBar>
      }
      code={<RunSource state={state} editing={editing} onEditing={setEditing} takeFocus={editing} />}
      side={<RunSide state={state} title={props.title} empty={<EmptyMapping />} />}
      below={<MappingDetails state={state} tab={props.tab} />}
    />
  );
}
