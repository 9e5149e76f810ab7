// Unsaved text on the learner's own device, a copy for each tab: what survives a dead connection and a killed tab.
import type { Files } from './lab-view';

export interface Backup {
  files: Files;
  /** What the text was based on; null when the server had not been read. */
  baseRevision: number | null;
  /** Unix milliseconds. */
  changedAt: number;
}

export interface DraftBackup {
  /** Writes this tab's copy. False when the device refuses (storage full or switched off). */
  write(backup: Backup): boolean;
  clear(): void;
  /** This tab's own copy and those of tabs that are gone, newest first. */
  orphans(): Promise<{ key: string; backup: Backup }[]>;
  remove(key: string): void;
}

function parseBackup(text: string | null): Backup | null {
  try {
    const value = JSON.parse(text ?? 'null') as Backup | null;
    return value && typeof value.files === 'object' && value.files !== null && typeof value.changedAt === 'number' ? value : null;
  } catch {
    return null;
  }
}

export function createDraftBackup(slug: string): DraftBackup {
  const prefix = `coldstart.draft.${slug}.`;
  const own = `${prefix}${crypto.randomUUID()}`;
  // The lock is held for as long as this tab lives; others can see that.
  navigator.locks?.request(own, () => new Promise<void>(() => undefined)).catch(() => undefined);
  const storage = (): Storage | null => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  };
  return {
    write: (backup) => {
      try {
        storage()?.setItem(own, JSON.stringify(backup));
        return storage() !== null;
      } catch {
        return false;
      }
    },
    clear: () => storage()?.removeItem(own),
    orphans: async () => {
      const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name) ?? []);
      const store = storage();
      const found: { key: string; backup: Backup }[] = [];
      for (let position = 0; position < (store?.length ?? 0); position++) {
        const key = store?.key(position) ?? '';
        const backup = key.startsWith(prefix) && (key === own || !held.has(key)) ? parseBackup(store?.getItem(key) ?? null) : null;
        if (backup) found.push({ key, backup });
      }
      return found.sort((a, b) => b.backup.changedAt - a.backup.changedAt);
    },
    remove: (key) => storage()?.removeItem(key),
  };
}
