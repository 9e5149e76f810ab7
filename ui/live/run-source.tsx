// The learner's files in a live part, to read or to edit, with the line where the run at the cursor failed.
import { useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { PlainEditor } from '@/ui/editor/plain-editor';
import { errorAt, sourceLineOf } from '@/ui/timeline/lambda-fact';
import styles from './runtime.module.css';
import type { RunView } from './use-run';

export interface RunSourceProps {
  state: RunView & { files: Record<string, string>; setFile(path: string, source: string): void };
  editing: boolean;
  onEditing(editing: boolean): void;
  takeFocus: boolean;
}

export function RunSource({ state, editing, onEditing, takeFocus }: RunSourceProps) {
  const paths = Object.keys(state.files);
  const [chosen, setChosen] = useState(paths[0] ?? '');
  const path = paths.includes(chosen) ? chosen : (paths[0] ?? '');
  const source = state.files[path] ?? '';
  const error = state.run.status === 'done' && !state.stale ? errorAt(state.run.facts, state.cursor) : null;
  const where = error ? sourceLineOf(error, paths) : null;
  const faultLine = where?.path === path ? where.line : null;
  return (
    <>
      <div className={styles.sourceBar}>
        {paths.length === 1 ? (
          <span>{path}</span>
        ) : (
          paths.map((name) => (
            <button key={name} type="button" className={styles.file} aria-pressed={name === path} onClick={() => setChosen(name)}>
              {name}
            </button>
          ))
        )}
        <button type="button" className={styles.quiet} aria-pressed={editing} onClick={() => onEditing(!editing)}>
          {editing ? 'Done editing' : 'Edit'}
        </button>
      </div>
      {editing ? (
        <PlainEditor
          key={path}
          path={path}
          value={source}
          onChange={(text) => state.setFile(path, text)}
          faultLine={faultLine}
          takeFocus={takeFocus}
        />
      ) : (
        <CodeView code={source} language={languageOf(path)} faultLine={faultLine} />
      )}
    </>
  );
}
