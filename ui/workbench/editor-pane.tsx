// The lab's files as tabs over one editor: Monaco, or a plain text area for those who prefer it.
import { type ComponentType, useEffect, useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import type { LineNote, MonacoEditorProps } from '@/ui/editor/monaco-editor';
import { PlainEditor } from '@/ui/editor/plain-editor';
import type { LabView } from './lab-view';
import type { Draft } from './use-draft';
import styles from './workbench.module.css';

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
  return (
    <div className={styles.editor}>
      <div className={styles.files}>
        <fieldset className={styles.fileTabs} aria-label="Files">
          {paths.map((name) => (
            <button key={name} type="button" aria-pressed={name === path} onClick={() => onPath(name)}>
              {name}
              {!lab.editable.includes(name) && <small> read only</small>}
              {lab.editable.includes(name) && draft.files[name] !== lab.starter[name] && (
                <>
                  <i aria-hidden="true" />
                  <span className="visually-hidden"> changed</span>
                </>
              )}
            </button>
          ))}
        </fieldset>
        {undo?.path === path ? (
          <button
            type="button"
            className={styles.quiet}
            onClick={() => {
              draft.keeper.replace({ [path]: undo.text });
              setUndo(null);
            }}
          >
            Undo reset
          </button>
        ) : (
          <button
            type="button"
            className={styles.quiet}
            disabled={!isChanged || readOnly}
            onClick={() => {
              setUndo({ path, text });
              draft.keeper.replace({ [path]: lab.starter[path] ?? '' });
            }}
          >
            Reset file
          </button>
        )}
        <button type="button" className={styles.quiet} onClick={() => choose(shown === 'plain' ? 'monaco' : 'plain')}>
          {shown === 'plain' ? 'Full editor' : 'Plain editor'}
        </button>
      </div>
      {failed && <p className={styles.notice}>The full editor could not be fetched, so this is the plain one. Your code is the same.</p>}
      {note && (
        <p className={styles.notice} data-tone="fault">
          Line {note.line}: {note.message}
        </p>
      )}
      {shown === 'plain' && (
        <PlainEditor
          key={path}
          path={path}
          value={text}
          readOnly={readOnly}
          faultLine={note?.line ?? null}
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
          onChange={(name, value) => lab.editable.includes(name) && draft.keeper.edit(name, value)}
          onRun={onRun}
        />
      )}
      {(shown === null || (shown === 'monaco' && !Monaco)) && (
        <div className={styles.still} aria-busy="true">
          <CodeView code={text} language={languageOf(path)} />
        </div>
      )}
    </div>
  );
}
