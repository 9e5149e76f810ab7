// The state of one live policy evaluator: the request and its policies as written, the prediction, and the latest decision.
import { useEffect, useRef, useState } from 'react';
import { policyEngine } from './policy-engine';
import { draftOf, firstKind, type PolicyEvaluatorProps, type PolicyJob, type PolicyKind, type PolicyOutcome } from './policy-setup';

export type Guess = 'allowed' | 'denied';

export type PolicyRun =
  | { status: 'none' }
  | { status: 'running' }
  | { status: 'failed'; message: string }
  | { status: 'done'; outcome: PolicyOutcome; signature: string; guess: Guess | null };

export interface PolicyState {
  caseName: string;
  chooseCase(name: string): void;
  job: PolicyJob;
  change(change: Partial<Omit<PolicyJob, 'policies'>>): void;
  setPolicy(kind: PolicyKind, text: string): void;
  kind: PolicyKind;
  chooseKind(kind: PolicyKind): void;
  guess: Guess | null;
  setGuess(guess: Guess): void;
  run: PolicyRun;
  stale: boolean;
  decide(): void;
  cancel(): void;
  reset(): void;
}

export function usePolicy({ cases, open }: PolicyEvaluatorProps): PolicyState {
  const first = cases[0];
  if (!first) throw new Error('A policy evaluator needs at least one case.');
  const [caseName, setCaseName] = useState(first.name);
  const [job, setJob] = useState(() => draftOf(first));
  const [kind, setKind] = useState(() => firstKind(draftOf(first), open));
  const [guess, setGuess] = useState<Guess | null>(null);
  const [run, setRun] = useState<PolicyRun>({ status: 'none' });
  const cancelRun = useRef<() => void>(() => undefined);
  useEffect(() => () => cancelRun.current(), []);
  const signature = JSON.stringify(job);

  const load = (name: string) => {
    const next = cases.find((each) => each.name === name) ?? first;
    cancelRun.current();
    setCaseName(next.name);
    setJob(draftOf(next));
    setKind(firstKind(draftOf(next), open));
    setGuess(null);
    setRun({ status: 'none' });
  };
  const decide = async () => {
    setRun({ status: 'running' });
    const running = policyEngine().run(job);
    cancelRun.current = running.cancel;
    const outcome = await running.outcome;
    if (outcome.ended === 'cancelled') setRun((before) => (before.status === 'running' ? { status: 'none' } : before));
    else if (outcome.ended === 'failed') setRun({ status: 'failed', message: outcome.message });
    else setRun({ status: 'done', outcome: outcome.result, signature, guess });
  };

  return {
    caseName,
    chooseCase: load,
    job,
    change: (change) => setJob({ ...job, ...change }),
    setPolicy: (of, text) => setJob({ ...job, policies: { ...job.policies, [of]: text } }),
    kind,
    chooseKind: setKind,
    guess,
    setGuess,
    run,
    stale: run.status === 'done' && run.signature !== signature,
    decide: () => void decide(),
    cancel: () => cancelRun.current(),
    reset: () => load(caseName),
  };
}
