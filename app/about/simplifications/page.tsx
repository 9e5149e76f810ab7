import type { Metadata } from 'next';
import { simplified } from '@/generated/content/simplified';
import { InlineMarkdown } from '@/ui/text/inline-markdown';
import styles from './simplifications.module.css';

export const metadata: Metadata = {
  title: 'Where the simulator is simpler than AWS',
  description: 'Every place where the simulated cloud does less than the real one, read from its own source.',
};

/** In this order: the services of the course first, then what they stand on. */
const PARTS: Record<string, string> = {
  lambda: 'Lambda',
  events: 'EventBridge',
  sns: 'SNS',
  sqs: 'SQS',
  iam: 'IAM',
  sts: 'STS',
  kms: 'KMS',
  dynamodb: 'DynamoDB',
  kinesis: 'Kinesis',
  logs: 'CloudWatch Logs',
  cloudwatch: 'CloudWatch',
  cloudformation: 'CloudFormation and SAM',
  fis: 'Injected faults',
  internet: 'The internet',
  sandbox: 'Node.js inside a function',
  protocol: 'The AWS SDK as a client',
  kernel: 'Time and calls',
};

function sections() {
  const known = Object.keys(PARTS);
  const parts = [...new Set([...known, ...simplified.map(({ part }) => part)])];
  return parts
    .map((part) => ({ part, title: PARTS[part] ?? part, items: simplified.filter((item) => item.part === part) }))
    .filter(({ items }) => items.length > 0);
}

export default function SimplificationsPage() {
  const all = sections();
  return (
    <main id="main" className={styles.page}>
      <h1>Where the simulator is simpler than AWS</h1>
      <p className={styles.lede}>
        The cloud in these pages is a simulation. Limits, formats, errors and schedules are AWS’s own, dated and sourced. Where it does
        less, or where AWS does not say what it does, the source says so, and this page repeats all {simplified.length} of those places.
      </p>
      <nav aria-label="Parts of the simulator" className={styles.parts}>
        <ul>
          {all.map(({ part, title, items }) => (
            <li key={part}>
              <a href={`#${part}`}>{title}</a> <span>{items.length}</span>
            </li>
          ))}
        </ul>
      </nav>
      {all.map(({ part, title, items }) => (
        <section key={part} aria-labelledby={part} className={styles.part}>
          <h2 id={part}>{title}</h2>
          <ul>
            {items.map(({ file, about, text }) => (
              <li key={`${file} ${text}`}>
                {about !== '' && (
                  <p className={styles.about}>
                    <InlineMarkdown text={about} />
                  </p>
                )}
                <p>
                  <InlineMarkdown text={text} />
                </p>
                <p className={styles.file}>{file}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
