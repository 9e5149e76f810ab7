// What came to CloudWatch Logs: a topic's delivery status, and the lines of functions. SNS-09.
// https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html
import { formatClock } from '@/ui/timeline/clock';
import type { LogLine } from './log-lines';
import styles from './topic.module.css';

export function TopicLog({ lines, onFact }: { lines: readonly LogLine[]; onFact(seq: number): void }) {
  return (
    <div className={styles.receipts}>
      {lines.map(({ group, message, at, fact }) => (
        <article key={`${fact} ${message}`}>
          <h4>
            {group}
            <button type="button" className={styles.evidence} onClick={() => onFact(fact)}>
              {formatClock(at)}
            </button>
          </h4>
          <figure aria-label={`What ${group} holds`}>
            <pre>{indented(message.trimEnd())}</pre>
          </figure>
        </article>
      ))}
    </div>
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
