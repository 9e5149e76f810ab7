// The draft of a lab for React: one keeper for the page, saved when the page is left or the connection comes back.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createDraftApi } from './draft-api';
import { createDraftBackup } from './draft-backup';
import { DraftKeeper, type DraftSnapshot } from './draft-keeper';
import type { Files } from './lab-view';

export interface Draft extends DraftSnapshot {
  keeper: DraftKeeper;
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

export function useDraft(slug: string, starter: Files): Draft {
  const [keeper, setKeeper] = useState<DraftKeeper>(() => idleKeeper(starter));
  useEffect(() => {
    const live = new DraftKeeper({ starter, api: createDraftApi(slug), backup: createDraftBackup(slug), after, now: () => Date.now() });
    setKeeper(live);
    void live.start();
    const leave = () => {
      if (document.visibilityState === 'hidden') live.leave();
    };
    const online = () => live.saveNow();
    window.addEventListener('online', online);
    document.addEventListener('visibilitychange', leave);
    return () => {
      window.removeEventListener('online', online);
      document.removeEventListener('visibilitychange', leave);
      live.leave();
      live.stop();
    };
  }, [slug, starter]);
  const snapshot = useSyncExternalStore(keeper.subscribe, keeper.snapshot, keeper.snapshot);
  return { ...snapshot, keeper };
}

/** What stands in until the browser has taken over: it shows the starter and takes nothing. */
function idleKeeper(starter: Files): DraftKeeper {
  const nowhere = { read: async () => null, save: async () => ({ outcome: 'offline' as const }), discard: async () => false };
  const nothing = { write: () => false, clear: () => undefined, orphans: async () => [], remove: () => undefined };
  return new DraftKeeper({ starter, api: nowhere, backup: nothing, after: () => () => undefined, now: () => 0 });
}
