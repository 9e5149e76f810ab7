// A function with versions at work: its code, a button that publishes, an alias to point, and a hundred calls to see who answers.
import { useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { PlainEditor } from '@/ui/editor/plain-editor';
import runtime from '../runtime.module.css';
import { RuntimeFrame } from '../runtime-frame';
import { useWish, type Wish } from '../use-wish';
import { AliasForm } from './alias-form';
import { useVersions, type VersionsState } from './use-versions';
import styles from './versions.module.css';
import { VersionsResult } from './versions-result';
import { aliasOf, LATEST, timesOf, type VersionsAndAliasesProps } from './versions-setup';

export function VersionsPanel({ wish, ...props }: VersionsAndAliasesProps & { wish: Wish }) {
  const state = useVersions(props);
  const alias = aliasOf(props);
  const times = timesOf(props);
  const pointedBefore = props.before?.some((step) => step.do === 'alias') ?? false;
  const [chosen, setChosen] = useState(pointedBefore ? alias : LATEST);
  const buttons = useWish(wish, () => state.take({ do: 'invoke', qualifier: chosen }));
  const { outcome } = state;
  const isRunning = state.status === 'running';
  const qualifiers = [
    ...(outcome?.alias || pointedBefore ? [alias] : []),
    LATEST,
    ...(outcome?.versions ?? []).map(({ version }) => version),
  ];
  const qualifier = qualifiers.includes(chosen) ? chosen : LATEST;
  const path = Object.keys(state.files)[0] ?? '';
  return (
    <RuntimeFrame
      title={props.title}
      bar={
        <>
          <button
            type="button"
            className="go"
            ref={buttons.run}
            aria-disabled={isRunning}
            onClick={() => !isRunning && state.take({ do: 'invoke', qualifier })}
          >
            Call {times} times
          </button>
          <label className={runtime.event}>
            which{' '}
            <select value={qualifier} onChange={(event) => setChosen(event.target.value)}>
              {qualifiers.map((each) => (
                <option key={each} value={each}>
                  {each === alias || each === LATEST ? each : `version ${each}`}
                </option>
              ))}
            </select>
          </label>
          <button type="button" aria-disabled={isRunning} onClick={() => !isRunning && state.take({ do: 'publish' })}>
            Publish a version
          </button>
          <button type="button" onClick={isRunning ? state.cancel : state.reset}>
            {isRunning ? 'Cancel' : 'Reset'}
          </button>
        </>
      }
      code={<Source state={state} path={path} takeFocus={wish === 'edit'} />}
      side={
        <>
          <VersionsResult state={state} alias={alias} />
          <AliasForm alias={alias} outcome={outcome} busy={isRunning} onPoint={state.take} />
        </>
      }
    />
  );
}

function Source({ state, path, takeFocus }: { state: VersionsState; path: string; takeFocus: boolean }) {
  const [editing, setEditing] = useState(takeFocus);
  const source = state.files[path] ?? '';
  return (
    <>
      <div className={runtime.sourceBar}>
        <span>
          {path} in {LATEST}
        </span>
        {state.unsaved && <span className={styles.unsaved}>sent with your next step</span>}
        <button type="button" className={runtime.quiet} aria-pressed={editing} onClick={() => setEditing(!editing)}>
          {editing ? 'Done editing' : 'Edit'}
        </button>
      </div>
      {editing ? (
        <PlainEditor path={path} value={source} onChange={(text) => state.setFile(path, text)} takeFocus={takeFocus} />
      ) : (
        <CodeView code={source} language={languageOf(path)} />
      )}
    </>
  );
}
