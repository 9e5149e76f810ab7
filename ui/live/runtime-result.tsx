// What a run shows: lanes, and the sentence for the fact at the cursor.
import { useMemo } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { Why } from '@/ui/timeline/explanation';
import { Timeline } from '@/ui/timeline/timeline';
import { indexTrace } from '@/ui/timeline/trace-index';
import { explain } from '@/ui/timeline/why';
import styles from './runtime.module.css';
import type { RunView } from './use-run';

export function RuntimeResult({ state, facts, title }: { state: RunView; facts: readonly Fact[]; title: string }) {
  const index = useMemo(() => indexTrace(facts), [facts]);
  const explanation = explain(index, state.cursor);
  return (
    <>
      {state.stale && (
        <p className={styles.note} role="status">
          You changed something since this run. Run again to see what it does now.
        </p>
      )}
      <Timeline
        facts={facts}
        cursor={state.cursor}
        onCursor={state.setCursor}
        label={`Timeline: ${title}`}
        future={state.stepping ? 'hidden' : 'dim'}
      />
      <div className={styles.why} aria-live="polite">
        {explanation && <Why explanation={explanation} cause={facts[state.cursor]?.cause ?? null} onFact={state.setCursor} />}
      </div>
    </>
  );
}
