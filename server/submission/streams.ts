// The open event streams of this process: how many each learner may have, and how all of them end when the process stops.
import { Refusal } from '../refusal';

/** Each costs a little memory and a socket, no database connection. */
const streamsMax = 2_000;
/** A person has a few windows. A browser opens no more than six streams to one site over HTTP/1.1 anyway. */
const streamsPerLearnerMax = 8;

interface Stream {
  learnerId: string;
  end(): void;
}

// On the global object, since the process's start and its routes are bundled apart from each other.
const shared = globalThis as unknown as { coldstartStreams?: Set<Stream> };
shared.coldstartStreams ??= new Set();
const streams = shared.coldstartStreams;

export function requireFreeStream(learnerId: string): void {
  const own = [...streams].filter((stream) => stream.learnerId === learnerId).length;
  if (streams.size < streamsMax && own < streamsPerLearnerMax) return;
  throw new Refusal(
    'too-many-requests',
    'Too many pages are waiting for verdicts. Yours is stored: close other windows, or reload this one in a minute.',
    { retryAfterSeconds: 60 },
  );
}

/** Returns the function that takes the stream off the list. */
export function addStream(learnerId: string, end: () => void): () => void {
  const stream = { learnerId, end };
  streams.add(stream);
  return () => streams.delete(stream);
}

/** Browsers come back by themselves, to whichever process answers then. */
export function endStreams(): void {
  for (const stream of [...streams]) stream.end();
}
