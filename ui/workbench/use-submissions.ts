// Submissions of a lab: sending one, following it to its verdict, and the list of earlier ones.
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Files, type SubmissionView, sameFiles } from './lab-view';

export interface Submissions {
  /** Newest first; null while they are being fetched. */
  list: SubmissionView[] | null;
  sending: boolean;
  /** Why the latest attempt to send or to follow did not work, and what to do. */
  message: string | null;
  submit(files: Files): void;
  refresh(): void;
  /** The files of an earlier submission. Null when they cannot be fetched. */
  filesOf(id: string): Promise<Files | null>;
}

/** How often a submission is asked for when events do not come through. */
const POLL_MS = 2000;

async function errorOf(response: Response): Promise<string> {
  const answer = await response.json().catch(() => null);
  return typeof answer?.error?.message === 'string'
    ? answer.error.message
    : `The server answered ${response.status}. Try again in a moment.`;
}

function isOpen(submission: SubmissionView): boolean {
  return submission.status === 'queued' || submission.status === 'grading';
}

export function useSubmissions(slug: string): Submissions {
  const [list, setList] = useState<SubmissionView[] | null>(null);
  const [sending, setSending] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  /** A send that nobody answered is repeated under its own key, so that it counts once. */
  const unanswered = useRef<{ key: string; files: Files } | null>(null);
  const address = `/api/labs/${encodeURIComponent(slug)}/submissions`;

  const put = useCallback((submission: SubmissionView) => {
    setList((before) => {
      const others = (before ?? []).filter((other) => other.id !== submission.id);
      return [submission, ...others].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    });
  }, []);

  const refresh = useCallback(async () => {
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(await errorOf(response));
      const { submissions } = (await response.json()) as { submissions: SubmissionView[] };
      setList(submissions);
      setMessage(null);
    } catch (error) {
      setList((before) => before ?? []);
      setMessage(error instanceof TypeError ? 'Earlier submissions could not be fetched: no connection.' : (error as Error).message);
    }
  }, [address]);
  useEffect(() => void refresh(), [refresh]);

  const openId = list?.find(isOpen)?.id ?? null;
  useEffect(() => (openId === null ? undefined : follow(openId, put)), [openId, put]);

  const submit = async (files: Files) => {
    if (sending) return;
    setSending(true);
    setMessage(null);
    const before = unanswered.current;
    const key = before && sameFiles(before.files, files) ? before.key : crypto.randomUUID();
    unanswered.current = { key, files };
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ files, key }),
      });
      if (response.ok) {
        const { submission } = (await response.json()) as { submission: SubmissionView };
        put({ ...submission, grade: submission.grade ?? null, failure: submission.failure ?? null });
      } else {
        setMessage(await errorOf(response));
      }
      unanswered.current = null;
    } catch {
      setMessage(
        'The submission did not reach the server. Your code is kept; press Submit again when you are connected. It will count once.',
      );
    } finally {
      setSending(false);
    }
  };

  return {
    list,
    sending,
    message,
    submit: (files) => void submit(files),
    refresh: () => void refresh(),
    filesOf: async (id) => {
      const response = await fetch(`/api/submissions/${encodeURIComponent(id)}`).catch(() => null);
      if (!response?.ok) return null;
      return ((await response.json()) as { submission: { files?: Files } }).submission.files ?? null;
    },
  };
}

/** Follows one submission by server-sent events, and by asking when they do not come. Returns how to stop. */
function follow(id: string, put: (submission: SubmissionView) => void): () => void {
  const address = `/api/submissions/${encodeURIComponent(id)}`;
  const events = new EventSource(`${address}/events`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const stop = () => {
    stopped = true;
    events.close();
    clearTimeout(timer);
  };
  const take = (submission: SubmissionView) => {
    put(submission);
    if (!isOpen(submission)) stop();
  };
  const poll = async () => {
    const response = await fetch(address).catch(() => null);
    if (stopped) return;
    if (response?.ok) take(((await response.json()) as { submission: SubmissionView }).submission);
    if (!stopped) timer = setTimeout(() => void poll(), POLL_MS);
  };
  events.addEventListener('submission', (event) => take(JSON.parse((event as MessageEvent<string>).data) as SubmissionView));
  events.onerror = () => {
    if (timer === undefined && !stopped) timer = setTimeout(() => void poll(), POLL_MS);
  };
  return stop;
}
