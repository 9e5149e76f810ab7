// The mark of a lesson that is not written yet.
import styles from './dots.module.css';

export function PlannedDot() {
  return <span aria-hidden="true" className={styles.dot} data-state="planned" />;
}
