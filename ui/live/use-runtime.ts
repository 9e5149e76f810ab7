// The state of one live runtime: the learner's code, event and settings, the latest run of them, and the cursor.
import { useMemo, useState } from 'react';
import type { Json } from '@/sim/kernel/json';
import { type RunSummary, summaryOf } from './run-summary';
import { runtimeEngine } from './runtime-engine';
import { eventsOf, type LambdaRuntimeProps, type RuntimeSettings, settingsOf } from './runtime-setup';
import { type RunView, useRun } from './use-run';

export interface RuntimeState extends RunView {
  files: Record<string, string>;
  setFile(path: string, source: string): void;
  eventName: string;
  chooseEvent(name: string): void;
  eventText: string;
  setEventText(text: string): void;
  settings: RuntimeSettings;
  setSettings(settings: RuntimeSettings): void;
  /** Finished runs since the last reset, the newest last. */
  runs: RunSummary[];
}

/** The same seed every time: a run changes only when the learner changes something. */
const SEED = 7;

/** So many earlier runs are kept to compare with. */
const RUNS_MAX = 8;

/** One event, or with `inTurn` a list with one a call. Throws a sentence that the reader can act on. */
function eventsIn(text: string, inTurn: boolean): Json[] {
  try {
    const json = JSON.parse(text) as Json;
    if (!inTurn) return [json];
    if (!Array.isArray(json) || json.length === 0) throw new Error('it must be a list with one event a call');
    return json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new Error(`The event cannot be read (${reason}). Correct it under Event and run again.`);
  }
}

export function useRuntime(props: LambdaRuntimeProps): RuntimeState {
  const events = useMemo(() => eventsOf(props), [props]);
  const print = (name: string) => JSON.stringify(events.find((event) => event.name === name)?.payload ?? {}, null, 2);
  const [files, setFiles] = useState(props.files);
  const [eventName, setEventName] = useState(events[0]?.name ?? '');
  const [eventText, setEventText] = useState(() => print(events[0]?.name ?? ''));
  const [settings, setSettings] = useState(() => settingsOf(props));
  const [runs, setRuns] = useState<RunSummary[]>([]);
  const view = useRun({
    engine: runtimeEngine,
    signature: JSON.stringify([files, eventText, settings]),
    jobOf: () => ({
      ...settings,
      files,
      handler: props.handler,
      events: eventsIn(eventText, props.inTurn !== undefined),
      hosts: props.hosts ?? [],
      variables: props.variables ?? {},
      seed: SEED,
    }),
    onDone: (facts) => setRuns((before) => [...before, summaryOf(facts, settings, (before.at(-1)?.number ?? 0) + 1)].slice(-RUNS_MAX)),
  });
  return {
    ...view,
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
    runs,
    reset: () => {
      view.reset();
      setFiles(props.files);
      setEventName(events[0]?.name ?? '');
      setEventText(print(events[0]?.name ?? ''));
      setSettings(settingsOf(props));
      setRuns([]);
    },
  };
}
