// Beside the editor: checks, logs, queues and facts of the chosen world at the cursor, and the submissions.
import { useMemo } from 'react';
import { FactsTable } from '@/ui/timeline/facts-table';
import { logLinesOf, logsUntil } from '@/ui/timeline/log-lines';
import { LogView } from '@/ui/timeline/log-view';
import { queuesAt } from '@/ui/timeline/queue-messages';
import { QueueView } from '@/ui/timeline/queue-view';
import type { LabView, SubmissionView, VerdictView } from './lab-view';
import styles from './panes.module.css';
import { SubmissionList } from './submission-list';
import { type TabItem, Tabs } from './tabs';
import { TaskList } from './task-list';
import type { Draft } from './use-draft';
import type { LabRun } from './use-lab-run';
import type { Submissions } from './use-submissions';

export interface ResultsPaneProps {
  lab: LabView;
  draft: Draft;
  run: LabRun;
  submissions: Submissions;
  stale: boolean;
  onShowFacts(verdict: VerdictView, submission?: SubmissionView): void;
  onWhyFailed(verdict: VerdictView): void;
  onWhy(seq: number): void;
  chosen: string;
  onChoose(tab: string): void;
}

export function ResultsPane(props: ResultsPaneProps) {
  const { lab, draft, run, submissions, stale, onShowFacts, onWhyFailed, onWhy, chosen, onChoose } = props;
  const facts = useMemo(() => run.finished?.runs[run.world]?.facts ?? [], [run.finished, run.world]);
  const lines = useMemo(() => logLinesOf(facts, logsUntil(facts, run.cursor)), [facts, run.cursor]);
  const queues = useMemo(() => queuesAt(facts, run.cursor), [facts, run.cursor]);
  const hasRun = run.finished !== null;
  const items: TabItem[] = [
    {
      id: 'checks',
      label: checksLabel(run),
      content: <TaskList lab={lab} run={run} stale={stale} onShowFacts={onShowFacts} onWhy={onWhyFailed} />,
    },
    {
      id: 'logs',
      label: 'Logs',
      content: (
        <LogView
          lines={lines}
          onFact={run.setCursor}
          empty={hasRun ? 'Nothing has been logged up to the cursor.' : 'What your function logs appears here when you run it.'}
        />
      ),
    },
    {
      id: 'queues',
      label: 'Queues',
      content:
        queues.length > 0 ? (
          queues.map((queue) => <QueueView key={queue.queue} content={queue} onFact={run.setCursor} />)
        ) : (
          <p className={styles.empty}>
            {hasRun ? 'No queue exists at the cursor.' : 'The messages of each queue appear here when you run.'}
          </p>
        ),
    },
    {
      id: 'facts',
      label: 'Facts',
      content: hasRun ? (
        <FactsTable facts={facts} cursor={run.cursor} onCursor={run.setCursor} onWhy={onWhy} evidence={run.evidence} />
      ) : (
        <p className={styles.empty}>Everything that happens in a run is a fact. They are listed here, each with its cause.</p>
      ),
    },
    {
      id: 'submissions',
      label: 'Submissions',
      content: <SubmissionList draft={draft} submissions={submissions} onShowFacts={onShowFacts} />,
    },
  ];
  return <Tabs label="Results" items={items} chosen={chosen} onChoose={onChoose} className={styles.resultTabs} />;
}

function checksLabel(run: LabRun): string {
  const verdicts = run.finished?.grade.verdicts;
  return verdicts ? `Checks ${verdicts.filter((verdict) => verdict.passed).length}/${verdicts.length}` : 'Checks';
}
