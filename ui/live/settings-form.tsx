// The switches of a live runtime, in Lambda's own terms and limits.

import styles from './runtime.module.css';
import type { RuntimeSettings } from './runtime-setup';

/** Sizes to choose from; 1,769 MB is one vCPU (LAM-05). */
const MEMORY_SIZES_MB = [128, 256, 512, 1024, 1769, 3008, 10_240];
/** LAM-ENV-03: 900 s at most. */
const TIMEOUT_MAX_SECONDS = 900;

export function SettingsForm({ settings, onChange }: { settings: RuntimeSettings; onChange(settings: RuntimeSettings): void }) {
  const sizes = MEMORY_SIZES_MB.includes(settings.memoryMB)
    ? MEMORY_SIZES_MB
    : [settings.memoryMB, ...MEMORY_SIZES_MB].sort((a, b) => a - b);
  return (
    <div className={styles.settings}>
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
      <label>
        Timeout, in seconds
        <input
          type="number"
          min={1}
          max={TIMEOUT_MAX_SECONDS}
          value={settings.timeoutSeconds}
          onChange={(event) =>
            onChange({
              ...settings,
              timeoutSeconds: Math.min(TIMEOUT_MAX_SECONDS, Math.max(1, Math.round(Number(event.target.value)) || 1)),
            })
          }
        />
      </label>
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
      <label data-check="">
        <input
          type="checkbox"
          checked={settings.deadLetterQueue}
          onChange={(event) => onChange({ ...settings, deadLetterQueue: event.target.checked })}
        />
        Dead-letter queue
      </label>
    </div>
  );
}
