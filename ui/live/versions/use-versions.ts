// The state of one live function with versions: the code as written, the steps taken, and what they came to.
import { useEffect, useRef, useState } from 'react';
import { versionsEngine } from './versions-engine';
import {
  stepsWith,
  type VersionStep,
  type VersionsAndAliasesProps,
  type VersionsOutcome,
  versionsJobOf,
  withSource,
} from './versions-setup';

export interface VersionsState {
  files: Record<string, string>;
  setFile(path: string, source: string): void;
  /** What is written is not what $LATEST holds. */
  unsaved: boolean;
  status: 'running' | 'ready';
  failure: string | null;
  /** Of the latest steps that were carried out. */
  outcome: VersionsOutcome | null;
  take(step: VersionStep): void;
  cancel(): void;
  reset(): void;
}

export function useVersions(props: VersionsAndAliasesProps): VersionsState {
  const before = withSource(props.before ?? [], props.files);
  const [files, setFiles] = useState(props.files);
  const [steps, setSteps] = useState<VersionStep[]>(before);
  const [status, setStatus] = useState<VersionsState['status']>('ready');
  const [failure, setFailure] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<VersionsOutcome | null>(null);
  const cancelRun = useRef<() => void>(() => undefined);

  const carryOut = async (next: VersionStep[]) => {
    setStatus('running');
    setFailure(null);
    const running = versionsEngine().run(versionsJobOf(props, next));
    cancelRun.current = running.cancel;
    const ended = await running.outcome;
    // A run that took its place is still going.
    if (cancelRun.current !== running.cancel) return;
    setStatus('ready');
    if (ended.ended === 'failed') setFailure(ended.message);
    if (ended.ended !== 'done') return;
    setSteps(next);
    setOutcome(ended.result);
  };

  const begin = useRef(() => void carryOut(before));
  useEffect(() => {
    begin.current();
    return () => cancelRun.current();
  }, []);

  return {
    files,
    setFile: (path, source) => setFiles({ ...files, [path]: source }),
    unsaved: outcome !== null && JSON.stringify(outcome.latest) !== JSON.stringify(files),
    status,
    failure,
    outcome,
    take: (step) => {
      try {
        void carryOut(stepsWith(steps, files, step));
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
    },
    cancel: () => cancelRun.current(),
    reset: () => {
      cancelRun.current();
      setFiles(props.files);
      void carryOut(before);
    },
  };
}
