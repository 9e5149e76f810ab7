// What the reader did to wake a live part is carried out by the panel that was fetched for it.
import { type RefObject, useEffect, useRef } from 'react';

export type Wish = 'run' | 'step' | 'edit';

export interface WishButtons {
  run: RefObject<HTMLButtonElement | null>;
  step: RefObject<HTMLButtonElement | null>;
}

export function useWish(wish: Wish, start: (mode: 'run' | 'step') => void): WishButtons {
  const latest = useRef(start);
  latest.current = start;
  const run = useRef<HTMLButtonElement>(null);
  const step = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (wish === 'edit') return;
    // The button that was pressed has been replaced; its successor takes the focus.
    (wish === 'run' ? run : step).current?.focus({ preventScroll: true });
    const timer = setTimeout(() => latest.current(wish));
    return () => clearTimeout(timer);
  }, [wish]);
  return { run, step };
}
