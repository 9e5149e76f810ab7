// Below a live event router: the deliveries in time, what queues hold, and all facts, one at a time.
import { useMemo, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { Why } from '@/ui/timeline/explanation';
import { FactsTable } from '@/ui/timeline/facts-table';
import { shortName } from '@/ui/timeline/lambda-fact';
import { queuesAt } from '@/ui/timeline/queue-messages';
import { QueueView } from '@/ui/timeline/queue-view';
import { Timeline } from '@/ui/timeline/timeline';
import { indexTrace } from '@/ui/timeline/trace-index';
import { explain } from '@/ui/timeline/why';
import { type TabItem, Tabs } from '@/ui/workbench/tabs';
import frame from '../runtime.module.css';
import styles from './router.module.css';
import type { RouterState } from './use-router';

export function RouterDetails({ state, facts, title }: { state: RouterState; facts: readonly Fact[]; title: string }) {
  const [chosen, setChosen] = useState('time');
  const { cursor, setCursor } = state;
  const index = useMemo(() => indexTrace(facts), [facts]);
  const queues = useMemo(() => queuesAt(facts, cursor), [facts, cursor]);
  const explanation = explain(index, cursor);
  const items: TabItem[] = [
    {
      id: 'time',
      label: 'In time',
      content: (
        <div className={styles.time}>
          <Timeline facts={facts} cursor={cursor} onCursor={setCursor} label={`Timeline: ${title}`} />
          {explanation && <Why explanation={explanation} cause={facts[cursor]?.cause ?? null} onFact={setCursor} />}
        </div>
      ),
    },
    ...queues.map((queue) => ({
      id: queue.queue,
      label: `${shortName(queue.queue)} (${queue.messages.length})`,
      content: <QueueView content={queue} onFact={setCursor} />,
    })),
    { id: 'facts', label: 'All facts', content: <FactsTable facts={facts} cursor={cursor} onCursor={setCursor} /> },
  ];
  const shown = items.some((item) => item.id === chosen) ? chosen : 'time';
  return (
    <div className={frame.below}>
      <Tabs label="Details of the run" items={items} chosen={shown} onChoose={setChosen} />
    </div>
  );
}
