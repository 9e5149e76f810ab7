// A live schedule explorer in a lesson. The first expression is rendered with the page; the rest is fetched at the first use.

import styles from './schedule.module.css';
import { ScheduleIsland } from './schedule-island';
import { CLOCK_NAMES, type ScheduleExplorerProps } from './schedule-setup';

export function ScheduleExplorer(props: ScheduleExplorerProps) {
  const [first] = props.examples;
  if (!first) throw new Error(`The schedule explorer ${props.id} has no example.`);
  const by = first.by ?? 'rule';
  return (
    <ScheduleIsland {...props}>
      <dl className={styles.still}>
        <dt>Expression</dt>
        <dd>{first.expression}</dd>
        <dt>Kept by</dt>
        <dd>{CLOCK_NAMES[by]}</dd>
        <dt>Time zone</dt>
        <dd>{by === 'rule' ? 'UTC' : (first.timeZone ?? 'UTC')}</dd>
      </dl>
    </ScheduleIsland>
  );
}
