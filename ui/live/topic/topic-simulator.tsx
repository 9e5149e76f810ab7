'use client';
// A live SNS topic in a lesson: write a message, say who gets it, publish, compare. Simulator and details are fetched at first use.
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { formatClock } from '@/ui/timeline/clock';
import { stepNumber } from '@/ui/timeline/steps';
import runtime from '../runtime.module.css';
import { MessageForm } from './message-form';
import { PolicyEditors } from './policy-editors';
import { SubscriptionList } from './subscription-list';
import styles from './topic.module.css';
import type { TopicDetailsProps } from './topic-details';
import { TIMES_MAX, type TopicSimulatorProps } from './topic-setup';
import { type TopicState, useTopic } from './use-topic';

const loadDetails = () => import('./topic-details').then((module) => module.TopicDetails);

export function TopicSimulator(props: TopicSimulatorProps) {
  const state = useTopic(props);
  const { run } = state;
  const [Details, setDetails] = useState<ComponentType<TopicDetailsProps> | null>(null);
  const isDone = run.status === 'done';
  useEffect(() => {
    if (isDone && !Details)
      loadDetails().then(
        (details) => setDetails(() => details),
        () => undefined,
      );
  }, [isDone, Details]);
  return (
    <section className={runtime.live} aria-label={`Live: ${props.title}`}>
      <div className={runtime.bar}>
        <Bar props={props} state={state} />
      </div>
      <div className={runtime.two}>
        <div className={runtime.source}>
          {props.messageFixed ? (
            <FixedMessage state={state} />
          ) : (
            <MessageForm message={state.message} fifo={props.fifo ?? false} onChange={state.setMessage} />
          )}
          <PolicyEditors props={props} state={state} />
        </div>
        <div className={runtime.side}>
          <Notice state={state} />
          <SubscriptionList subscriptions={props.subscriptions} state={state} editFilters={props.editFilters ?? false} />
        </div>
      </div>
      {run.status === 'done' && Details && <Details state={state} run={run} title={props.title} />}
    </section>
  );
}

function Bar({ props, state }: { props: TopicSimulatorProps; state: TopicState }) {
  const { run, cursor } = state;
  const isRunning = run.status === 'running';
  const go = useRef<HTMLButtonElement>(null);
  const facts = run.status === 'done' ? run.facts : [];
  const steps = run.status === 'done' ? run.steps : [];
  return (
    <>
      <button type="button" className="go" ref={go} onClick={() => state.publish('run')} aria-disabled={isRunning}>
        Publish
      </button>
      <button type="button" onClick={state.step} aria-disabled={isRunning}>
        Next fact
      </button>
      {isRunning ? (
        <button type="button" onClick={state.cancel}>
          Cancel
        </button>
      ) : (
        <button type="button" onClick={state.reset}>
          Reset
        </button>
      )}
      <span className={runtime.event}>
        {props.messages.length > 1 ? (
          <select aria-label="Message" value={state.messageName} onChange={(event) => state.chooseMessage(event.target.value)}>
            {props.messages.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        ) : (
          `to ${props.topic ?? 'orders'}${props.fifo ? '.fifo' : ''}`
        )}
      </span>
      <label className={styles.times}>
        times
        <input
          type="number"
          min={1}
          max={TIMES_MAX}
          value={state.times}
          onChange={(event) => state.setTimes(Math.min(TIMES_MAX, Math.max(1, Math.round(Number(event.target.value)) || 1)))}
        />
      </label>
      <span className={runtime.clock}>
        {formatClock(facts[cursor]?.at ?? 0)}
        {steps.length > 0 && (
          <small>
            fact {stepNumber(steps, cursor)} of {steps.length}
          </small>
        )}
      </span>
    </>
  );
}

function Notice({ state }: { state: TopicState }) {
  const { run, stale } = state;
  const lines: { text: string; isFault: boolean }[] = [];
  if (run.status === 'none') lines.push({ text: 'Say for each subscription whether it gets the message. Then publish.', isFault: false });
  if (run.status === 'running') lines.push({ text: 'Publishing…', isFault: false });
  if (run.status === 'failed') lines.push({ text: run.message, isFault: true });
  if (run.status === 'done') {
    for (const error of new Set(run.result.publishErrors)) lines.push({ text: `SNS did not take the message: ${error}`, isFault: true });
    if (stale) lines.push({ text: 'You changed something since this run. Publish again to see what it does now.', isFault: false });
    else if (run.result.publishErrors.length === 0) lines.push({ text: summary(state), isFault: false });
  }
  return (
    <div role="status">
      {lines.map(({ text, isFault }) => (
        <p key={text} className={runtime.note} {...(isFault ? { 'data-tone': 'fault' } : {})}>
          {text}
        </p>
      ))}
    </div>
  );
}

function FixedMessage({ state }: { state: TopicState }) {
  return (
    <figure className={styles.fixed}>
      <figcaption>Message</figcaption>
      <pre>{state.message.body}</pre>
    </figure>
  );
}

function summary({ outcomes }: TopicState): string {
  const rows = outcomes ?? [];
  const copies = rows.flatMap((row) => row.outcomes);
  if (copies.length > rows.length) {
    const delivered = copies.filter(({ status }) => status === 'delivered').length;
    return `${delivered} of ${copies.length} copies have arrived.`;
  }
  const arrived = rows.filter((row) => row.outcomes.some(({ status }) => status === 'delivered')).length;
  return `${arrived} of ${rows.length} subscriptions ${arrived === 1 ? 'has' : 'have'} the message.`;
}
