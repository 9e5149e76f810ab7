// Where the alias points: one version, or two with a share of the calls for the second.
import { useEffect, useState } from 'react';
import styles from './versions.module.css';
import { LATEST, type VersionStep, type VersionsOutcome } from './versions-setup';

interface AliasFormProps {
  alias: string;
  outcome: VersionsOutcome | null;
  busy: boolean;
  onPoint(step: VersionStep): void;
}

const PERCENT_DEFAULT = 10;

export function AliasForm({ alias, outcome, busy, onPoint }: AliasFormProps) {
  const [version, setVersion] = useState(LATEST);
  const [other, setOther] = useState<string | null>(null);
  const [percent, setPercent] = useState(PERCENT_DEFAULT);
  const pointed = outcome?.alias ?? null;
  // The form says what is true until the learner writes something else.
  useEffect(() => {
    if (!pointed) return;
    setVersion(pointed.version);
    setOther(pointed.other);
    if (pointed.other !== null) setPercent(Math.round(pointed.weight * 100));
  }, [pointed]);
  const all = [...(outcome?.versions ?? []).map((each) => each.version), LATEST];
  return (
    <form
      className={styles.alias}
      aria-label={`Alias ${alias}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onPoint({ do: 'alias', version, other, weight: percent / 100 });
      }}
    >
      <label>
        {alias} is
        <select value={version} onChange={(event) => setVersion(event.target.value)}>
          {all.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label>
        and also
        <select value={other ?? ''} onChange={(event) => setOther(event.target.value === '' ? null : event.target.value)}>
          <option value="">no other</option>
          {all.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label>
        for
        <input
          type="number"
          min={0}
          max={100}
          value={percent}
          disabled={other === null}
          onChange={(event) => setPercent(Math.min(100, Math.max(0, Math.round(Number(event.target.value)) || 0)))}
        />
        % of the calls
      </label>
      <button type="submit" aria-disabled={busy}>
        {pointed ? 'Point the alias' : 'Make the alias'}
      </button>
    </form>
  );
}
