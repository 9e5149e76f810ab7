// Tables of a lesson: they scroll by themselves on a narrow screen, and an empty corner is no heading.
import type { ComponentProps } from 'react';
import styles from './lesson-parts.module.css';

// What scrolls must be reachable by keyboard, in browsers too that do not see to it themselves.
const scrollable = { role: 'group', tabIndex: 0, 'aria-label': 'Table' };

export function LessonTable(props: ComponentProps<'table'>) {
  return (
    <div className={styles.scroll} {...scrollable}>
      <table {...props} />
    </div>
  );
}

export function LessonTableHead({ children, ...props }: ComponentProps<'th'>) {
  return children ? (
    <th scope="col" {...props}>
      {children}
    </th>
  ) : (
    <td />
  );
}
