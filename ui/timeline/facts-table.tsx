// Every fact of a run as a table: filtered, drawn only where it is in sight, with the fact at the cursor in full below it.
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { FactDetail } from './fact-detail';
import { effectsOf, filterFacts } from './fact-filter';
import { FactFilterBar } from './fact-filter-bar';
import { FactRow } from './fact-row';
import styles from './facts-table.module.css';
import { indexTrace } from './trace-index';
import { useRowInView, useRowWindow } from './use-row-window';
import { describe } from './why';

export interface FactsTableProps {
  facts: readonly Fact[];
  cursor: number;
  onCursor(seq: number): void;
  /** Tells in full why a fact happened. */
  onWhy?: ((seq: number) => void) | undefined;
  /** Facts that a check looked at: marked, and shown alone on request. */
  evidence?: readonly number[];
}

/** The height of a row and of the head, as facts-table.module.css sets them. */
const ROW_PX = 30;
const HEAD_PX = 28;
const NO_FACTS: readonly number[] = [];

export function FactsTable({ facts, cursor, onCursor, onWhy, evidence = NO_FACTS }: FactsTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const bodyId = useId();
  const [type, setType] = useState('');
  const [resource, setResource] = useState('');
  const [text, setText] = useState('');
  const [onlyEvidence, setOnlyEvidence] = useState(evidence.length > 0);
  const marked = useMemo(() => new Set(evidence), [evidence]);
  // Whoever asks for the facts of a check sees those first.
  useEffect(() => setOnlyEvidence(marked.size > 0), [marked]);
  // Another run need not have what was chosen here; with it the table would be empty for no reason that can be seen.
  useEffect(() => {
    setType((chosen) => (chosen === '' || facts.some((fact) => fact.type.startsWith(chosen)) ? chosen : ''));
    setResource((chosen) => (chosen === '' || facts.some((fact) => fact.resource === chosen) ? chosen : ''));
  }, [facts]);
  const wanted = useDeferredValue(text);
  const index = useMemo(() => indexTrace(facts), [facts]);
  const effects = useMemo(() => effectsOf(facts), [facts]);
  const found = useMemo(
    () => filterFacts(facts, { type, resource, text: wanted, only: onlyEvidence && marked.size > 0 ? marked : null }),
    [facts, type, resource, wanted, onlyEvidence, marked],
  );
  const position = useMemo(() => found.findIndex((fact) => fact.seq === cursor), [found, cursor]);
  const { first, end } = useRowWindow(scroller, found.length, ROW_PX);
  useRowInView(scroller, position, ROW_PX, HEAD_PX);
  const shown = found.slice(first, end);
  /** One row takes the focus by Tab: that of the cursor, or the first in sight. */
  const stop = position >= first && position < end ? cursor : shown[0]?.seq;

  const focusAt = useRef<number | null>(null);
  useEffect(() => {
    if (focusAt.current === null) return;
    const button = scroller.current?.querySelector<HTMLElement>(`tr[data-seq="${focusAt.current}"] button`);
    if (!button) return;
    focusAt.current = null;
    button.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = position < 0 ? found.findIndex((fact) => fact.seq === stop) : position;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1);
    const moves: Record<string, number> = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page };
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? found.length - 1 : moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const fact = found[Math.max(0, Math.min(found.length - 1, target))];
    if (!fact) return;
    focusAt.current = fact.seq;
    onCursor(fact.seq);
  };
  const now = facts[cursor];
  return (
    <div className={styles.facts}>
      <FactFilterBar
        facts={facts}
        found={found.length}
        type={type}
        onType={setType}
        resource={resource}
        onResource={setResource}
        text={text}
        onText={setText}
        onlyEvidence={evidence.length > 0 ? onlyEvidence : null}
        onOnlyEvidence={setOnlyEvidence}
        bodyId={bodyId}
      />
      <div className={styles.scroll} ref={scroller}>
        <table aria-rowcount={found.length + 1}>
          <caption className="visually-hidden">Facts of the run. Arrow keys move the cursor from fact to fact.</caption>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Fact</th>
              <th scope="col">At</th>
              <th scope="col">What happened</th>
              <th scope="col">
                <span className="visually-hidden">Why</span>
              </th>
            </tr>
          </thead>
          {first > 0 && <Spacer rows={first} />}
          <tbody id={bodyId}>
            {shown.map((fact, offset) => (
              <FactRow
                key={fact.seq}
                fact={fact}
                rowIndex={first + offset + 2}
                words={describe(index, fact.seq)}
                when={fact.seq === cursor ? 'now' : fact.seq > cursor ? 'later' : 'before'}
                isEvidence={marked.has(fact.seq)}
                isStop={fact.seq === stop}
                onKeyDown={onKeyDown}
                onCursor={onCursor}
                onWhy={onWhy}
              />
            ))}
          </tbody>
          {end < found.length && <Spacer rows={found.length - end} />}
        </table>
        {found.length === 0 && <p className={styles.none}>No fact of this run is like that. Choose less, or look for another word.</p>}
      </div>
      {now && (
        <FactDetail
          fact={now}
          words={describe(index, cursor)}
          effects={effects.get(cursor) ?? NO_FACTS}
          isHidden={position < 0}
          onCursor={onCursor}
          onWhy={onWhy}
        />
      )}
    </div>
  );
}

function Spacer({ rows }: { rows: number }) {
  return (
    <tbody aria-hidden="true">
      <tr>
        <td colSpan={4} className={styles.spacer} style={{ height: rows * ROW_PX }} />
      </tr>
    </tbody>
  );
}
