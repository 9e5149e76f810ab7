// The attempts of deliveries, as rows: which phase, when, after what wait, and what came back. Table 5C of the facts, SNS-X11.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import type { Fact } from '@/sim/kernel/fact';
import type { Ms } from '@/sim/kernel/time';

export interface AttemptRow {
  subscriptionArn: string;
  messageId: string;
  /** The last of the attempts that this row stands for. */
  attempt: number;
  attemptsMax: number;
  /** `first` is no retry. */
  phase: string;
  /** From the attempt before. */
  waitMs: Ms;
  at: Ms;
  answer: string;
  fact: number;
}

/** Of all messages published from `from` on, in the order in which they ended. */
export function attemptsOf(facts: readonly Fact[], from: number): AttemptRow[] {
  const rows: AttemptRow[] = [];
  const planned = new Map<string, { phase: string; waitMs: Ms }>();
  const attemptsMax = new Map<string, number>();
  for (const { seq, at, type, data } of facts) {
    if (seq < from) continue;
    const key = String(data.deliveryId);
    const add = (attempt: number, answer: string) => {
      const { phase, waitMs } = planned.get(key) ?? { phase: 'first', waitMs: 0 };
      const ids = { subscriptionArn: String(data.subscriptionArn), messageId: String(data.messageId) };
      rows.push({ ...ids, attempt, attemptsMax: attemptsMax.get(key) ?? attempt, phase, waitMs, at, answer, fact: seq });
    };
    if (type === 'sns:DeliveryAttempted') {
      const error = data.error as unknown as { code: string; message: string };
      attemptsMax.set(key, Number(data.attemptsMax));
      add(Number(data.attempt), `${error.message} (${error.code})`);
    } else if (type === 'sns:DeliveryRetryScheduled') planned.set(key, { phase: String(data.phase), waitMs: Number(data.waitMs) });
    else if (type === 'sns:MessageDelivered') add(Number(data.attempts), 'delivered');
  }
  return rows;
}
