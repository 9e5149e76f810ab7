// The switches of a queue, its mapping and its function, in AWS's own terms and limits.
import styles from '../runtime.module.css';
import { Whole } from '../whole';
import { BATCH_SIZE_MAX, type MappingSettings, VISIBILITY_MAX_SECONDS, WATCH_MAX_MINUTES, WINDOW_MAX_SECONDS } from './mapping-setup';

/** LAM-ENV-03: 900 s at most. */
const TIMEOUT_MAX_SECONDS = 900;
/** Receives until a message moves, out of 1 to 1,000. */
const RECEIVES = [1, 2, 3, 5, 10];
/** MaximumConcurrency begins at 2. */
const CONCURRENCIES = [2, 3, 5, 10];

interface ChoiceProps {
  label: string;
  value: number | null;
  none: string;
  numbers: readonly number[];
  onChange(value: number | null): void;
}

function Choice({ label, value, none, numbers, onChange }: ChoiceProps) {
  const all = value === null || numbers.includes(value) ? numbers : [value, ...numbers];
  return (
    <label>
      {label}
      <select value={value ?? 'none'} onChange={(event) => onChange(event.target.value === 'none' ? null : Number(event.target.value))}>
        <option value="none">{none}</option>
        {all.map((number) => (
          <option key={number} value={number}>
            {number}
          </option>
        ))}
      </select>
    </label>
  );
}

export function MappingSettingsForm({ settings, onChange }: { settings: MappingSettings; onChange(settings: MappingSettings): void }) {
  const set = (change: Partial<MappingSettings>) => onChange({ ...settings, ...change });
  return (
    <div className={styles.settings}>
      <Whole label="Batch size" value={settings.batchSize} min={1} max={BATCH_SIZE_MAX} onChange={(batchSize) => set({ batchSize })} />
      <Whole
        label="Batching window, in seconds"
        value={settings.windowSeconds}
        min={0}
        max={WINDOW_MAX_SECONDS}
        onChange={(windowSeconds) => set({ windowSeconds })}
      />
      <Whole
        label="Visibility timeout, in seconds"
        value={settings.visibilitySeconds}
        min={0}
        max={VISIBILITY_MAX_SECONDS}
        onChange={(visibilitySeconds) => set({ visibilitySeconds })}
      />
      <Choice
        label="Dead-letter queue after receives"
        value={settings.maxReceiveCount}
        none="no dead-letter queue"
        numbers={RECEIVES}
        onChange={(maxReceiveCount) => set({ maxReceiveCount })}
      />
      <Choice
        label="Maximum concurrency of the mapping"
        value={settings.maximumConcurrency}
        none="none"
        numbers={CONCURRENCIES}
        onChange={(maximumConcurrency) => set({ maximumConcurrency })}
      />
      <Choice
        label="Reserved concurrency of the function"
        value={settings.reservedConcurrency}
        none="none"
        numbers={[0, 1, 2, 3, 5, 10]}
        onChange={(reservedConcurrency) => set({ reservedConcurrency })}
      />
      <Whole
        label="Timeout of the function, in seconds"
        value={settings.timeoutSeconds}
        min={1}
        max={TIMEOUT_MAX_SECONDS}
        onChange={(timeoutSeconds) => set({ timeoutSeconds })}
      />
      <Whole
        label="Seconds between messages"
        value={settings.everySeconds}
        min={0}
        max={3600}
        onChange={(everySeconds) => set({ everySeconds })}
      />
      <Whole
        label="Minutes to watch"
        value={settings.watchMinutes}
        min={1}
        max={WATCH_MAX_MINUTES}
        onChange={(watchMinutes) => set({ watchMinutes })}
      />
      <label data-check="">
        <input
          type="checkbox"
          checked={settings.reportsItemFailures}
          onChange={(event) => set({ reportsItemFailures: event.target.checked })}
        />
        ReportBatchItemFailures
      </label>
    </div>
  );
}
