'use client';
import { readFace, uiFace } from './fonts';
import './tokens.css';
import './base.css';
import styles from './notice.module.css';

export default function GlobalError({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" className={`${readFace.variable} ${uiFace.variable}`} suppressHydrationWarning>
      <body>
        <main id="main" className={styles.page}>
          <div className={styles.lane} data-kind="fault" aria-hidden="true">
            <span>✕</span>
          </div>
          <h1>The site ended in an error.</h1>
          <p>What you wrote is kept in this browser and on the server. Try again; if it fails a second time, reload the page.</p>
          <p>
            <button type="button" className="go" onClick={reset}>
              Try again
            </button>
          </p>
          <p>
            {/* A whole new page: what is broken may be the part that follows links. */}
            <a href="/">Back to the course map</a>
          </p>
        </main>
      </body>
    </html>
  );
}
