// What the table of facts shows: by type, by resource, by text, or only what a check looked at.
import { useId, useMemo } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { resourcesOf, typesOf } from './fact-filter';
import styles from './facts-table.module.css';
import { shortName } from './lambda-fact';

export interface FactFilterBarProps {
  facts: readonly Fact[];
  /** How many pass. */
  found: number;
  type: string;
  onType(type: string): void;
  resource: string;
  onResource(resource: string): void;
  text: string;
  onText(text: string): void;
  /** Null where no check has been asked for its facts. */
  onlyEvidence: boolean | null;
  onOnlyEvidence(only: boolean): void;
  bodyId: string;
}

export function FactFilterBar(props: FactFilterBarProps) {
  const { facts, found, type, resource, text, onlyEvidence, bodyId } = props;
  const searchId = useId();
  const types = useMemo(() => typesOf(facts), [facts]);
  const resources = useMemo(() => resourcesOf(facts), [facts]);
  return (
    <div className={styles.bar}>
      <select aria-label="Type" aria-controls={bodyId} value={type} onChange={(event) => props.onType(event.target.value)}>
        <option value="">All types</option>
        {types.map(({ service, count, types: own }) => (
          <optgroup key={service} label={service}>
            <option value={`${service}:`}>
              all of {service} ({count})
            </option>
            {own.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.value.slice(service.length + 1)} ({choice.count})
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <select aria-label="Resource" aria-controls={bodyId} value={resource} onChange={(event) => props.onResource(event.target.value)}>
        <option value="">All resources</option>
        {resources.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {shortName(choice.value)} ({choice.count})
          </option>
        ))}
      </select>
      <label htmlFor={searchId} className="visually-hidden">
        Find in facts
      </label>
      <input
        id={searchId}
        type="search"
        value={text}
        onChange={(event) => props.onText(event.target.value)}
        placeholder="Find a word or an id"
        aria-controls={bodyId}
      />
      <span className={styles.count} role="status">
        {found.toLocaleString('en-GB')} of {facts.length.toLocaleString('en-GB')} facts
      </span>
      {onlyEvidence !== null && (
        <label className={styles.only}>
          <input type="checkbox" checked={onlyEvidence} onChange={(event) => props.onOnlyEvidence(event.target.checked)} />
          only what the check looked at
        </label>
      )}
    </div>
  );
}
