// The lab page: brief and checks, editor, results, and the run in time. Wide screens show all at once, narrow ones one at a time.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Fact } from '@/sim/kernel/fact';
import type { LineNote } from '@/ui/editor/monaco-editor';
import { worthAsking } from '@/ui/timeline/asks-why';
import { errorAt, errorLine, sourceLineOf } from '@/ui/timeline/lambda-fact';
import { WhyPanel } from '@/ui/why/why-panel';
import { BriefPane } from './brief-pane';
import { ConflictView } from './conflict-view';
import { EditorPane } from './editor-pane';
import { KeptCopies } from './kept-copies';
import type { LabView, SubmissionView, VerdictView } from './lab-view';
import { ResultsPane } from './results-pane';
import { TimePane } from './time-pane';
import { useDraft } from './use-draft';
import { type LabEngine, type LabRun, useLabRun } from './use-lab-run';
import { useSubmissions } from './use-submissions';
import styles from './workbench.module.css';
import { WorkbenchBar } from './workbench-bar';

type Place = 'brief' | 'code' | 'run' | 'results';
const PLACES: { id: Place; label: string }[] = [
  { id: 'brief', label: 'Brief' },
  { id: 'code', label: 'Code' },
  { id: 'run', label: 'Timeline' },
  { id: 'results', label: 'Results' },
];

export function Workbench({ lab, engine }: { lab: LabView; engine: LabEngine }) {
  const starter = useMemo(() => Object.fromEntries(lab.editable.map((path) => [path, lab.starter[path] ?? ''])), [lab]);
  const draft = useDraft(lab.slug, starter);
  const run = useLabRun(engine);
  const submissions = useSubmissions(lab.slug);
  const [place, setPlace] = useState<Place>('brief');
  const [tab, setTab] = useState('checks');
  const [path, setPath] = useState(lab.editable.find((name) => name.startsWith('src/')) ?? lab.editable[0] ?? '');
  const facts = run.finished?.runs[run.world]?.facts ?? null;
  /** What is asked about. It holds for these facts only: another run or another scenario closes it. */
  const [asked, setAsked] = useState<{ facts: Fact[]; seq: number } | null>(null);
  const stale = run.isStale(draft.files);
  const notes = useMemo(() => notesOf(run, stale, Object.keys(lab.starter)), [run, stale, lab.starter]);

  const start = () => {
    if (draft.status === 'loading') return;
    run.start(draft.files);
    setTab('checks');
    setPlace('results');
  };
  const submit = () => {
    submissions.submit(draft.files);
    setTab('submissions');
    setPlace('results');
  };
  const showFacts = async (verdict: VerdictView, submission?: SubmissionView) => {
    if (submission) {
      // What was submitted may not be what was run here last, so it is run again: the same code gives the same facts.
      const files = await submissions.filesOf(submission.id);
      if (!files) return;
      run.start({ ...starter, ...files }, verdict);
    } else {
      run.showFacts(verdict);
    }
    setTab('facts');
    setPlace('run');
  };
  const ask = (seq: number) => facts && setAsked({ facts, seq });
  const askOf = (verdict: VerdictView) => {
    const world = run.finished?.runs.find((other) => other.scenario === verdict.scenario && other.seed === verdict.seed);
    const seq = world ? worthAsking(world.facts, verdict.evidence) : null;
    if (!world || seq === null) return;
    run.showFacts(verdict);
    run.setCursor(seq);
    setAsked({ facts: world.facts, seq });
  };
  useRunKey(start);

  return (
    <main id="main" className={styles.workbench} data-place={place} data-conflict={draft.other ? '' : undefined}>
      <WorkbenchBar lab={lab} draft={draft} run={run} submissions={submissions} onRun={start} onSubmit={submit} />
      <fieldset aria-label="Parts of the workbench" className={styles.places}>
        {PLACES.map((item) => (
          <button key={item.id} type="button" aria-pressed={item.id === place} onClick={() => setPlace(item.id)}>
            {item.label}
          </button>
        ))}
      </fieldset>
      {draft.other && (
        <ConflictView
          mine={draft.files}
          other={draft.other.files}
          otherSavedAt={draft.other.savedAt}
          onResolve={(files) => draft.keeper.resolve(files)}
        />
      )}
      <section className={styles.brief} aria-label="Brief" data-part="brief">
        <KeptCopies draft={draft} />
        <BriefPane lab={lab} />
      </section>
      <section className={styles.code} aria-label="Editor" data-part="code">
        <EditorPane lab={lab} draft={draft} path={path} onPath={setPath} notes={notes} onRun={start} />
      </section>
      <section className={styles.results} aria-label="Results" data-part="results">
        <ResultsPane
          lab={lab}
          draft={draft}
          run={run}
          submissions={submissions}
          stale={stale}
          onShowFacts={(verdict, submission) => void showFacts(verdict, submission)}
          onWhyFailed={askOf}
          onWhy={ask}
          chosen={tab}
          onChoose={setTab}
        />
      </section>
      <section className={styles.run} aria-label="Timeline" data-part="run">
        <TimePane lab={lab} run={run} onWhy={ask} />
      </section>
      {facts && asked?.facts === facts && (
        <WhyPanel
          facts={facts}
          seq={asked.seq}
          cursor={run.cursor}
          onCursor={run.setCursor}
          onClose={() => setAsked(null)}
          className={styles.why}
        />
      )}
    </main>
  );
}

/** Ctrl+Enter runs wherever the focus is; the full editor has a command of its own for it. */
function useRunKey(start: () => void): void {
  const latest = useRef(start);
  latest.current = start;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      if ((event.target as HTMLElement | null)?.closest?.('.monaco-editor')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** What the latest run says about lines of the learner's files. Nothing once they have changed. */
function notesOf(run: LabRun, stale: boolean, paths: string[]): LineNote[] {
  const { finished } = run;
  if (!finished || stale) return [];
  const { deployError } = finished.grade;
  const place = /^(\S+), line (\d+): ([\s\S]*)$/.exec(deployError ?? '');
  if (place) return [{ path: place[1] ?? '', line: Number(place[2]), message: place[3] ?? '' }];
  const error = errorAt(finished.runs[run.world]?.facts ?? [], run.cursor);
  const where = error ? sourceLineOf(error, paths) : null;
  return error && where ? [{ ...where, message: errorLine(error) }] : [];
}
