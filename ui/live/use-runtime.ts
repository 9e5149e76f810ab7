// The state of one live runtime: the learner's code, event and settings, the latest run of them, and the cursor.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import type { Json } from '@/sim/kernel/json';
import { closingStep, nextStep, stepsOf } from '@/ui/timeline/steps';
import { type RunSummary, summaryOf } from './run-summary';
import { runtimeEngine } from './runtime-engine';
import { eventsOf, type LambdaRuntimeProps, type RuntimeJob, type RuntimeSettings, settingsOf } from './runtime-setup';

export type RunState =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'failed'; message: string }
  | { status: 'done'; facts: Fact[]; signature: string };

export interface RuntimeState {
  files: Record<string, string>;
  setFile(path: string, source: string): void;
  eventName: string;
  chooseEvent(name: string): void;
  eventText: string;
  setEventText(text: string): void;
  settings: RuntimeSettings;
  setSettings(settings: RuntimeSettings): void;
  run: RunState;
  /** Finished runs since the last reset, the newest last. */
  runs: RunSummary[];
  /** What was run is not what is written now. */
  stale: boolean;
  cursor: number;
  setCursor(seq: number): void;
  /** Facts after the cursor are not shown yet. */
  stepping: boolean;
  start(mode: 'run' | 'step'): void;
  step(): void;
  cancel(): void;
  reset(): void;
}

/** The same seed every time: a run changes only when the learner changes something. */
const SEED = 7;

/** So many earlier runs are kept to compare with. */
const RUNS_MAX = 8;

/** One event, or with `inTurn` a list with one a call. Throws a sentence that the reader can act on. */
function eventsIn(text: string, inTurn: boolean): Json[] {
  const json = JSON.parse(text) as Json;
  if (!inTurn) return [json];
  if (!Array.isArray(json) || json.length === 0) throw new Error('it must be a list with one event a call');
  return json;
}

export function useRuntime(props: LambdaRuntimeProps): RuntimeState {
  const events = useMemo(() => eventsOf(props), [props]);
  const print = (name: string) => JSON.stringify(events.find((event) => event.name === name)?.payload ?? {}, null, 2);
  const [files, setFiles] = useState(props.files);
  const [eventName, setEventName] = useState(events[0]?.name ?? '');
  const [eventText, setEventText] = useState(() => print(events[0]?.name ?? ''));
  const [settings, setSettings] = useState(() => settingsOf(props));
  const [run, setRun] = useState<RunState>({ status: 'none' });
  const [runs, setRuns] = useState<RunSummary[]>([]);
  const [cursor, setCursor] = useState(0);
  const [stepping, setStepping] = useState(false);
  const cancelRun = useRef<() => void>(() => undefined);
  useEffect(() => () => cancelRun.current(), []);

  const signature = JSON.stringify([files, eventText, settings]);

  const start = async (mode: 'run' | 'step') => {
    let events: Json[];
    try {
      events = eventsIn(eventText, props.inTurn !== undefined);
    } catch (error) {
      setRun({
        status: 'failed',
        message: `The event cannot be read (${error instanceof Error ? error.message : 'unreadable'}). Correct it under Event and run again.`,
      });
      return;
    }
    const job: RuntimeJob = {
      ...settings,
      files,
      handler: props.handler,
      events,
      hosts: props.hosts ?? [],
      variables: props.variables ?? {},
      seed: SEED,
    };
    const facts: Fact[] = [];
    setRun({ status: 'running' });
    const running = runtimeEngine().run(job, { facts: (_world, more) => facts.push(...more) });
    cancelRun.current = running.cancel;
    const outcome = await running.outcome;
    if (outcome.ended === 'cancelled') setRun((before) => (before.status === 'running' ? { status: 'none' } : before));
    else if (outcome.ended === 'failed') setRun({ status: 'failed', message: outcome.message });
    else {
      const steps = stepsOf(facts);
      setStepping(mode === 'step');
      setCursor(mode === 'step' ? (steps[0] ?? 0) : closingStep(facts));
      setRun({ status: 'done', facts, signature });
      setRuns((before) => [...before, summaryOf(facts, settings, (before.at(-1)?.number ?? 0) + 1)].slice(-RUNS_MAX));
    }
  };

  const stale = run.status === 'done' && run.signature !== signature;
  return {
    files,
    setFile: (path, source) => setFiles({ ...files, [path]: source }),
    eventName,
    chooseEvent: (name) => {
      setEventName(name);
      setEventText(print(name));
    },
    eventText,
    setEventText,
    settings,
    setSettings,
    run,
    runs,
    stale,
    cursor,
    setCursor,
    stepping,
    start: (mode) => void start(mode),
    step: () => {
      if (run.status === 'done' && !stale) setCursor(nextStep(stepsOf(run.facts), cursor));
      else void start('step');
    },
    cancel: () => cancelRun.current(),
    reset: () => {
      cancelRun.current();
      setFiles(props.files);
      setEventName(events[0]?.name ?? '');
      setEventText(print(events[0]?.name ?? ''));
      setSettings(settingsOf(props));
      setRun({ status: 'none' });
      setRuns([]);
      setCursor(0);
      setStepping(false);
    },
  };
}
