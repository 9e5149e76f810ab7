// Tabs as the ARIA pattern describes them: one stop for Tab, arrows move between them.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import styles from './tabs.module.css';

export interface TabItem {
  id: string;
  label: ReactNode;
  /** Rendered only while the tab is chosen, unless `kept`. */
  content: ReactNode;
  /** Stays mounted, hidden, while another tab is chosen. */
  kept?: boolean;
}

export interface TabsProps {
  /** What the tabs choose between. */
  label: string;
  items: readonly TabItem[];
  chosen: string;
  onChoose(id: string): void;
  /** Beside the tabs, at the end of the row. */
  aside?: ReactNode;
  className?: string | undefined;
}

export function Tabs({ label, items, chosen, onChoose, aside, className }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const position = items.findIndex((item) => item.id === chosen);
    const last = items.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: position === last ? 0 : position + 1,
      ArrowLeft: position <= 0 ? last : position - 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    const item = target === undefined ? undefined : items[target];
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onChoose(item.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[target ?? 0]?.focus();
  };
  return (
    <div className={`${styles.tabs} ${className ?? ''}`}>
      <div className={styles.row}>
        <div role="tablist" aria-label={label} className={styles.list} ref={list} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role="tab"
              id={`${base}-tab-${item.id}`}
              aria-controls={`${base}-panel-${item.id}`}
              aria-selected={item.id === chosen}
              tabIndex={item.id === chosen ? 0 : -1}
              onClick={() => onChoose(item.id)}
            >
              {item.label}
            </button>
          ))}
        </div>
        {aside}
      </div>
      {items.map((item) => (
        <div
          key={item.id}
          role="tabpanel"
          id={`${base}-panel-${item.id}`}
          aria-labelledby={`${base}-tab-${item.id}`}
          hidden={item.id !== chosen}
          className={styles.panel}
        >
          {(item.id === chosen || item.kept) && item.content}
        </div>
      ))}
    </div>
  );
}
