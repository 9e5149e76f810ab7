// What there is of the function, where the alias points, and which version answered the latest calls, as one table.
import runtime from '../runtime.module.css';
import type { VersionsState } from './use-versions';
import styles from './versions.module.css';
import { LATEST, type VersionAnswers, type VersionsOutcome } from './versions-setup';

export function VersionsResult({ state, alias }: { state: VersionsState; alias: string }) {
  const { outcome, failure, status } = state;
  const last = outcome?.steps.at(-1);
  return (
    <>
      <div role="status">
        {failure !== null && (
          <p className={runtime.note} data-tone="fault">
            {failure}
          </p>
        )}
        {status === 'running' && <p className={runtime.note}>Running…</p>}
        {status === 'ready' && failure === null && last && (
          <p className={runtime.note} {...(last.refused ? { 'data-tone': 'fault' } : {})}>
            <b>
              {last.refused ? '✕ ' : ''}
              {last.operation}
            </b>{' '}
            {last.said}
          </p>
        )}
      </div>
      {outcome && <VersionTable outcome={outcome} alias={alias} />}
    </>
  );
}

function VersionTable({ outcome, alias }: { outcome: VersionsOutcome; alias: string }) {
  const { answers } = outcome;
  const rows = [...outcome.versions.map(({ version }) => version), LATEST];
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label="Versions and who answered">
        <caption>
          {answers ? `${answers.times} calls of ${nameOf(answers.qualifier, alias)}` : 'Nobody has been called since the last change.'}
        </caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">{alias} sends</th>
            <th scope="col">Calls</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((version) => {
            const row = answers?.versions.find((each) => each.version === version);
            return (
              <tr key={version}>
                <th scope="row">{version}</th>
                <td>{shareOf(outcome.alias, version)}</td>
                <td className={styles.calls}>
                  {answers ? (row?.times ?? 0) : '–'}
                  {row && answers && <meter aria-hidden="true" min={0} max={answers.times} value={row.times} />}
                </td>
                <td className={styles.answer}>{row ? <Answers row={row} /> : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Enough to see that a version does not always say the same. */
const ANSWERS_MAX = 3;

function Answers({ row }: { row: VersionAnswers }) {
  return (
    <>
      {row.answers.slice(0, ANSWERS_MAX).map(({ answer, times, failed }) => (
        <div key={`${failed} ${answer}`} data-fault={failed ? '' : undefined}>
          {failed ? '✕ ' : ''}
          {answer}
          {row.answers.length > 1 && ` (${times} ×)`}
        </div>
      ))}
      {row.answers.length > ANSWERS_MAX && <div>and {row.answers.length - ANSWERS_MAX} more</div>}
    </>
  );
}

function nameOf(qualifier: string, alias: string): string {
  return qualifier === alias || qualifier === LATEST ? qualifier : `version ${qualifier}`;
}

function shareOf(alias: VersionsOutcome['alias'], version: string): string {
  if (!alias) return '–';
  const share = Math.round(alias.weight * 100);
  if (alias.other === version) return `${share} %`;
  if (alias.version !== version) return '–';
  return alias.other === null ? '100 %' : `${100 - share} %`;
}
