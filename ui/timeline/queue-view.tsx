// The messages that a queue holds at the cursor, with body and attributes as a consumer would receive them.
import { formatClock } from './clock';
import { shortName } from './lambda-fact';
import type { QueueContent } from './queue-messages';
import styles from './queue-view.module.css';

/** A queue view shows at most this many messages. */
const MESSAGES_MAX = 50;

export function QueueView({ content, onFact }: { content: QueueContent; onFact(seq: number): void }) {
  const { messages } = content;
  return (
    <section className={styles.queue} aria-label={`Queue ${shortName(content.queue)}`}>
      <h3>
        {shortName(content.queue)}{' '}
        <small>{messages.length === 0 ? 'empty' : `${messages.length} message${messages.length === 1 ? '' : 's'}`}</small>
      </h3>
      {messages.slice(0, MESSAGES_MAX).map((message) => (
        <article key={message.messageId}>
          <button type="button" onClick={() => onFact(message.fact)}>
            sent {formatClock(message.sentAt)}
          </button>
          <pre>{message.body}</pre>
          {message.attributes.length > 0 && (
            <dl>
              {message.attributes.map((attribute) => (
                <div key={attribute.name}>
                  <dt>
                    {attribute.name} <small>{attribute.type}</small>
                  </dt>
                  <dd>{attribute.value}</dd>
                </div>
              ))}
            </dl>
          )}
        </article>
      ))}
      {messages.length > MESSAGES_MAX && <p>The first {MESSAGES_MAX} messages.</p>}
    </section>
  );
}
