// Every fact of a run as a table: searchable, with the cause one click away. Long runs are shown in pages.
import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { formatClock } from './clock';
import styles from './facts-table.module.css';
import { shortName } from './lambda-fact';
import { indexTrace } from './trace-index';
import { describe } from './why';

export interface FactsTableProps {
  facts: readonly Fact[];
  cursor: number;
  onCursor(seq: number): void;
  /** Facts that a check looked at: marked, and shown alone on request. */
  evidence?: readonly number[];
}

const PAGE_FACTS = 200;

export function FactsTable({ facts, cursor, onCursor, evidence = [] }: FactsTableProps) {
  const searchId = useId();
  const [search, setSearch] = useState('');
  const [onlyEvidence, setOnlyEvidence] = useState(false);
  const [pages, setPages] = useState(1);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const index = useMemo(() => indexTrace(facts), [facts]);
  const marked = useMemo(() => new Set(evidence), [evidence]);
  const found = useMemo(
    () => facts.filter((fact) => (!onlyEvidence || marked.has(fact.seq)) && (wanted === '' || searchable(fact).includes(wanted))),
    [facts, wanted, onlyEvidence, marked],
  );
  const shown = found.slice(0, pages * PAGE_FACTS);
  return (
    <div className={styles.facts}>
      <div className={styles.bar}>
        <label htmlFor={searchId}>Find</label>
        <input
          id={searchId}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder="type, name or data"
        />
        {evidence.length > 0 && (
          <label className={styles.only}>
            <input type="checkbox" checked={onlyEvidence} onChange={(event) => setOnlyEvidence(event.target.checked)} /> only what the check
            looked at
          </label>
        )}
        <span className={styles.count}>
          {found.length} of {facts.length} facts
        </span>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Time</th>
            <th scope="col">Fact</th>
            <th scope="col">In words</th>
            <th scope="col">Cause</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((fact) => (
            <tr
              key={fact.seq}
              data-now={fact.seq === cursor ? '' : undefined}
              data-later={fact.seq > cursor ? '' : undefined}
              data-evidence={marked.has(fact.seq) ? '' : undefined}
            >
              <td>
                <button
                  type="button"
                  onClick={() => onCursor(fact.seq)}
                  aria-label={`Go to fact ${fact.seq}`}
                  aria-current={fact.seq === cursor ? 'true' : undefined}
                >
                  {fact.seq}
                </button>
              </td>
              <td className={styles.mono}>{formatClock(fact.at)}</td>
              <td className={styles.mono}>
                {fact.type}
                <small>{shortName(fact.resource)}</small>
              </td>
              <td>
                {describe(index, fact.seq)}
                <details>
                  <summary>data</summary>
                  <pre>{JSON.stringify(fact.data, null, 2)}</pre>
                </details>
              </td>
              <td>
                {fact.cause !== null && (
                  <button type="button" onClick={() => onCursor(fact.cause ?? 0)} aria-label={`Go to the cause, fact ${fact.cause}`}>
                    {fact.cause}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className={styles.none}>No fact holds “{search}”.</p>}
      {shown.length < found.length && (
        <button type="button" className={styles.more} onClick={() => setPages(pages + 1)}>
          Show {Math.min(PAGE_FACTS, found.length - shown.length)} more
        </button>
      )}
    </div>
  );
}

function searchable(fact: Fact): string {
  return `${fact.type} ${fact.resource} ${JSON.stringify(fact.data)}`.toLowerCase();
}
