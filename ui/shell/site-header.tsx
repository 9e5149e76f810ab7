// The header of every page: the mark, where one can go, how far one is.
import Link from 'next/link';
import { ProgressCount } from '../progress/progress-count';
import { Mark } from './mark';
import { NavLinks } from './nav-links';
import styles from './site-header.module.css';
import { ThemeSwitch } from './theme-switch';

export function SiteHeader({ lessonsTotal }: { lessonsTotal: number }) {
  return (
    <header className={styles.header}>
      <Link href="/" prefetch={false} className={styles.home}>
        <Mark />
        <span>Coldstart</span>
      </Link>
      <NavLinks />
      <span className={styles.grow} />
      <ProgressCount total={lessonsTotal} className={styles.count} />
      <ThemeSwitch />
      <Link href="/account" prefetch={false} className={styles.account}>
        Account
      </Link>
    </header>
  );
}
