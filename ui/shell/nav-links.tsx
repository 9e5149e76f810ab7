'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './site-header.module.css';

const places = [
  { href: '/#course', under: '/learn', label: 'Learn' },
  { href: '/labs', under: '/labs', label: 'Labs' },
];

export function NavLinks() {
  const pathname = usePathname();
  return (
    <nav aria-label="Site" className={styles.nav}>
      {places.map(({ href, under, label }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={pathname === under ? 'page' : pathname?.startsWith(`${under}/`) ? 'true' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
