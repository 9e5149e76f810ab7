import type { Metadata } from 'next';
import Link from 'next/link';
import styles from './notice.module.css';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <main id="main" className={styles.page}>
      <div className={styles.lane} aria-hidden="true">
        <span />
      </div>
      <h1>There is no page at this address.</h1>
      <p>
        It was never created, or it has been reclaimed. Nothing of your work is lost: drafts and answers are kept with you, not with a page.
      </p>
      <p>
        <Link href="/#course">Open the course map</Link> or <Link href="/labs">see the labs</Link>.
      </p>
    </main>
  );
}
