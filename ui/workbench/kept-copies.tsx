// Texts that were kept because they met another: to look at, to take back, to throw away.
import { CodeView } from '@/ui/editor/code-view';
import { languageOf } from '@/ui/editor/highlight';
import { differingPaths } from './lab-view';
import styles from './panes.module.css';
import type { Draft } from './use-draft';

export function KeptCopies({ draft }: { draft: Draft }) {
  if (draft.kept.length === 0) return null;
  return (
    <details className={styles.keptCopies}>
      <summary>{draft.kept.length === 1 ? 'One other version is kept' : `${draft.kept.length} other versions are kept`}</summary>
      {draft.kept.map((copy) => {
        const paths = differingPaths(copy.files, draft.files).filter((path) => copy.files[path] !== undefined);
        const when = new Date(copy.savedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
        return (
          <article key={copy.id}>
            <p>
              <b>{when}</b> <small>{paths.length === 0 ? 'the same as in the editor' : `differs in ${paths.join(', ')}`}</small>
            </p>
            {paths.map((path) => (
              <details key={path}>
                <summary>{path}</summary>
                <CodeView code={copy.files[path] ?? ''} language={languageOf(path)} />
              </details>
            ))}
            <button
              type="button"
              onClick={() => draft.keeper.replace(copy.files)}
              disabled={paths.length === 0 || draft.status === 'conflict'}
            >
              Put in the editor
            </button>{' '}
            <button type="button" onClick={() => void draft.keeper.discardKept(copy.id)}>
              Throw away
            </button>
          </article>
        );
      })}
    </details>
  );
}
