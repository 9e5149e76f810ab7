// Runs of the visible scenarios in the browser's worker: the latest result, the facts of each world, and the cursor.
import { useEffect, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import type { Engine } from '@/ui/engine/engine';
import { closingStep } from '@/ui/timeline/steps';
import { type Files, type GradeView, type LabJob, type LabResult, type RunFacts, sameFiles, type VerdictView, worldName } from './lab-view';

export type LabEngine = Engine<LabJob, LabResult>;

export interface FinishedRun {
  files: Files;
  grade: GradeView;
  runs: RunFacts[];
}

export interface LabRunState {
  status: 'none' | 'running' | 'done' | 'failed';
  /** What goes on, or with `failed` what to do. */
  note: string;
  /** The latest finished run; stays while another is going. */
  finished: FinishedRun | null;
  /** Index into the finished run's worlds. */
  world: number;
  cursor: number;
  evidence: number[];
  /** The check whose facts are shown. */
  shown: string | null;
  /** Real milliseconds from the press of Run to the verdicts. */
  tookMs: number | null;
}

export interface LabRun extends LabRunState {
  /** With `show` the run ends at the facts of that verdict, else at those of the first check that fails. */
  start(files: Files, show?: VerdictView): void;
  cancel(): void;
  chooseWorld(index: number): void;
  setCursor(seq: number): void;
  /** Goes to the world and the facts that a check looked at. */
  showFacts(verdict: VerdictView): void;
  isStale(files: Files): boolean;
}

/** A run shorter than this shows no progress: drawing it would only make it longer. In milliseconds. */
const PROGRESS_FROM_MS = 250;

const NOTHING: LabRunState = { status: 'none', note: '', finished: null, world: 0, cursor: 0, evidence: [], shown: null, tookMs: null };

export function useLabRun(engine: LabEngine): LabRun {
  const [state, setState] = useState(NOTHING);
  const cancelRun = useRef<() => void>(() => undefined);
  useEffect(() => () => cancelRun.current(), []);

  const start = async (files: Files, show?: VerdictView) => {
    const worlds = new Map<string, Fact[]>();
    const startedAt = performance.now();
    setState((before) => ({ ...before, status: 'running', note: 'Starting the simulator…' }));
    const run = engine.run(
      { files },
      {
        facts: (world, facts) => void worlds.set(world, [...(worlds.get(world) ?? []), ...facts]),
        progress: (_at, _facts, note) => {
          if (performance.now() - startedAt < PROGRESS_FROM_MS) return;
          setState((before) => (before.status === 'running' ? { ...before, note } : before));
        },
      },
    );
    cancelRun.current = run.cancel;
    const outcome = await run.outcome;
    if (outcome.ended === 'cancelled') {
      setState((before) => (before.status === 'running' ? { ...before, status: before.finished ? 'done' : 'none', note: '' } : before));
    } else if (outcome.ended === 'failed') {
      setState((before) => ({ ...before, status: 'failed', note: outcome.message }));
    } else {
      const { grade } = outcome.result;
      const runs = outcome.result.runs.map(({ scenario, seed }) => ({
        scenario,
        seed,
        facts: worlds.get(worldName(scenario, seed)) ?? [],
      }));
      const verdict = show ?? grade.verdicts.find((candidate) => !candidate.passed);
      const found = verdict ? worldOf(runs, verdict) : 0;
      const world = Math.max(0, found);
      const judged = verdict && found >= 0 ? verdict : null;
      const evidence = judged?.evidence ?? [];
      setState({
        status: 'done',
        note: '',
        finished: { files, grade, runs },
        world,
        cursor: evidence.at(-1) ?? closingStep(runs[world]?.facts ?? []),
        evidence,
        shown: judged?.check ?? null,
        tookMs: performance.now() - startedAt,
      });
    }
  };

  return {
    ...state,
    start: (files, show) => void start(files, show),
    cancel: () => cancelRun.current(),
    chooseWorld: (world) =>
      setState((before) => ({
        ...before,
        world,
        cursor: closingStep(before.finished?.runs[world]?.facts ?? []),
        evidence: [],
        shown: null,
      })),
    setCursor: (cursor) => setState((before) => ({ ...before, cursor })),
    showFacts: (verdict) =>
      setState((before) => {
        const world = worldOf(before.finished?.runs ?? [], verdict);
        if (world < 0) return before;
        return { ...before, world, cursor: verdict.evidence.at(-1) ?? 0, evidence: verdict.evidence, shown: verdict.check };
      }),
    isStale: (files) => state.finished !== null && !sameFiles(state.finished.files, files),
  };
}

function worldOf(runs: readonly RunFacts[], verdict: VerdictView): number {
  return runs.findIndex((run) => run.scenario === verdict.scenario && run.seed === verdict.seed);
}
