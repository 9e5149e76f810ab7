// A pattern's keys against one event, as a table: what is wanted, what is there, and whether that will do.
import styles from './router.module.css';
import type { RuleVerdict } from './router-setup';

export function RuleKeys({ verdict }: { verdict: RuleVerdict }) {
  const { keys, alternatives, apart, rule } = verdict;
  return (
    <>
      {alternatives > 1 && (
        <p>
          {alternatives} alternatives by <code>$or</code>; this one comes closest.
        </p>
      )}
      <table className={styles.keys} aria-label={`Keys of ${rule}`}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">The pattern wants</th>
            <th scope="col">The event has</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const holds = key.holds && key.path !== apart;
            return (
              <tr key={key.path} data-verdict={holds ? 'match' : 'none'}>
                <th scope="row">
                  <span className={styles.sign} role="img" aria-label={holds ? 'holds' : 'does not hold'}>
                    {holds ? '✓' : '✕'}
                  </span>{' '}
                  {key.path}
                </th>
                <td>{key.wanted.join(' or ')}</td>
                <td>{key.seen.length === 0 ? <i>no such key</i> : key.seen.join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {apart !== null && (
        <p>
          Each key is found, but <code>{apart}</code> in another element of the list than the others. One element has to have them all.
        </p>
      )}
    </>
  );
}
