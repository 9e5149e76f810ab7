'use client';
import styles from './notice.module.css';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className={styles.page}>
      <div className={styles.lane} data-kind="fault" aria-hidden="true">
        <span>✕</span>
      </div>
      <h1>This page ended in an error.</h1>
      <p>What you wrote is kept in this browser and on the server. Try again; if it fails a second time, reload the page.</p>
      {error.digest && (
        <p>
          Tell whoever runs this site the number <code>{error.digest}</code>: it names this error in the server’s log.
        </p>
      )}
      <p>
        <button type="button" className="go" onClick={reset}>
          Try again
        </button>
      </p>
    </main>
  );
}
