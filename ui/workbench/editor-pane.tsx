// The lab's files as tabs over one editor: Monaco, or a plain text area for those who prefer it.
import { type ComponentType, useEffect, useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import type { LineNote, MonacoEditorProps } from '@/ui/editor/monaco-editor';
import { PlainEditor } from '@/ui/editor/plain-editor';
import styles from './editor-pane.module.css';
import type { LabView } from './lab-view';
import panes from './panes.module.css';
import type { Draft } from './use-draft';

export interface EditorPaneProps {
  lab: LabView;
  draft: Draft;
  path: string;
  onPath(path: string): void;
  notes: readonly LineNote[];
  onRun(): void;
}

type Kind = 'monaco' | 'plain';
const KIND_KEY = 'coldstart.editor';

function rememberedKind(): Kind {
  try {
    return localStorage.getItem(KIND_KEY) === 'plain' ? 'plain' : 'monaco';
  } catch {
    return 'monaco';
  }
}

export function EditorPane({ lab, draft, path, onPath, notes, onRun }: EditorPaneProps) {
  const [kind, setKind] = useState<Kind | null>(null);
  const [Monaco, setMonaco] = useState<ComponentType<MonacoEditorProps> | null>(null);
  const [failed, setFailed] = useState(false);
  const [undo, setUndo] = useState<{ path: string; text: string } | null>(null);
  useEffect(() => setKind(rememberedKind()), []);
  useEffect(() => {
    if (kind !== 'monaco' || Monaco || failed) return;
    import('@/ui/editor/monaco-editor').then(
      (module) => setMonaco(() => module.MonacoEditor),
      () => setFailed(true),
    );
  }, [kind, Monaco, failed]);

  const choose = (next: Kind) => {
    setKind(next);
    setFailed(false);
    try {
      localStorage.setItem(KIND_KEY, next);
    } catch {
      // The choice holds for this visit only.
    }
  };
  const paths = [...lab.editable, ...Object.keys(lab.starter).filter((name) => !lab.editable.includes(name))];
  const isEditable = lab.editable.includes(path);
  const readOnly = !isEditable || draft.status === 'loading';
  const text = (isEditable ? draft.files[path] : lab.starter[path]) ?? '';
  const isChanged = isEditable && text !== lab.starter[path];
  const note = notes.find((candidate) => candidate.path === path);
  const shown = kind === 'monaco' && failed ? 'plain' : kind;
  const reset = () => {
    setUndo({ path, text });
    draft.keeper.replace({ [path]: lab.starter[path] ?? '' });
  };
  const undoReset = (earlier: string) => {
    draft.keeper.replace({ [path]: earlier });
    setUndo(null);
  };
  const actions = (
    <span className={styles.fileActions}>
      {undo?.path === path && !isChanged ? (
        <button type="button" className={panes.quiet} onClick={() => undoReset(undo.text)}>
          Undo reset
        </button>
      ) : (
        <button type="button" className={panes.quiet} disabled={!isChanged || readOnly} onClick={reset}>
          Reset file
        </button>
      )}
      <button type="button" className={panes.quiet} onClick={() => choose(shown === 'plain' ? 'monaco' : 'plain')}>
        {shown === 'plain' ? 'Full editor' : 'Plain editor'}
      </button>
    </span>
  );
  return (
    <div className={styles.editor}>
      <fieldset className={styles.files} aria-label="Files">
        {paths.map((name) => (
          <FileButton
            key={name}
            name={name}
            isChosen={name === path}
            isReadOnly={!lab.editable.includes(name)}
            isChanged={lab.editable.includes(name) && draft.files[name] !== lab.starter[name]}
            onChoose={() => onPath(name)}
          />
        ))}
      </fieldset>
      {failed && <p className={panes.notice}>The full editor could not be fetched, so this is the plain one. Your code is the same.</p>}
      {shown === 'plain' && (
        <PlainEditor
          key={path}
          path={path}
          value={text}
          readOnly={readOnly}
          faultLine={note?.line ?? null}
          aside={actions}
          onChange={(value) => draft.keeper.edit(path, value)}
        />
      )}
      {shown === 'monaco' && Monaco && (
        <Monaco
          files={Object.fromEntries(
            paths.map((name) => [name, (lab.editable.includes(name) ? draft.files[name] : lab.starter[name]) ?? '']),
          )}
          path={path}
          readOnly={readOnly}
          replaced={draft.replaced}
          notes={notes}
          aside={actions}
          onChange={(name, value) => lab.editable.includes(name) && draft.keeper.edit(name, value)}
          onRun={onRun}
        />
      )}
      {(shown === null || (shown === 'monaco' && !Monaco)) && (
        <div className={styles.still} aria-busy="true">
          <CodeView code={text} language={languageOf(path)} />
        </div>
      )}
      {note && (
        <p className={styles.lineNote}>
          Line {note.line}: {note.message}
        </p>
      )}
    </div>
  );
}

interface FileButtonProps {
  name: string;
  isChosen: boolean;
  isReadOnly: boolean;
  isChanged: boolean;
  onChoose(): void;
}

function FileButton({ name, isChosen, isReadOnly, isChanged, onChoose }: FileButtonProps) {
  return (
    <button type="button" aria-pressed={isChosen} onClick={onChoose}>
      {name}
      {isReadOnly && <small> read only</small>}
      {isChanged && (
        <>
          <i aria-hidden="true" />
          <span className="visually-hidden"> changed</span>
        </>
      )}
    </button>
  );
}
