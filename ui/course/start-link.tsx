'use client';
// The way in: the first lesson, or the one where the learner stopped.
import Link from 'next/link';
import { useEffect, useState } from 'react';
import type { Place } from './place';
import { readPlace } from './place';

/** `known` are the addresses that exist, so that a place of an older site never leads to a missing page. */
export function StartLink({ first, known, className }: { first: Place; known: readonly string[]; className?: string | undefined }) {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const stored = readPlace();
    if (stored && known.includes(stored.path)) setPlace(stored);
  }, [known]);
  return (
    <Link href={(place ?? first).path} className={className}>
      {place ? 'Continue' : 'Start'}: {(place ?? first).title}
    </Link>
  );
}
