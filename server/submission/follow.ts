// Tells a browser how a submission goes on, as server-sent events, until it is graded or failed.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
import type { Database } from '../database/client';
import type { Listener } from '../database/listen';
import { readSubmission } from './read';
import { addStream, requireFreeStream } from './streams';
import type { SubmissionView } from './view';

const heartbeatMs = 15_000;
/** Then the stream ends and the browser's EventSource comes back by itself: no stream outlives a forgotten tab by much. */
const streamMaxMs = 15 * 60_000;
const reconnectMs = 1_000;

interface Sources {
  db: Database;
  listener: Listener;
}

export async function followSubmission(
  { db, listener }: Sources,
  learnerId: string | null,
  id: string,
  signal: AbortSignal,
): Promise<Response> {
  const read = () => readSubmission(db, learnerId, id, { withFiles: false });
  const first = await read();
  const learner = learnerId ?? '';
  requireFreeStream(learner);

  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let ended = false;
      let sent = '';
      let looking = false;
      let lookAgain = false;

      const send = (text: string) => {
        if (!ended) controller.enqueue(encoder.encode(text));
      };
      const show = (view: SubmissionView) => {
        const data = JSON.stringify(view);
        // A notification may repeat what the page has already.
        if (data === sent) return;
        sent = data;
        send(`event: submission\ndata: ${data}\n\n`);
        if (view.status === 'graded' || view.status === 'failed') end();
      };
      const look = async () => {
        lookAgain = true;
        if (looking) return;
        looking = true;
        while (lookAgain && !ended) {
          lookAgain = false;
          // Gone, as after a merge into an account: the browser comes back with the account's cookie.
          await read().then(show, () => end());
        }
        looking = false;
      };

      const unsubscribe = listener.subscribe('submission', (payload) => {
        if (payload === null || payload === id) void look();
      });
      const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs);
      const timeout = setTimeout(() => end(), streamMaxMs);
      const remove = addStream(learner, () => end());
      end = () => {
        if (ended) return;
        ended = true;
        unsubscribe();
        remove();
        clearInterval(heartbeat);
        clearTimeout(timeout);
        signal.removeEventListener('abort', end);
        try {
          controller.close();
        } catch {
          // The browser has closed it already.
        }
      };
      signal.addEventListener('abort', end);
      send(`retry: ${reconnectMs}\n\n`);
      show(first);
      // What changed between the first look and the subscription was announced to nobody here.
      void look();
    },
    cancel: () => end(),
  });
  // `no-transform` keeps compression from holding events back; `x-accel-buffering` does the same for nginx.
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  });
}
