// The live schedule explorer at work: an expression, who keeps the clock, and the next runs in UTC and where people wait for them.
import { useMemo, useState } from 'react';
import runtime from '../runtime.module.css';
import { RuntimeFrame } from '../runtime-frame';
import { useWish, type Wish } from '../use-wish';
import { readSchedule } from './next-runs';
import { RunTable } from './run-table';
import styles from './schedule.module.css';
import {
  CLOCK_NAMES,
  type ClockKind,
  PEOPLE_IN,
  type ScheduleExample,
  type ScheduleExplorerProps,
  START,
  TIME_ZONES,
} from './schedule-setup';

interface Draft {
  name: string;
  expression: string;
  by: ClockKind;
  timeZone: string;
}

function draftOf({ name, expression, by = 'rule', timeZone = 'UTC' }: ScheduleExample): Draft {
  return { name, expression, by, timeZone };
}

export function SchedulePanel({ wish, ...props }: ScheduleExplorerProps & { wish: Wish }) {
  const { examples, peopleIn = PEOPLE_IN, startAt = START } = props;
  const [first] = examples;
  if (!first) throw new Error(`The schedule explorer ${props.id} has no example.`);
  const [draft, setDraft] = useState(() => draftOf(first));
  const [isShown, setShown] = useState(wish !== 'edit');
  const buttons = useWish(wish, () => setShown(true));
  const { expression, by, timeZone } = draft;
  const from = Date.parse(startAt);
  const reading = useMemo(() => readSchedule(expression, by, timeZone, from), [expression, by, timeZone, from]);
  const choose = (name: string) => {
    setDraft(draftOf(examples.find((each) => each.name === name) ?? first));
    setShown(false);
  };
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <>
          <button type="button" className="go" ref={buttons.run} onClick={() => setShown(true)}>
            Show the next runs
          </button>
          <button type="button" onClick={() => choose(draft.name)}>
            Reset
          </button>
          {examples.length > 1 && (
            <label className={runtime.event}>
              Example{' '}
              <select value={draft.name} onChange={(event) => choose(event.target.value)}>
                {examples.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          )}
        </>
      }
      code={<ScheduleForm draft={draft} onChange={setDraft} />}
      side={
        isShown ? (
          <RunTable reading={reading} timeZone={by === 'rule' ? 'UTC' : timeZone} peopleIn={peopleIn} from={from} />
        ) : (
          <p className={runtime.empty}>Say first when it will run. Then let it be worked out.</p>
        )
      }
    />
  );
}

function ScheduleForm({ draft, onChange }: { draft: Draft; onChange(draft: Draft): void }) {
  const { expression, by, timeZone } = draft;
  const zones = TIME_ZONES.includes(timeZone) ? TIME_ZONES : [...TIME_ZONES, timeZone];
  return (
    <div className={styles.form}>
      <label>
        <span>Expression</span>
        <input value={expression} spellCheck={false} onChange={(event) => onChange({ ...draft, expression: event.target.value })} />
      </label>
      <label>
        <span>Kept by</span>
        <select value={by} onChange={(event) => onChange({ ...draft, by: event.target.value as ClockKind })}>
          {Object.entries(CLOCK_NAMES).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Time zone</span>
        <select
          value={by === 'rule' ? 'UTC' : timeZone}
          disabled={by === 'rule'}
          title={by === 'rule' ? 'A rule keeps UTC.' : undefined}
          onChange={(event) => onChange({ ...draft, timeZone: event.target.value })}
        >
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
      <CronFields expression={expression} />
    </div>
  );
}

const FIELD_NAMES = ['minutes', 'hours', 'day of month', 'month', 'day of week', 'year'];

/** Which word stands for what. */
function CronFields({ expression }: { expression: string }) {
  const inside = /^\s*cron\((.*)\)\s*$/.exec(expression)?.[1];
  if (inside === undefined) return null;
  const fields = inside.trim().split(/\s+/);
  const rows = Array.from({ length: Math.max(FIELD_NAMES.length, fields.length) }, (_each, position) => ({
    name: FIELD_NAMES[position] ?? 'one too many',
    value: fields[position],
  }));
  return (
    <dl className={styles.fields} aria-label="The fields of the expression">
      {rows.map(({ name, value }) => (
        <div key={`${name} ${value}`} data-missing={value === undefined || name === 'one too many' ? '' : undefined}>
          <dt>{name}</dt>
          <dd>{value ?? 'missing'}</dd>
        </div>
      ))}
    </dl>
  );
}
