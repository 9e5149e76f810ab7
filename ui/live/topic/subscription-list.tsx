// The subscriptions of a live topic: who they are, what the reader predicts for them, and what became of the message.
import { useId } from 'react';
import runtime from '../runtime.module.css';
import { badgeOf, sentenceOf, verdictOn } from './outcome-words';
import styles from './topic.module.css';
import type { SubscriptionOutcome } from './topic-outcome';
import type { TopicSubscription } from './topic-setup';
import { protocolName } from './topic-words';
import type { Prediction, TopicState } from './use-topic';

export interface SubscriptionListProps {
  subscriptions: readonly TopicSubscription[];
  state: TopicState;
  editFilters: boolean;
}

export function SubscriptionList({ subscriptions, state, editFilters }: SubscriptionListProps) {
  return (
    <ul className={styles.list} aria-label="Subscriptions">
      {subscriptions.map((subscription, at) => (
        <SubscriptionItem
          key={subscription.name}
          subscription={subscription}
          row={state.outcomes?.[at] ?? null}
          state={state}
          editFilters={editFilters}
        />
      ))}
    </ul>
  );
}

interface ItemProps {
  subscription: TopicSubscription;
  row: SubscriptionOutcome | null;
  state: TopicState;
  editFilters: boolean;
}

function SubscriptionItem({ subscription, row, state, editFilters }: ItemProps) {
  const { name, protocol, filterScope } = subscription;
  const filter = state.filters[name] ?? '';
  const asked = state.run.status === 'done' ? state.run.predicted[name] : undefined;
  const verdict = row && !state.stepping ? verdictOn(asked, row) : null;
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <b>{name}</b> <small>{traitsOf(subscription).join(', ')}</small>
        <span className={styles.badges}>
          {row?.outcomes.map((outcome) => {
            const { sign, label, tone } = badgeOf(outcome);
            return (
              <span key={outcome.messageId} className={styles.badge} data-tone={tone}>
                <span aria-hidden="true">{sign}</span> {label}
              </span>
            );
          })}
        </span>
      </div>
      {filter !== '' && !editFilters && <FilterText text={filter} scope={filterScope} />}
      {editFilters && protocol !== undefined && (
        <FilterEditor name={name} text={filter} scope={filterScope} onChange={(text) => state.setFilter(name, text)} />
      )}
      {!row && <PredictionChoice name={name} chosen={state.predicted[name]} onChoose={(prediction) => state.predict(name, prediction)} />}
      {row?.outcomes.map((outcome) => (
        <p key={outcome.messageId} className={styles.why}>
          {sentenceOf(row, outcome)}{' '}
          <button type="button" className={styles.evidence} onClick={() => state.setCursor(outcome.fact)}>
            Show the fact
          </button>
        </p>
      ))}
      {verdict && (
        <p className={styles.verdict} data-right={verdict.isRight}>
          <span aria-hidden="true">{verdict.isRight ? '✓' : '✕'}</span> {verdict.text}
        </p>
      )}
    </li>
  );
}

function traitsOf({ protocol, raw, deadLetterQueue, account, subscribedBy, key, joinsAfter }: TopicSubscription): string[] {
  return [
    protocolName(protocol),
    ...(account ? [`of account ${account}`] : []),
    ...(subscribedBy === 'endpoint-account' ? ['subscribed by that account'] : []),
    ...(raw ? ['raw delivery'] : []),
    ...(key ? ['encrypted'] : []),
    ...(deadLetterQueue ? ['dead-letter queue'] : []),
    ...(joinsAfter ? [`subscribes after message ${joinsAfter}`] : []),
  ];
}

function FilterText({ text, scope }: { text: string; scope: TopicSubscription['filterScope'] }) {
  return (
    <p className={styles.filter}>
      <span>{scope === 'MessageBody' ? 'body' : 'attributes'}</span> <code>{compact(text)}</code>
    </p>
  );
}

/** On one line, as a reader scans it; what is not JSON stays as it is. */
function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text)).replaceAll('":', '": ').replaceAll('","', '", "');
  } catch {
    return text;
  }
}

interface FilterEditorProps {
  name: string;
  text: string;
  scope: TopicSubscription['filterScope'];
  onChange(text: string): void;
}

function FilterEditor({ name, text, scope, onChange }: FilterEditorProps) {
  return (
    <label className={styles.editor}>
      Filter policy of {name}, on the {scope === 'MessageBody' ? 'body' : 'attributes'}
      <textarea
        rows={Math.min(8, Math.max(2, text.split('\n').length))}
        spellCheck={false}
        placeholder="No policy: every message"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

interface PredictionChoiceProps {
  name: string;
  chosen: Prediction | undefined;
  onChoose(prediction: Prediction): void;
}

const CHOICES: readonly { id: Prediction; label: string }[] = [
  { id: 'arrives', label: 'gets it' },
  { id: 'stays-away', label: 'does not' },
];

function PredictionChoice({ name, chosen, onChoose }: PredictionChoiceProps) {
  const group = useId();
  return (
    <fieldset className={styles.predict}>
      <legend className="visually-hidden">Does {name} get the message?</legend>
      {CHOICES.map(({ id, label }) => (
        <label key={id}>
          <input type="radio" name={group} checked={chosen === id} onChange={() => onChoose(id)} />
          {label}
        </label>
      ))}
      <span className={runtime.event}>{chosen ? 'noted' : 'your guess'}</span>
    </fieldset>
  );
}
