// After a replay: which rules took which event from the archive.
import styles from './router.module.css';
import type { RouterOutcome } from './router-setup';

interface ReplayTableProps {
  rules: readonly string[];
  replayed: NonNullable<RouterOutcome['replayed']>;
}

export function ReplayTable({ rules, replayed }: ReplayTableProps) {
  return (
    <div className={styles.scroll} {...scrollable}>
      <table className={styles.matrix}>
        <caption>Half an hour later, with your rules: which rules took which event from the archive.</caption>
        <thead>
          <tr>
            <th scope="col">Event</th>
            {rules.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {replayed.map((event) => (
            <tr key={event.name}>
              <th scope="row">{event.name}</th>
              {rules.map((name) => (
                <td key={name} data-verdict={event.rules.includes(name) ? 'match' : 'none'}>
                  {event.rules.includes(name) ? '✓ again' : '– no'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What scrolls must be reachable by keyboard: WCAG 2.1.1. */
const scrollable = { tabIndex: 0, role: 'region', 'aria-label': 'Events and rules after the replay' };
