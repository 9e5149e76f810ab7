// Every fact of a run as a table: searchable, with the cause one click away. Long runs are shown in pages.
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
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
  const table = useRef<HTMLTableElement>(null);
  const [search, setSearch] = useState('');
  const [onlyEvidence, setOnlyEvidence] = useState(evidence.length > 0);
  const [pages, setPages] = useState(1);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const index = useMemo(() => indexTrace(facts), [facts]);
  const marked = useMemo(() => new Set(evidence), [evidence]);
  // Whoever asks for the facts of a check sees those first.
  useEffect(() => setOnlyEvidence(marked.size > 0), [marked]);
  const found = useMemo(
    () => facts.filter((fact) => (!onlyEvidence || marked.has(fact.seq)) && (wanted === '' || searchable(fact).includes(wanted))),
    [facts, wanted, onlyEvidence, marked],
  );
  const reach = found.findIndex((fact) => fact.seq === cursor) + 1;
  const shown = found.slice(0, Math.max(pages * PAGE_FACTS, reach));
  useEffect(() => {
    const row = table.current?.querySelector<HTMLElement>(`tr[data-seq="${cursor}"]`);
    if (row) keepInView(row);
  }, [cursor]);
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
        <span className={styles.count}>
          {found.length} of {facts.length} facts
        </span>
        {evidence.length > 0 && (
          <label className={styles.only}>
            <input type="checkbox" checked={onlyEvidence} onChange={(event) => setOnlyEvidence(event.target.checked)} />
            only what the check looked at
          </label>
        )}
      </div>
      <table ref={table}>
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">What happened</th>
            <th scope="col">Cause</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((fact) => (
            <FactRow
              key={fact.seq}
              fact={fact}
              words={describe(index, fact.seq)}
              cursor={cursor}
              isEvidence={marked.has(fact.seq)}
              onCursor={onCursor}
            />
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

interface FactRowProps {
  fact: Fact;
  words: string;
  cursor: number;
  isEvidence: boolean;
  onCursor(seq: number): void;
}

function FactRow({ fact, words, cursor, isEvidence, onCursor }: FactRowProps) {
  const { seq, cause } = fact;
  return (
    <tr
      data-seq={seq}
      data-now={seq === cursor ? '' : undefined}
      data-later={seq > cursor ? '' : undefined}
      data-evidence={isEvidence ? '' : undefined}
    >
      <td>
        <button
          type="button"
          onClick={() => onCursor(seq)}
          aria-label={`Go to fact ${seq}`}
          aria-current={seq === cursor ? 'true' : undefined}
        >
          {seq}
        </button>
        <small className={styles.mono}>{formatClock(fact.at)}</small>
      </td>
      <td>
        {words}
        <details>
          <summary>
            <span className={styles.mono}>{fact.type}</span> {shortName(fact.resource)}
          </summary>
          <pre>{JSON.stringify(fact.data, null, 2)}</pre>
        </details>
      </td>
      <td>
        {cause !== null && (
          <button type="button" onClick={() => onCursor(cause)} aria-label={`Go to the cause, fact ${cause}`}>
            {cause}
          </button>
        )}
      </td>
    </tr>
  );
}

/** Scrolls the panel around a row, never the page. */
function keepInView(row: HTMLElement): void {
  const panel = row.closest<HTMLElement>('[role="tabpanel"]');
  if (!panel) return;
  const box = panel.getBoundingClientRect();
  const place = row.getBoundingClientRect();
  const headPx = 64;
  if (place.top < box.top + headPx) panel.scrollTop -= box.top + headPx - place.top;
  else if (place.bottom > box.bottom) panel.scrollTop += place.bottom - box.bottom;
}

function searchable(fact: Fact): string {
  return `${fact.type} ${fact.resource} ${JSON.stringify(fact.data)}`.toLowerCase();
}
