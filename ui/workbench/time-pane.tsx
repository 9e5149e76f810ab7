// The run in time: which world, the cursor's controls, the lanes, and why what is at the cursor happened.
import { useMemo } from 'react';
import { formatClock } from '@/ui/timeline/clock';
import { Why } from '@/ui/timeline/explanation';
import { nextStep, previousStep, stepNumber, stepsOf } from '@/ui/timeline/steps';
import { Timeline } from '@/ui/timeline/timeline';
import { indexTrace } from '@/ui/timeline/trace-index';
import { explain } from '@/ui/timeline/why';
import type { LabView } from './lab-view';
import panes from './panes.module.css';
import styles from './time-pane.module.css';
import type { LabRun } from './use-lab-run';

export function TimePane({ lab, run, onWhy }: { lab: LabView; run: LabRun; onWhy(seq: number): void }) {
  const world = run.finished?.runs[run.world] ?? null;
  const facts = useMemo(() => world?.facts ?? [], [world]);
  const index = useMemo(() => indexTrace(facts), [facts]);
  const steps = useMemo(() => stepsOf(facts), [facts]);
  if (!world && run.finished) {
    return (
      <div className={styles.timeEmpty}>
        <p>Nothing ran, because the template could not be deployed. Correct it and run again.</p>
      </div>
    );
  }
  if (!world) {
    return (
      <div className={styles.timeEmpty}>
        <p>
          Nothing has run yet. <b>Run</b> deploys your template into a fresh account and plays {lab.scenarios.length} scenarios.
          Environments, retries and queues appear here, and you can move through them fact by fact.
        </p>
      </div>
    );
  }
  const now = facts[run.cursor];
  const explanation = explain(index, run.cursor);
  const titleOf = (id: string) => lab.scenarios.find((scenario) => scenario.id === id)?.title ?? id;
  return (
    <div className={styles.timePane}>
      <div className={styles.time}>
        <div className={styles.controls}>
          <select aria-label="Scenario" value={run.world} onChange={(event) => run.chooseWorld(Number(event.target.value))}>
            {run.finished?.runs.map((other, position) => (
              <option key={`${other.scenario} ${other.seed}`} value={position}>
                {titleOf(other.scenario)}, seed {other.seed}
              </option>
            ))}
          </select>
          <button type="button" onClick={() => run.setCursor(now?.cause ?? run.cursor)} disabled={now?.cause === null || now === undefined}>
            ◂ Cause
          </button>
          <button type="button" onClick={() => run.setCursor(previousStep(steps, run.cursor))} disabled={run.cursor <= (steps[0] ?? 0)}>
            Back
          </button>
          <button type="button" onClick={() => run.setCursor(nextStep(steps, run.cursor))} disabled={run.cursor >= (steps.at(-1) ?? 0)}>
            Next fact ▸
          </button>
          <span className={styles.clock}>{formatClock(now?.at ?? 0)}</span>
          <span className={styles.count}>
            fact {stepNumber(steps, run.cursor)} of {steps.length}
          </span>
          <span className={styles.folded}>idle time folded</span>
        </div>
        {now ? (
          <Timeline
            facts={facts}
            cursor={run.cursor}
            onCursor={run.setCursor}
            onWhy={onWhy}
            label={`Timeline of ${titleOf(world.scenario)}`}
            evidence={run.evidence}
            namePrefix={`${lab.slug}-`}
          />
        ) : (
          <p className={panes.aside}>Nothing happened in this run.</p>
        )}
      </div>
      <div className={styles.whyPane} aria-live="polite">
        {explanation && <Why explanation={explanation} cause={now?.cause ?? null} onFact={run.setCursor} onWhy={() => onWhy(run.cursor)} />}
      </div>
    </div>
  );
}
