// Where the learner's text is, in words: always visible, announced when it needs the learner.
import type { Draft } from './use-draft';
import styles from './workbench.module.css';

export function SaveStatus({ draft }: { draft: Draft }) {
  const { word, tone } = words(draft);
  const needsSomebody = tone === 'fault';
  return (
    <span className={styles.save} data-tone={tone} role={needsSomebody ? 'alert' : undefined} aria-live={needsSomebody ? undefined : 'off'}>
      {word}
      {(draft.status === 'failed' || draft.status === 'offline') && (
        <button type="button" onClick={() => draft.keeper.saveNow()}>
          Try now
        </button>
      )}
    </span>
  );
}

function words(draft: Draft): { word: string; tone: 'quiet' | 'busy' | 'fault' } {
  const device = draft.backedUp ? 'kept on this device' : 'this device keeps no copy: do not close the tab';
  switch (draft.status) {
    case 'loading':
      return { word: 'Looking for your work…', tone: 'busy' };
    case 'untouched':
      return { word: 'Nothing changed yet', tone: 'quiet' };
    case 'unsaved':
      return { word: draft.backedUp ? 'Not saved yet' : `Not saved yet; ${device}`, tone: 'busy' };
    case 'saving':
      return { word: 'Saving…', tone: 'busy' };
    case 'saved':
      return { word: `Saved, revision ${draft.revision}`, tone: 'quiet' };
    case 'offline':
      return { word: `No connection; ${device}`, tone: 'fault' };
    case 'failed':
      return { word: `Not saved: ${draft.message ?? ''}`, tone: 'fault' };
    case 'conflict':
      return { word: 'Two versions: choose one', tone: 'fault' };
  }
}
