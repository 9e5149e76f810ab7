// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RETRIED } from './example-trace';
import { Timeline } from './timeline';

let host: HTMLElement;
let root: Root;
let cursor: number;

function show(at: number, future: 'dim' | 'hidden' = 'dim'): void {
  cursor = at;
  const onCursor = (seq: number) => show(seq, future);
  act(() => root.render(<Timeline facts={RETRIED} cursor={at} onCursor={onCursor} label="Timeline of charge" future={future} />));
}

function slider(): HTMLElement {
  return host.querySelector('[role="slider"]') as HTMLElement;
}

function press(key: string): void {
  act(() => slider().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
}

beforeEach(() => {
  // jsdom lays nothing out and so observes no sizes.
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    ResizeObserver: class {
      observe(): void {}
      disconnect(): void {}
    },
  });
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

describe('the timeline', () => {
  it('is a slider that reads as the sentence of its fact', () => {
    show(7);
    expect(slider().getAttribute('aria-label')).toBe('Timeline of charge');
    expect(slider().getAttribute('aria-valuetext')).toContain('00:00:00.224: Attempt 1 ended in a function error');
    expect([slider().getAttribute('aria-valuenow'), slider().getAttribute('aria-valuemax')]).toEqual(['7', '17']);
  });

  it('steps with the arrows, jumps with Home, End and C', () => {
    show(9);
    press('ArrowRight');
    expect(cursor).toBe(10);
    press('Home');
    expect(cursor).toBe(1);
    press('End');
    expect(cursor).toBe(17);
    press('c');
    expect(cursor).toBe(15);
  });

  it('says the same in a table that is made when it is opened, whose times move the cursor', () => {
    show(17);
    expect(host.querySelector('tbody')).toBeNull();
    const details = host.querySelector('details') as HTMLDetailsElement;
    details.open = true;
    act(() => void details.dispatchEvent(new Event('toggle')));
    const rows = [...host.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent).join(' | '));
    expect(rows[0]).toBe('00:00:00.070 | 00:00:00.220 | Env. 1 | init, 150 ms');
    expect(rows).toContain('00:00:30.224 |  | Env. 1 | environment reclaimed (requested)');
    act(() => host.querySelector<HTMLElement>('tbody button')?.click());
    expect(cursor).toBe(4);
  });

  it('is asked why by W, by two presses of one fact, and in the table', () => {
    const asked: number[] = [];
    const onWhy = (seq: number) => asked.push(seq);
    act(() => root.render(<Timeline facts={RETRIED} cursor={7} onCursor={() => undefined} onWhy={onWhy} label="Timeline" />));
    press('w');
    const bar = host.querySelector('[data-kind="wait"]') as HTMLElement;
    Object.assign(HTMLElement.prototype, { setPointerCapture: () => undefined });
    const down = () => act(() => void bar.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, button: 0 })));
    down();
    expect(asked).toEqual([7]);
    down();
    expect(asked).toEqual([7, 14]);
    const details = host.querySelector('details') as HTMLDetailsElement;
    details.open = true;
    act(() => void details.dispatchEvent(new Event('toggle')));
    const buttons = [...host.querySelectorAll('tbody button')].filter((button) => button.textContent?.startsWith('Why?'));
    act(() => buttons.forEach((button) => void (button as HTMLElement).click()));
    expect(asked.slice(2)).toEqual([7, 9]);
  });

  it('does not tell what is still to come while stepping', () => {
    show(6, 'hidden');
    expect(host.textContent).not.toContain('error');
    expect(host.textContent).not.toContain('Env. 2');
    show(7, 'hidden');
    expect(host.textContent).toContain('error');
  });
});
