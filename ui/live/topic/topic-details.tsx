// Below a live topic after a run: attempts in time, what each endpoint received, the handshakes, all of it as a table.
import { useMemo, useState } from 'react';
import { formatClock } from '@/ui/timeline/clock';
import { Why } from '@/ui/timeline/explanation';
import { FactsTable } from '@/ui/timeline/facts-table';
import { Timeline } from '@/ui/timeline/timeline';
import { indexTrace } from '@/ui/timeline/trace-index';
import { explain } from '@/ui/timeline/why';
import { type TabItem, Tabs } from '@/ui/workbench/tabs';
import runtime from '../runtime.module.css';
import { attemptsOf } from './attempts';
import { AttemptsTable } from './attempts-table';
import { logLinesOf } from './log-lines';
import { badgeOf, sentenceOf } from './outcome-words';
import styles from './topic.module.css';
import { TopicLog } from './topic-log';
import type { Receipt, SubscriptionOutcome } from './topic-outcome';
import { protocolName } from './topic-words';
import type { FinishedRun, TopicState } from './use-topic';

export interface TopicDetailsProps {
  state: TopicState;
  run: FinishedRun;
  title: string;
}

export function TopicDetails({ state, run, title }: TopicDetailsProps) {
  const [chosen, setChosen] = useState('received');
  const rows = state.outcomes ?? [];
  const messages = rows.flatMap((row) => row.receipts.filter(({ kind }) => kind !== 'confirmation').map((receipt) => ({ row, receipt })));
  const asked = rows.filter(({ receipts }) => receipts.some(({ kind }) => kind === 'confirmation'));
  const attempts = useMemo(() => attemptsOf(run.facts, run.result.publishedAt), [run]).filter(({ fact }) => fact <= state.cursor);
  const isRetried = attempts.some(({ phase }) => phase !== 'first');
  const log = useMemo(() => logLinesOf(run.facts, state.cursor), [run.facts, state.cursor]);
  const items: TabItem[] = [
    { id: 'received', label: `Received (${messages.length})`, content: <Received messages={messages} onFact={state.setCursor} /> },
    { id: 'time', label: 'Timeline', content: <InTime state={state} run={run} title={title} /> },
    ...(isRetried
      ? [
          {
            id: 'attempts',
            label: `Attempts (${attempts.length})`,
            content: <AttemptsTable attempts={attempts} rows={rows} title={title} onFact={state.setCursor} />,
          },
        ]
      : []),
    ...(log.length > 0 ? [{ id: 'log', label: `Log (${log.length})`, content: <TopicLog lines={log} onFact={state.setCursor} /> }] : []),
    ...(asked.length > 0
      ? [{ id: 'handshake', label: 'Confirmations', content: <Handshakes rows={asked} onFact={state.setCursor} /> }]
      : []),
    { id: 'table', label: 'As a table', content: <OutcomeTable rows={rows} title={title} /> },
    {
      id: 'facts',
      label: 'All facts',
      content: <FactsTable facts={run.facts} cursor={state.cursor} onCursor={state.setCursor} />,
    },
  ];
  return (
    <div className={runtime.below}>
      <Tabs
        label={`Details: ${title}`}
        items={items}
        chosen={items.some(({ id }) => id === chosen) ? chosen : 'received'}
        onChoose={setChosen}
      />
    </div>
  );
}

function InTime({ state, run, title }: TopicDetailsProps) {
  const index = useMemo(() => indexTrace(run.facts), [run.facts]);
  const explanation = explain(index, state.cursor);
  return (
    <div className={styles.pad}>
      <Timeline
        facts={run.facts}
        cursor={state.cursor}
        onCursor={state.setCursor}
        label={`Timeline: ${title}`}
        future={state.stepping ? 'hidden' : 'dim'}
      />
      {explanation && <Why explanation={explanation} cause={run.facts[state.cursor]?.cause ?? null} onFact={state.setCursor} />}
    </div>
  );
}

interface ReceivedProps {
  messages: readonly { row: SubscriptionOutcome; receipt: Receipt }[];
  onFact(seq: number): void;
}

function Received({ messages, onFact }: ReceivedProps) {
  if (messages.length === 0) return <p className={styles.pad}>No endpoint has received anything up to here.</p>;
  return (
    <div className={styles.receipts}>
      {messages.map(({ row, receipt }) => (
        <article key={receipt.fact}>
          <h4>
            {receipt.where}{' '}
            <small>
              {receipt.kind === 'dead-letter' ? `dead-letter queue of ${row.subscription.name}` : protocolName(row.subscription.protocol)}
            </small>
            <button type="button" className={styles.evidence} onClick={() => onFact(receipt.fact)}>
              {formatClock(receipt.at)}
            </button>
          </h4>
          <ReceiptBody receipt={receipt} label={`What ${receipt.where} received`} />
        </article>
      ))}
    </div>
  );
}

function ReceiptBody({ receipt, label }: { receipt: Receipt; label: string }) {
  const beside = Object.entries(receipt.beside);
  return (
    <>
      <figure aria-label={label}>
        <pre>{receipt.body}</pre>
      </figure>
      {beside.length > 0 && (
        <details>
          <summary>Beside the body ({beside.length})</summary>
          <pre>{JSON.stringify(receipt.beside, null, 2)}</pre>
        </details>
      )}
    </>
  );
}

function Handshakes({ rows, onFact }: { rows: readonly SubscriptionOutcome[]; onFact(seq: number): void }) {
  return (
    <div className={styles.receipts}>
      {rows.map((row) => (
        <article key={row.subscription.name}>
          <h4>
            {row.subscription.name} <small>{row.isConfirmed ? 'confirmed' : 'not confirmed: the token is valid for two days'}</small>
            {row.confirmedBy !== null && (
              <button type="button" className={styles.evidence} onClick={() => onFact(row.confirmedBy ?? 0)}>
                Show the fact
              </button>
            )}
          </h4>
          {row.receipts
            .filter(({ kind }) => kind === 'confirmation')
            .map((receipt) => (
              <ReceiptBody key={receipt.fact} receipt={receipt} label={`What ${row.subscription.name} was asked`} />
            ))}
        </article>
      ))}
    </div>
  );
}

function OutcomeTable({ rows, title }: { rows: readonly SubscriptionOutcome[]; title: string }) {
  return (
    <div className={styles.scroll}>
      <table aria-label={`Outcomes: ${title}`}>
        <thead>
          <tr>
            <th scope="col">Subscription</th>
            <th scope="col">Protocol</th>
            <th scope="col">Outcome</th>
            <th scope="col">Attempts</th>
            <th scope="col">Since</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row) =>
            row.outcomes.map((outcome) => (
              <tr key={`${row.subscription.name} ${outcome.messageId}`}>
                <th scope="row">{row.subscription.name}</th>
                <td>{protocolName(row.subscription.protocol)}</td>
                <td>{badgeOf(outcome).label}</td>
                <td>{outcome.attempts.toLocaleString('en')}</td>
                <td>{formatClock(outcome.at)}</td>
                <td>{sentenceOf(row, outcome)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
