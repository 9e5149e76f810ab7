// The message as a publisher writes it: body, subject, attributes, and on a FIFO topic its group.
import runtime from '../runtime.module.css';
import styles from './topic.module.css';
import type { MessageAttributeDraft, MessageDraft } from './topic-setup';

export interface MessageFormProps {
  message: MessageDraft;
  fifo: boolean;
  onChange(message: MessageDraft): void;
}

const TYPES: readonly MessageAttributeDraft['type'][] = ['String', 'String.Array', 'Number'];

export function MessageForm({ message, fifo, onChange }: MessageFormProps) {
  const setAttribute = (id: number, change: Partial<MessageAttributeDraft>) =>
    onChange({ ...message, attributes: message.attributes.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  const add = () => {
    const id = Math.max(-1, ...message.attributes.map((one) => one.id)) + 1;
    onChange({ ...message, attributes: [...message.attributes, { id, name: '', type: 'String', value: '' }] });
  };
  const rows = Math.min(10, Math.max(3, message.body.split('\n').length));
  return (
    <div className={styles.form}>
      <label>
        Message body
        <textarea
          rows={rows}
          spellCheck={false}
          value={message.body}
          onChange={(event) => onChange({ ...message, body: event.target.value })}
        />
      </label>
      <fieldset>
        <legend>Message attributes</legend>
        {message.attributes.length === 0 && <p className={styles.none}>None. A filter policy looks here first.</p>}
        {message.attributes.map((attribute, at) => (
          <div key={attribute.id} className={styles.attribute}>
            <input
              aria-label={`Name of attribute ${at + 1}`}
              placeholder="name"
              value={attribute.name}
              onChange={(event) => setAttribute(attribute.id, { name: event.target.value })}
            />
            <select
              aria-label={`Type of attribute ${at + 1}`}
              value={attribute.type}
              onChange={(event) => setAttribute(attribute.id, { type: event.target.value as MessageAttributeDraft['type'] })}
            >
              {TYPES.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
            <input
              aria-label={`Value of attribute ${at + 1}`}
              placeholder="value"
              value={attribute.value}
              onChange={(event) => setAttribute(attribute.id, { value: event.target.value })}
            />
            <button
              type="button"
              className={runtime.quiet}
              aria-label={`Remove attribute ${attribute.name || at + 1}`}
              onClick={() => onChange({ ...message, attributes: message.attributes.filter(({ id }) => id !== attribute.id) })}
            >
              ✕
            </button>
          </div>
        ))}
        <button type="button" className={runtime.quiet} onClick={add}>
          Add an attribute
        </button>
      </fieldset>
      {fifo && (
        <div className={styles.pair}>
          <label>
            Message group id
            <input value={message.groupId} onChange={(event) => onChange({ ...message, groupId: event.target.value })} />
          </label>
          <label>
            Deduplication id
            <input value={message.deduplicationId} onChange={(event) => onChange({ ...message, deduplicationId: event.target.value })} />
          </label>
        </div>
      )}
      <label>
        Subject, for e-mail
        <input value={message.subject} onChange={(event) => onChange({ ...message, subject: event.target.value })} />
      </label>
    </div>
  );
}
