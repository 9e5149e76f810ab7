// The state of one live topic: the message as written, what the reader predicts, the latest run, and the cursor.
import { useEffect, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import { nextStep, stepsOf } from '@/ui/timeline/steps';
import { topicEngine } from './topic-engine';
import { outcomesAt, type SubscriptionOutcome } from './topic-outcome';
import {
  type DocumentPlace,
  documentsOf,
  draftOf,
  filtersOf,
  jobOf,
  type MessageDraft,
  type TopicJob,
  type TopicResult,
  type TopicSimulatorProps,
} from './topic-setup';
import { documentName } from './topic-words';

/** What a reader says before the run: it arrives, or it does not. */
export type Prediction = 'arrives' | 'stays-away';

export interface FinishedRun {
  facts: Fact[];
  result: TopicResult;
  /** Facts worth stopping at, from the publishing on. */
  steps: number[];
  /** What the reader had predicted when it started. */
  predicted: Record<string, Prediction>;
  signature: string;
}

export type TopicRunState =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'failed'; message: string }
  | ({ status: 'done' } & FinishedRun);

export interface TopicState {
  messageName: string;
  chooseMessage(name: string): void;
  message: MessageDraft;
  setMessage(message: MessageDraft): void;
  filters: Record<string, string>;
  setFilter(name: string, text: string): void;
  documents: TopicJob['documents'];
  setDocument(at: DocumentPlace, text: string): void;
  times: number;
  setTimes(times: number): void;
  predicted: Record<string, Prediction>;
  predict(name: string, prediction: Prediction): void;
  run: TopicRunState;
  stale: boolean;
  cursor: number;
  setCursor(seq: number): void;
  stepping: boolean;
  /** Null before a run. */
  outcomes: SubscriptionOutcome[] | null;
  publish(mode: 'run' | 'step'): void;
  step(): void;
  cancel(): void;
  reset(): void;
}

export function useTopic(props: TopicSimulatorProps): TopicState {
  const [messageName, setMessageName] = useState(props.messages[0]?.name ?? '');
  const [message, setMessage] = useState(() => draftOf(props.messages[0]));
  const [filters, setFilters] = useState(() => filtersOf(props.subscriptions));
  const [documents, setDocuments] = useState(() => documentsOf(props.documents));
  const [times, setTimes] = useState(props.times ?? 1);
  const [predicted, setPredicted] = useState<Record<string, Prediction>>({});
  const [run, setRun] = useState<TopicRunState>({ status: 'none' });
  const [cursor, setCursor] = useState(0);
  const [stepping, setStepping] = useState(false);
  const cancelRun = useRef<() => void>(() => undefined);
  useEffect(() => () => cancelRun.current(), []);

  const signature = JSON.stringify([message, filters, documents, times]);
  const stale = run.status === 'done' && run.signature !== signature;

  const publish = async (mode: 'run' | 'step') => {
    const wrong = unreadable(props, filters, documents);
    if (wrong) {
      setRun({ status: 'failed', message: wrong });
      return;
    }
    const facts: Fact[] = [];
    setRun({ status: 'running' });
    const running = topicEngine().run(jobOf(props, message, filters, times, documents), { facts: (_world, more) => facts.push(...more) });
    cancelRun.current = running.cancel;
    const outcome = await running.outcome;
    if (outcome.ended === 'cancelled') setRun((before) => (before.status === 'running' ? { status: 'none' } : before));
    else if (outcome.ended === 'failed') setRun({ status: 'failed', message: outcome.message });
    else {
      const { result } = outcome;
      const steps = stepsOf(facts.slice(result.publishedAt));
      setStepping(mode === 'step');
      setCursor((mode === 'step' ? steps[0] : endOf(facts, result)) ?? 0);
      setRun({ status: 'done', facts, result, steps, predicted, signature });
    }
  };

  return {
    messageName,
    chooseMessage: (name) => {
      setMessageName(name);
      setMessage(draftOf(props.messages.find((one) => one.name === name)));
      setPredicted({});
    },
    message,
    setMessage,
    filters,
    setFilter: (name, text) => setFilters({ ...filters, [name]: text }),
    documents,
    setDocument: (at, text) => setDocuments({ ...documents, [at]: text }),
    times,
    setTimes,
    predicted,
    predict: (name, prediction) => setPredicted({ ...predicted, [name]: prediction }),
    run,
    stale,
    cursor,
    setCursor,
    stepping,
    outcomes: run.status === 'done' ? outcomesAt(run.facts, cursor, props.subscriptions, run.result) : null,
    publish: (mode) => void publish(mode),
    step: () => {
      if (run.status === 'done' && !stale) setCursor(nextStep(run.steps, cursor));
      else void publish('step');
    },
    cancel: () => cancelRun.current(),
    reset: () => {
      cancelRun.current();
      setMessageName(props.messages[0]?.name ?? '');
      setMessage(draftOf(props.messages[0]));
      setFilters(filtersOf(props.subscriptions));
      setDocuments(documentsOf(props.documents));
      setTimes(props.times ?? 1);
      setPredicted({});
      setRun({ status: 'none' });
      setCursor(0);
      setStepping(false);
    },
  };
}

/** Where a whole run leaves the cursor: at its end, or at the refusal of what was published. */
function endOf(facts: readonly Fact[], { publishErrors }: TopicResult): number | undefined {
  const refusal = publishErrors.length > 0 ? facts.findLast(({ type }) => type === 'iam:AccessDenied') : undefined;
  return (refusal ?? facts.at(-1))?.seq;
}

/** A policy that is not JSON never reaches AWS; what AWS refuses it says itself. */
function unreadable(props: TopicSimulatorProps, filters: Record<string, string>, documents: TopicJob['documents']): string | null {
  const texts = [
    ...Object.entries(filters).map(([name, text]) => [`The filter policy of ${name}`, text] as const),
    ...Object.entries(documents)
      .filter(([at]) => !at.startsWith('code '))
      .map(([at, text]) => [documentName(at as DocumentPlace, props), text ?? ''] as const),
  ];
  for (const [what, text] of texts) {
    if (text.trim() === '') continue;
    try {
      JSON.parse(text);
    } catch (error) {
      return `${what} is not JSON (${error instanceof Error ? error.message : 'unreadable'}). Correct it and publish again.`;
    }
  }
  return null;
}
