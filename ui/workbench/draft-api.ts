// Drafts over HTTP. Every answer that is not an exception is one of the outcomes below.
import type { Files } from './lab-view';

export interface ServerDraft {
  files: Files;
  revision: number;
  savedAt: string;
}

export interface KeptCopy {
  id: string;
  files: Files;
  savedAt: string;
}

export type SaveOutcome =
  | { outcome: 'saved'; revision: number; savedAt: string }
  | { outcome: 'stale'; current: ServerDraft; keptId: string | null }
  /** The server said no; the sentence is for the learner. `retryMs` when trying again makes sense. */
  | { outcome: 'refused'; message: string; retryMs: number | null }
  /** Nobody answered. */
  | { outcome: 'offline' };

export interface DraftApi {
  /** Null when the server cannot be reached. */
  read(): Promise<{ draft: ServerDraft | null; conflicts: KeptCopy[] } | null>;
  save(files: Files, baseRevision: number, leaving?: boolean): Promise<SaveOutcome>;
  discard(id: string): Promise<boolean>;
}

/** How long an answer may take. */
const ANSWER_TIMEOUT_MS = 10_000;
/** What a browser takes along when a page is left (Fetch standard: 64 KiB for all of them together). */
const LEAVING_BYTES_MAX = 60_000;

export function createDraftApi(slug: string): DraftApi {
  const address = `/api/labs/${encodeURIComponent(slug)}/draft`;
  const send = (path: string, init: RequestInit = {}) => fetch(path, { ...init, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  return {
    read: async () => {
      try {
        const response = await send(address);
        return response.ok ? await response.json() : null;
      } catch {
        return null;
      }
    },
    save: async (files, baseRevision, leaving = false) => {
      const body = JSON.stringify({ files, baseRevision });
      const keepalive = leaving && body.length < LEAVING_BYTES_MAX;
      let response: Response;
      try {
        response = await send(address, { method: 'PUT', headers: { 'content-type': 'application/json' }, body, keepalive });
      } catch {
        return { outcome: 'offline' };
      }
      const answer = await response.json().catch(() => null);
      if (response.ok && answer) return { outcome: 'saved', revision: answer.revision, savedAt: answer.savedAt };
      if (response.status === 409 && answer?.current) return { outcome: 'stale', current: answer.current, keptId: answer.kept?.id ?? null };
      const message = typeof answer?.error?.message === 'string' ? answer.error.message : `The server answered ${response.status}.`;
      const wait = Number(response.headers.get('retry-after'));
      const retryMs = response.status === 429 ? Math.max(1, wait || 10) * 1000 : response.status >= 500 ? 10_000 : null;
      return { outcome: 'refused', message, retryMs };
    },
    discard: async (id) => {
      try {
        const response = await send(`${address}/conflicts/${encodeURIComponent(id)}`, {
          method: 'DELETE',
          headers: { 'content-type': 'application/json' },
        });
        return response.ok || response.status === 404;
      } catch {
        return false;
      }
    },
  };
}
