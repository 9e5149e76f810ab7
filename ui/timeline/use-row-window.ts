// Which rows of a long table are in sight: only those are drawn, between two spacers. All rows are equally high.
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

export interface RowWindow {
  first: number;
  /** One past the last. */
  end: number;
}

/** Rows that are drawn beyond what is in sight, on either side. */
const BEYOND = 12;
/** Rows that are drawn before the height is known, as in a page that prints. */
const ROWS_AT_FIRST = 40;

export function windowOf(scrollTop: number, height: number, rowPx: number, rows: number): RowWindow {
  const end = Math.min(rows, Math.ceil((scrollTop + height) / rowPx) + BEYOND);
  return { first: Math.max(0, Math.min(Math.floor(scrollTop / rowPx) - BEYOND, end)), end };
}

export function useRowWindow(scroller: RefObject<HTMLElement | null>, rows: number, rowPx: number): RowWindow {
  const [view, setView] = useState({ top: 0, height: ROWS_AT_FIRST * rowPx });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const measure = () => {
      frame = 0;
      const top = element.scrollTop;
      // A panel that is not shown has no height; what was drawn stays.
      const height = element.clientHeight || ROWS_AT_FIRST * rowPx;
      setView((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    const onScroll = () => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    measure();
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(onScroll);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, rowPx]);
  return windowOf(view.top, view.height, rowPx, rows);
}

/** Scrolls the table, never the page, until the row can be seen. */
export function useRowInView(scroller: RefObject<HTMLElement | null>, position: number, rowPx: number, headPx: number): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element || position < 0) return;
    const top = position * rowPx;
    const room = element.clientHeight - headPx;
    if (room <= 0) return;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx > element.scrollTop + room) element.scrollTop = top + rowPx - room;
  }, [scroller, position, rowPx, headPx]);
}
