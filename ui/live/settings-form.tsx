// The switches of a live runtime, in Lambda's own terms and limits.

import styles from './runtime.module.css';
import { CALLS_MAX, type InvocationType, type RuntimeSettings } from './runtime-setup';
import { Whole } from './whole';

/** Sizes to choose from; 1,769 MB is one vCPU (LAM-05). */
const MEMORY_SIZES_MB = [128, 256, 512, 1024, 1769, 3008, 10_240];
/** LAM-ENV-03: 900 s at most. */
const TIMEOUT_MAX_SECONDS = 900;
/** A day between two calls is enough to lose every environment. */
const GAP_MAX_SECONDS = 86_400;

export function SettingsForm({ settings, onChange }: { settings: RuntimeSettings; onChange(settings: RuntimeSettings): void }) {
  const sizes = MEMORY_SIZES_MB.includes(settings.memoryMB)
    ? MEMORY_SIZES_MB
    : [settings.memoryMB, ...MEMORY_SIZES_MB].sort((a, b) => a - b);
  return (
    <div className={styles.settings}>
      <label>
        Memory
        <select value={settings.memoryMB} onChange={(event) => onChange({ ...settings, memoryMB: Number(event.target.value) })}>
          {sizes.map((size) => (
            <option key={size} value={size}>
              {size.toLocaleString('en')} MB
            </option>
          ))}
        </select>
      </label>
      <Whole
        label="Timeout, in seconds"
        value={settings.timeoutSeconds}
        min={1}
        max={TIMEOUT_MAX_SECONDS}
        onChange={(timeoutSeconds) => onChange({ ...settings, timeoutSeconds })}
      />
      <label>
        How it is called
        <select
          value={settings.invocationType}
          onChange={(event) => onChange({ ...settings, invocationType: event.target.value as InvocationType })}
        >
          <option value="Event">asynchronously (Event)</option>
          <option value="RequestResponse">synchronously (RequestResponse)</option>
        </select>
      </label>
      <Whole label="Calls" value={settings.calls} min={1} max={CALLS_MAX} onChange={(calls) => onChange({ ...settings, calls })} />
      <Whole
        label="Seconds between calls"
        value={settings.everySeconds}
        min={0}
        max={GAP_MAX_SECONDS}
        onChange={(everySeconds) => onChange({ ...settings, everySeconds })}
      />
      <label>
        Reserved concurrency
        <select
          value={settings.reservedConcurrency ?? 'none'}
          onChange={(event) =>
            onChange({ ...settings, reservedConcurrency: event.target.value === 'none' ? null : Number(event.target.value) })
          }
        >
          <option value="none">none</option>
          {[0, 1, 2, 3, 5, 10].map((units) => (
            <option key={units} value={units}>
              {units}
            </option>
          ))}
        </select>
      </label>
      {settings.invocationType === 'Event' && (
        <>
          <label>
            Retries after a function error
            <select value={settings.retries} onChange={(event) => onChange({ ...settings, retries: Number(event.target.value) })}>
              <option value={0}>0</option>
              <option value={1}>1, after a minute</option>
              <option value={2}>2, after 1 and 2 minutes</option>
            </select>
          </label>
          <label>
            AWS reclaims the idle environment
            <select
              value={settings.reclaimAfterAttempt ?? 0}
              onChange={(event) => onChange({ ...settings, reclaimAfterAttempt: Number(event.target.value) || null })}
            >
              <option value={0}>not during this run</option>
              <option value={1}>after attempt 1</option>
              <option value={2}>after attempt 2</option>
            </select>
          </label>
          <label data-check="">
            <input
              type="checkbox"
              checked={settings.deadLetterQueue}
              onChange={(event) => onChange({ ...settings, deadLetterQueue: event.target.checked })}
            />
            Dead-letter queue
          </label>
        </>
      )}
    </div>
  );
}
