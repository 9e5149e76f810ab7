// LISTEN on one dedicated connection per process, shared by everyone who waits. https://www.postgresql.org/docs/18/sql-listen.html
// Notifications are hints: what they announce is in the tables, so after a lost connection everyone looks again.
import pg from 'pg';
import type { Connection } from './connection';

/** Called with the payload of a notification, or with null when some may have been missed. */
export type OnNotification = (payload: string | null) => void;

/** `restored`: a backup was read back, so everything may have changed. */
const channels = ['submission', 'grading_queued', 'restored'] as const;
export type Channel = (typeof channels)[number];

const reconnectFirstMs = 200;
const reconnectMaxMs = 5_000;

export class Listener {
  readonly #connection: Connection;
  readonly #subscribers = new Map<Channel, Set<OnNotification>>(channels.map((channel) => [channel, new Set()]));
  #client: pg.Client | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #delayMs = reconnectFirstMs;
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    void this.#connect();
  }

  /** Returns the function that ends the subscription. */
  subscribe(channel: Channel, onNotification: OnNotification): () => void {
    const subscribers = this.#subscribers.get(channel);
    subscribers?.add(onNotification);
    return () => subscribers?.delete(onNotification);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ ...this.#connection, application_name: 'coldstart-listen', keepAlive: true });
    const lost = () => this.#lost(client);
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', (message) => {
      for (const notify of this.#subscribers.get(message.channel as Channel) ?? []) notify(message.payload ?? '');
    });
    this.#client = client;
    try {
      await client.connect();
      for (const channel of channels) await client.query(`LISTEN ${channel}`);
    } catch {
      lost();
      return;
    }
    this.#delayMs = reconnectFirstMs;
    for (const subscribers of this.#subscribers.values()) for (const notify of subscribers) notify(null);
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    if (this.#closed) return;
    this.#reconnect = setTimeout(() => void this.#connect(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, reconnectMaxMs);
  }
}

const shared = globalThis as unknown as { coldstartListener?: Listener };

/** The process's listener, opened with the first one who waits. */
export function listener(connection: () => Connection): Listener {
  shared.coldstartListener ??= new Listener(connection());
  return shared.coldstartListener;
}
