// What became of the events: each rule's verdict key by key, where it sent the event, and the next runs of schedules.
import type { Fact } from '@/sim/kernel/fact';
import frame from '../runtime.module.css';
import { deliveriesOf } from './deliveries';
import { ReplayTable } from './replay-table';
import styles from './router.module.css';
import type { EventRouterProps, EventVerdict, Refusal, RouterOutcome, RuleVerdict, RuleWish } from './router-setup';
import { RuleKeys } from './rule-keys';
import { ScheduleRuns } from './schedule-runs';
import type { RouterState } from './use-router';

interface RouterResultProps {
  props: EventRouterProps;
  state: RouterState;
  outcome: RouterOutcome;
  facts: readonly Fact[];
}

export function RouterResult({ props, state, outcome, facts }: RouterResultProps) {
  const { events, refusedRules, schedules } = outcome;
  const event = events.find(({ name }) => name === state.eventName) ?? events[0];
  return (
    <div className={styles.result} aria-live="polite">
      {events.length > 1 && <Matrix props={props} events={events} chosen={event?.name ?? ''} onChoose={state.chooseEvent} />}
      {outcome.replayed && <ReplayTable rules={props.rules.map(({ name }) => name)} replayed={outcome.replayed} />}
      {event?.refused && <RefusalNote head={`The bus refuses ${event.name}.`} refusal={event.refused} />}
      {props.rules.map((rule) => {
        const refusal = refusedRules[rule.name];
        if (refusal) return <RefusalNote key={rule.name} head={`The rule ${rule.name} is refused.`} refusal={refusal} />;
        const verdict = event?.rules.find((each) => each.rule === rule.name);
        const schedule = schedules.find((each) => each.rule === rule.name);
        return (
          <div key={rule.name}>
            {verdict && (
              <RuleResult
                verdict={verdict}
                rule={rule}
                eventId={event?.eventId ?? ''}
                facts={facts}
                expected={events.length > 1 ? null : state.expected}
              />
            )}
            {schedule && <ScheduleRuns rule={rule.name} runs={schedule.runs} timeZone={props.timeZone} />}
          </div>
        );
      })}
    </div>
  );
}

function RefusalNote({ head, refusal }: { head: string; refusal: Refusal }) {
  return (
    <div className={frame.note} data-tone="fault">
      <b>✕ {head}</b> {refusal.code}: <span className={styles.message}>{refusal.message}</span>
      {refusal.line !== null && (
        <>
          {' '}
          Line {refusal.line}, column {refusal.column}.
        </>
      )}
    </div>
  );
}

interface RuleResultProps {
  verdict: RuleVerdict;
  rule: RuleWish;
  eventId: string;
  facts: readonly Fact[];
  expected: readonly string[] | null;
}

function RuleResult({ verdict, rule, eventId, facts, expected }: RuleResultProps) {
  const { isMatched, isOnBus } = verdict;
  const bus = rule.bus ?? 'default';
  const word = isMatched ? '✓ matches' : isOnBus ? '– no match' : '– not asked';
  const wasExpected = expected?.includes(rule.name) ?? false;
  return (
    <section className={styles.rule} aria-label={`Rule ${rule.name}`}>
      <h4>
        {rule.name} <span data-verdict={isMatched ? 'match' : 'none'}>{word}</span>
        {expected && <small>{wasExpected === isMatched ? 'as you said' : isMatched ? 'you said no match' : 'you said match'}</small>}
      </h4>
      {isOnBus ? (
        <>
          {rule.disabled ? <p>The rule is disabled, so it matches nothing.</p> : <RuleKeys verdict={verdict} />}
          <Deliveries facts={facts} eventId={eventId} rule={rule} isMatched={isMatched} />
        </>
      ) : (
        <p>It belongs to the bus {bus}, and this event did not come there.</p>
      )}
    </section>
  );
}

function Deliveries({ facts, eventId, rule, isMatched }: { facts: readonly Fact[]; eventId: string; rule: RuleWish; isMatched: boolean }) {
  if (!isMatched) return null;
  const deliveries = deliveriesOf(facts, eventId, rule);
  if (deliveries.length === 0) return <p>It has no target: the event ends here.</p>;
  return (
    <ul className={styles.deliveries}>
      {deliveries.map(({ targetId, target, text, tone }) => (
        <li key={targetId} data-tone={tone}>
          → <b>{target}</b>: {text}
        </li>
      ))}
    </ul>
  );
}

interface MatrixProps {
  props: EventRouterProps;
  events: readonly EventVerdict[];
  chosen: string;
  onChoose(name: string): void;
}

function Matrix({ props, events, chosen, onChoose }: MatrixProps) {
  const rules = props.rules.filter((rule) => rule.pattern !== undefined);
  return (
    <div className={styles.scroll} {...scrollable}>
      <table className={styles.matrix}>
        <caption>Which rules matched which events. Choose an event to see why.</caption>
        <thead>
          <tr>
            <th scope="col">Event</th>
            {rules.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.name}>
              <th scope="row">
                <button type="button" aria-pressed={event.name === chosen} onClick={() => onChoose(event.name)}>
                  {event.name}
                </button>
              </th>
              {rules.map(({ name }) => {
                const isMatched = event.rules.find((each) => each.rule === name)?.isMatched;
                return (
                  <td key={name} data-verdict={isMatched ? 'match' : 'none'}>
                    {event.refused ? '✕ refused' : isMatched ? '✓ match' : '– no'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What scrolls must be reachable by keyboard: WCAG 2.1.1. */
const scrollable = { tabIndex: 0, role: 'region', 'aria-label': 'Events and rules' };
