// Below a live runtime: logs, queues, the event, settings and all facts, one at a time.
import { useMemo, useState } from 'react';
import { PlainEditor } from '@/ui/editor/plain-editor';
import { answersOf } from '@/ui/timeline/answers';
import { AnswersView } from '@/ui/timeline/answers-view';
import { billOf } from '@/ui/timeline/bill';
import { BillView } from '@/ui/timeline/bill-view';
import { FactsTable } from '@/ui/timeline/facts-table';
import { shortName } from '@/ui/timeline/lambda-fact';
import { logLinesOf, logsUntil } from '@/ui/timeline/log-lines';
import { LogView } from '@/ui/timeline/log-view';
import { queuesAt } from '@/ui/timeline/queue-messages';
import { QueueView } from '@/ui/timeline/queue-view';
import { type TabItem, Tabs } from '@/ui/workbench/tabs';
import { RunsTable } from './runs-table';
import styles from './runtime.module.css';
import type { LambdaRuntimeProps } from './runtime-setup';
import { SettingsForm } from './settings-form';
import type { RuntimeState } from './use-runtime';

export function RuntimeDetails({ state, tab = 'logs' }: { state: RuntimeState; tab?: LambdaRuntimeProps['tab'] }) {
  const [chosen, setChosen] = useState<string>(tab);
  const { run, cursor } = state;
  const facts = run.status === 'done' ? run.facts : null;
  const lines = useMemo(() => (facts ? logLinesOf(facts, logsUntil(facts, cursor)) : []), [facts, cursor]);
  const queues = useMemo(() => (facts ? queuesAt(facts, cursor) : []), [facts, cursor]);
  const answers = useMemo(() => (facts ? answersOf(facts, cursor) : []), [facts, cursor]);
  const bill = useMemo(() => (facts ? billOf(facts, cursor) : null), [facts, cursor]);
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
    ...(state.settings.invocationType === 'RequestResponse'
      ? [{ id: 'answers', label: `Answers (${answers.length})`, content: <AnswersView answers={answers} onFact={state.setCursor} /> }]
      : []),
    ...(bill
      ? [
          {
            id: 'bill',
            label: 'Bill',
            content: (
              <>
                <RunsTable runs={state.runs} />
                <BillView bill={bill} onFact={state.setCursor} />
              </>
            ),
          },
        ]
      : []),
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
