// Below a live runtime: logs, queues, the event, settings and all facts, one at a time.
import { useMemo, useState } from 'react';
import { PlainEditor } from '@/ui/editor/plain-editor';
import { FactsTable } from '@/ui/timeline/facts-table';
import { shortName } from '@/ui/timeline/lambda-fact';
import { logLinesOf, logsUntil } from '@/ui/timeline/log-lines';
import { LogView } from '@/ui/timeline/log-view';
import { queuesAt } from '@/ui/timeline/queue-messages';
import { QueueView } from '@/ui/timeline/queue-view';
import { type TabItem, Tabs } from '@/ui/workbench/tabs';
import styles from './runtime.module.css';
import { SettingsForm } from './settings-form';
import type { RuntimeState } from './use-runtime';

export function RuntimeDetails({ state }: { state: RuntimeState }) {
  const [chosen, setChosen] = useState('logs');
  const { run, cursor } = state;
  const facts = run.status === 'done' ? run.facts : null;
  const lines = useMemo(() => (facts ? logLinesOf(facts, logsUntil(facts, cursor)) : []), [facts, cursor]);
  const queues = useMemo(() => (facts ? queuesAt(facts, cursor) : []), [facts, cursor]);
  const items: TabItem[] = [
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
    ...queues.map((queue) => ({
      id: queue.queue,
      label: `${shortName(queue.queue)} (${queue.messages.length})`,
      content: <QueueView content={queue} onFact={state.setCursor} />,
    })),
    {
      id: 'event',
      label: 'Event',
      content: (
        <PlainEditor
          path={state.eventName.endsWith('.json') ? state.eventName : `${state.eventName}.json`}
          value={state.eventText}
          onChange={state.setEventText}
        />
      ),
    },
    { id: 'settings', label: 'Settings', content: <SettingsForm settings={state.settings} onChange={state.setSettings} /> },
    ...(facts
      ? [{ id: 'facts', label: 'All facts', content: <FactsTable facts={facts} cursor={cursor} onCursor={state.setCursor} /> }]
      : []),
  ];
  const shown = items.some((item) => item.id === chosen) ? chosen : 'logs';
  return (
    <div className={styles.below}>
      <Tabs label="Details of the run" items={items} chosen={shown} onChoose={setChosen} />
    </div>
  );
}
