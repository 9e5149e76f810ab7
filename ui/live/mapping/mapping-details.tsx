// Below a live queue: where the messages are, logs, what is sent, settings and all facts, one at a time.
import { useMemo, useState } from 'react';
import { PlainEditor } from '@/ui/editor/plain-editor';
import { FactsTable } from '@/ui/timeline/facts-table';
import { logLinesOf, logsUntil } from '@/ui/timeline/log-lines';
import { LogView } from '@/ui/timeline/log-view';
import { type TabItem, Tabs } from '@/ui/workbench/tabs';
import styles from '../runtime.module.css';
import { MappingSettingsForm } from './mapping-settings-form';
import type { QueueAndMappingProps } from './mapping-setup';
import { messagesAt } from './messages-at';
import { MessagesTable } from './messages-table';
import type { MappingState } from './use-mapping';

export function MappingDetails({ state, tab = 'messages' }: { state: MappingState; tab?: QueueAndMappingProps['tab'] }) {
  const [chosen, setChosen] = useState<string>(tab);
  const { run, cursor } = state;
  const facts = run.status === 'done' ? run.facts : null;
  const now = useMemo(() => (facts ? messagesAt(facts, cursor) : null), [facts, cursor]);
  const lines = useMemo(() => (facts ? logLinesOf(facts, logsUntil(facts, cursor)) : []), [facts, cursor]);
  const items: TabItem[] = [
    {
      id: 'messages',
      label: now ? `Messages (${now.messages.length})` : 'Messages',
      content: <MessagesTable now={now} onFact={state.setCursor} />,
    },
    {
      id: 'logs',
      label: 'Logs',
      content: (
        <LogView
          lines={lines}
          onFact={state.setCursor}
          empty={facts ? 'Nothing has been logged up to here.' : 'What the function logs appears here, as CloudWatch Logs would show it.'}
        />
      ),
    },
    {
      id: 'send',
      label: 'Messages to send',
      content: <PlainEditor path="messages.json" value={state.messagesText} onChange={state.setMessagesText} />,
    },
    { id: 'settings', label: 'Settings', content: <MappingSettingsForm settings={state.settings} onChange={state.setSettings} /> },
    ...(facts
      ? [{ id: 'facts', label: 'All facts', content: <FactsTable facts={facts} cursor={cursor} onCursor={state.setCursor} /> }]
      : []),
  ];
  const shown = items.some((item) => item.id === chosen) ? chosen : 'messages';
  return (
    <div className={styles.below}>
      <Tabs label="Details of the run" items={items} chosen={shown} onChoose={setChosen} />
    </div>
  );
}
