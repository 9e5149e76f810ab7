// The drawn timeline: lanes over a folded time axis, with one cursor that is a fact's number.
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { formatAxis, formatClock } from './clock';
import { type TimeScale, ticksOf } from './fold-time';
import type { Lane, Segment } from './lane-sheet';
import { lanesOf } from './lanes';
import { factAt, nextStep, previousStep, stepNumber, stepsOf } from './steps';
import { timeOfLanes } from './time-of-lanes';
import styles from './timeline.module.css';
import { TimelineTable } from './timeline-table';
import { indexTrace } from './trace-index';
import { useWidth } from './use-width';
import { describe } from './why';

export interface TimelineProps {
  facts: readonly Fact[];
  /** Sequence number of the fact at the cursor. */
  cursor: number;
  onCursor(seq: number): void;
  /** Tells in full why a fact happened: asked by W, by a double click, and in the table. */
  onWhy?: ((seq: number) => void) | undefined;
  /** What the timeline shows, for screen readers: `Timeline of charge`. */
  label: string;
  /** Facts to ring: those that a check looked at. */
  evidence?: readonly number[];
  /** Whether what lies after the cursor is dimmed or not drawn yet. */
  future?: 'dim' | 'hidden';
  hosts?: boolean;
  namePrefix?: string;
}

/** Pixels for one unit of the folded axis, below which the timeline scrolls sideways. */
const UNIT_PX = 8;
/** Pixels that an axis label needs. */
const TICK_PX = 62;

/** Two presses of one fact within this time, in milliseconds, ask why. */
const DOUBLE_PRESS_MS = 400;
const NO_FACTS: readonly number[] = [];

export function Timeline(props: TimelineProps) {
  const { facts, cursor, onCursor, onWhy, label, evidence = NO_FACTS, future = 'dim', hosts = true, namePrefix = '' } = props;
  const area = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const width = useWidth(area, 480);
  const all = useMemo(() => lanesOf(facts, { hosts, namePrefix }), [facts, hosts, namePrefix]);
  const scale = useMemo(() => timeOfLanes(all, facts), [all, facts]);
  const lanes = useMemo(
    () => (future === 'hidden' ? lanesOf(facts.slice(0, cursor + 1), { hosts, namePrefix }) : all),
    [future, all, facts, cursor, hosts, namePrefix],
  );
  const steps = useMemo(() => stepsOf(facts), [facts]);
  const index = useMemo(() => indexTrace(facts), [facts]);
  const ticks = useMemo(() => labelsOf(scale, TICK_PX / Math.max(width, TICK_PX)), [scale, width]);
  const ringed = useMemo(() => new Set(evidence), [evidence]);
  const scroll = useRef<HTMLDivElement>(null);
  const pressed = useRef<{ fact: string | undefined; at: number }>({ fact: undefined, at: 0 });
  const now = facts[cursor];
  useEffect(() => keepCursorInView(scroll.current, slider.current, scale.place(facts[cursor]?.at ?? 0)), [cursor, facts, scale]);
  if (!now) return null;
  const place = scale.place(now.at);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (onWhy && event.key.toLowerCase() === 'w') {
      event.preventDefault();
      onWhy(cursor);
      return;
    }
    const target = keyTarget(event.key, facts, steps, cursor);
    if (target === null) return;
    event.preventDefault();
    onCursor(target);
  };
  const scrub = (event: PointerEvent<HTMLDivElement>) => {
    const box = slider.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const moment = scale.moment((event.clientX - box.left) / box.width);
    const near = factAt(facts, moment + 1e-6);
    onCursor(steps.includes(near) ? near : previousStep(steps, near + 1));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('[data-track]') === null) return;
    slider.current?.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    const fact = (event.target as HTMLElement).closest<HTMLElement>('[data-fact]')?.dataset.fact;
    if (fact === undefined) scrub(event);
    else onCursor(Number(fact));
    const isSecond = fact !== undefined && fact === pressed.current.fact && event.timeStamp - pressed.current.at < DOUBLE_PRESS_MS;
    if (isSecond) onWhy?.(Number(fact));
    pressed.current = { fact, at: event.timeStamp };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId) && Math.abs(event.movementX) > 0) scrub(event);
  };

  return (
    <div className={styles.timeline}>
      <div className={styles.scroll} ref={scroll}>
        <div
          className={styles.grid}
          style={{ minWidth: `calc(var(--lane-label) + ${Math.round(scale.weight * UNIT_PX)}px)` }}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
        >
          {lanes.map((lane, row) => (
            <LaneRow key={lane.id} lane={lane} row={row + 1} place={scale.place} ringed={ringed} />
          ))}
          <div className={styles.folds} ref={area} style={{ gridRow: `1 / span ${lanes.length + 1}` }} aria-hidden="true">
            {scale.stretches
              .filter((stretch) => stretch.folded)
              .map((stretch) => (
                <i key={stretch.from} className={styles.fold} style={{ left: `${((stretch.left + stretch.right) / 2) * 100}%` }} />
              ))}
          </div>
          <span className={styles.label} style={{ gridRow: lanes.length + 1 }} />
          <div className={styles.axis} style={{ gridRow: lanes.length + 1 }} data-track="" aria-hidden="true">
            {ticks.map((tick) => (
              <span
                key={tick.at}
                style={{ left: `${tick.place * 100}%` }}
                data-end={tick.place > 0.94 ? '' : undefined}
                data-start={tick.place < 0.02 ? '' : undefined}
              >
                {tick.label}
              </span>
            ))}
          </div>
          <div
            ref={slider}
            className={styles.slider}
            style={{ gridRow: `1 / span ${lanes.length + 1}` }}
            role="slider"
            tabIndex={0}
            aria-label={label}
            aria-valuemin={1}
            aria-valuemax={steps.length}
            aria-valuenow={stepNumber(steps, cursor)}
            aria-valuetext={`${formatClock(now.at)}: ${describe(index, cursor)}`}
            aria-keyshortcuts={onWhy ? 'C W' : 'C'}
            onKeyDown={onKeyDown}
          >
            {future === 'dim' && <i className={styles.veil} style={{ left: `${place * 100}%` }} />}
            <i className={styles.cursor} style={{ left: `${place * 100}%` }} />
          </div>
        </div>
      </div>
      <TimelineTable lanes={lanes} facts={facts} onCursor={onCursor} onWhy={onWhy} />
    </div>
  );
}

/** Where a key leads: arrows step, Home and End go to the ends, C goes to the cause. */
export function keyTarget(key: string, facts: readonly Fact[], steps: readonly number[], cursor: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return nextStep(steps, cursor);
    case 'ArrowLeft':
    case 'ArrowDown':
      return previousStep(steps, cursor);
    case 'PageUp':
      return steps[Math.min(steps.length - 1, stepNumber(steps, cursor) + 9)] ?? null;
    case 'PageDown':
      return steps[Math.max(0, stepNumber(steps, cursor) - 11)] ?? null;
    case 'Home':
      return steps[0] ?? null;
    case 'End':
      return steps[steps.length - 1] ?? null;
    case 'c':
    case 'C':
      return facts[cursor]?.cause ?? null;
    default:
      return null;
  }
}

/** Scrolls the lanes sideways, never the page. */
function keepCursorInView(scroll: HTMLElement | null, tracks: HTMLElement | null, place: number): void {
  if (!scroll || !tracks) return;
  const left = tracks.offsetLeft + place * tracks.offsetWidth;
  const marginPx = 24;
  if (left < scroll.scrollLeft + tracks.offsetLeft + marginPx) scroll.scrollLeft = left - tracks.offsetLeft - marginPx;
  else if (left > scroll.scrollLeft + scroll.clientWidth - marginPx) scroll.scrollLeft = left - scroll.clientWidth + marginPx;
}

/** Labels that say something new: two places with the same text keep the first. */
function labelsOf(scale: TimeScale, apart: number) {
  const labels = ticksOf(scale, apart).map((tick) => ({ ...tick, label: formatAxis(tick.at) }));
  return labels.filter((tick, position) => tick.label !== labels[position - 1]?.label);
}

interface LaneRowProps {
  lane: Lane;
  row: number;
  place(at: number): number;
  ringed: ReadonlySet<number>;
}

/** Moving the cursor draws no lane again. */
const LaneRow = memo(function LaneRow({ lane, row, place, ringed }: LaneRowProps) {
  return (
    <>
      <span className={styles.label} style={{ gridRow: row }} title={lane.label}>
        {lane.label}
      </span>
      <div className={styles.track} style={{ gridRow: row, height: `${lane.rows * 22}px` }} data-track="" aria-hidden="true">
        {lane.segments.map((segment) => (
          <SegmentBar key={`${segment.fact} ${segment.from}`} segment={segment} place={place} ringed={ringed} />
        ))}
        {lane.marks.map((mark) => (
          <i
            key={mark.fact}
            className={styles.mark}
            data-kind={mark.kind}
            data-fact={mark.fact}
            data-ringed={ringed.has(mark.fact) ? '' : undefined}
            style={{ left: `${place(mark.at) * 100}%` }}
            title={mark.title}
          />
        ))}
      </div>
    </>
  );
});

function SegmentBar({ segment, place, ringed }: { segment: Segment; place(at: number): number; ringed: ReadonlySet<number> }) {
  const left = place(segment.from);
  const rings = ringed.has(segment.fact) || (segment.endFact !== null && ringed.has(segment.endFact));
  return (
    <span
      className={styles.segment}
      data-kind={segment.kind}
      data-fact={segment.endFact ?? segment.fact}
      data-ringed={rings ? '' : undefined}
      style={{ left: `${left * 100}%`, width: `${(place(segment.to) - left) * 100}%`, top: `${3 + segment.row * 22}px` }}
      title={segment.title}
    >
      {segment.kind === 'fault' && '✕'}
      <span className={styles.word}> {segment.label}</span>
    </span>
  );
}
