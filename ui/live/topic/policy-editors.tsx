// The policies around a live topic: some to read, some to repair.
import styles from './topic.module.css';
import type { TopicSimulatorProps } from './topic-setup';
import { documentName } from './topic-words';
import type { TopicState } from './use-topic';

const ROWS_MAX = 18;

export function PolicyEditors({ props, state }: { props: TopicSimulatorProps; state: TopicState }) {
  const { documents = [] } = props;
  if (documents.length === 0) return null;
  return (
    <div className={styles.policies}>
      {documents.map(({ at, fixed }) => {
        const text = state.documents[at] ?? '';
        const name = documentName(at, props);
        if (fixed) {
          return (
            <details key={at}>
              <summary>{name}</summary>
              <pre>{text}</pre>
            </details>
          );
        }
        return (
          <label key={at} className={styles.editor}>
            {name}
            <textarea
              rows={Math.min(ROWS_MAX, text.split('\n').length)}
              spellCheck={false}
              value={text}
              onChange={(event) => state.setDocument(at, event.target.value)}
            />
          </label>
        );
      })}
    </div>
  );
}
