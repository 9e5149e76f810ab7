import Link from 'next/link';
import styles from './site-footer.module.css';

export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <p>
        What this site says about AWS is dated, and each lesson names its sources. The cloud inside the pages is a simulation that runs in
        your browser: it costs nothing and touches no AWS account. Where it is simpler than AWS,{' '}
        <Link href="/about/simplifications">a page says so</Link>. What the course covers, line by line, is{' '}
        <Link href="/about/coverage">on another</Link>.
      </p>
      <p>Not affiliated with Amazon Web Services. Free software under the MIT licence.</p>
    </footer>
  );
}
