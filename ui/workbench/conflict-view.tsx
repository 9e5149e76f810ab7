// Two texts of one lab: both are shown, and the learner says what the result is. Nothing is thrown away by choosing.
import { useState } from 'react';
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { PlainEditor } from '@/ui/editor/plain-editor';
import styles from './conflict-view.module.css';
import { diffLines } from './diff-lines';
import { differingPaths, type Files } from './lab-view';

export interface ConflictViewProps {
  mine: Files;
  other: Files;
  otherSavedAt: string;
  onResolve(files: Files): void;
}

export function ConflictView({ mine, other, otherSavedAt, onResolve }: ConflictViewProps) {
  const paths = differingPaths(mine, other);
  const [result, setResult] = useState<Files>({ ...mine });
  const when = new Date(otherSavedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className={styles.conflict} aria-label="Two versions of your work">
      <h2>Two versions of your work</h2>
      <p>
        Another window or device saved this lab ({when}) after this window had read it. Both texts are kept. Choose one for each file, or
        edit the result, then save it. Lines marked + are only in that version.
      </p>
      {paths.map((path) => (
        <div key={path} className={styles.conflictFile}>
          <h3>{path}</h3>
          <div className={styles.versions}>
            <Version
              title="This window"
              text={mine[path] ?? ''}
              against={other[path] ?? ''}
              path={path}
              onTake={() => setResult({ ...result, [path]: mine[path] ?? '' })}
              isTaken={result[path] === mine[path]}
            />
            <Version
              title="The other"
              text={other[path] ?? ''}
              against={mine[path] ?? ''}
              path={path}
              onTake={() => setResult({ ...result, [path]: other[path] ?? '' })}
              isTaken={result[path] === other[path]}
            />
          </div>
          <details>
            <summary>Edit the result</summary>
            <PlainEditor path={path} value={result[path] ?? ''} onChange={(text) => setResult({ ...result, [path]: text })} />
          </details>
        </div>
      ))}
      <button type="button" className="go" onClick={() => onResolve(result)}>
        Save the result
      </button>
    </section>
  );
}

interface VersionProps {
  title: string;
  path: string;
  text: string;
  against: string;
  isTaken: boolean;
  onTake(): void;
}

function Version({ title, path, text, against, isTaken, onTake }: VersionProps) {
  const added = diffLines(against, text).filter((line) => line.side === 'second').length;
  const marked = diffLines(against, text)
    .filter((line) => line.side !== 'first')
    .map((line) => `${line.side === 'second' ? '+ ' : '  '}${line.text}`)
    .join('\n');
  return (
    <div className={styles.version}>
      <p>
        <b>{title}</b> <small>{added === 1 ? '1 line of its own' : `${added} lines of its own`}</small>
        <button type="button" aria-pressed={isTaken} onClick={onTake}>
          {isTaken ? 'Taken' : 'Take this'}
        </button>
      </p>
      <CodeView code={marked} language={languageOf(path)} />
    </div>
  );
}
