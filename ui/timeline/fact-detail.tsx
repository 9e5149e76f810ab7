// The fact at the cursor in full: its sentence, its data, what led to it and what it led to.
import type { Fact } from '@/sim/kernel/fact';
import styles from './facts-table.module.css';
import { shortName } from './lambda-fact';

export interface FactDetailProps {
  fact: Fact;
  words: string;
  effects: readonly number[];
  /** The filter of the table leaves it out. */
  isHidden: boolean;
  onCursor(seq: number): void;
  onWhy?: ((seq: number) => void) | undefined;
}

/** Effects that have a button each; of a burst of thousands the first ones lead there as well. */
const EFFECTS_MAX = 12;

export function FactDetail({ fact, words, effects, isHidden, onCursor, onWhy }: FactDetailProps) {
  const { seq, cause, type, resource, data } = fact;
  return (
    <section className={styles.detail} aria-label="The fact at the cursor">
      <p>
        <b>Fact {seq}</b>
        {isHidden && ' (not among those listed)'}: {words}
      </p>
      <p className={styles.links}>
        {onWhy && (
          <button type="button" onClick={() => onWhy(seq)}>
            Why?
          </button>
        )}
        {cause === null ? (
          <span>No cause: the scenario did it.</span>
        ) : (
          <span>
            Cause{' '}
            <button type="button" onClick={() => onCursor(cause)} aria-label={`Go to the cause, fact ${cause}`}>
              {cause}
            </button>
          </span>
        )}
        <span>
          {effects.length === 0 ? 'No effects' : effects.length === 1 ? 'Effect ' : 'Effects '}
          {effects.slice(0, EFFECTS_MAX).map((effect) => (
            <button key={effect} type="button" onClick={() => onCursor(effect)} aria-label={`Go to the effect, fact ${effect}`}>
              {effect}
            </button>
          ))}
          {effects.length > EFFECTS_MAX && ` and ${effects.length - EFFECTS_MAX} more`}
        </span>
      </p>
      <details>
        <summary>
          <span className={styles.mono}>{type}</span> {shortName(resource)}
        </summary>
        <pre>{JSON.stringify(data, null, 2)}</pre>
      </details>
    </section>
  );
}
