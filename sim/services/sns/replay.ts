// Replaying the archive of a FIFO topic to one subscription. SNS-X07.
// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html
// Simplified: a replay reads the whole archive at once; AWS reads it bit by bit and then goes on with new messages.
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { filterOut, openDelivery } from './fan-out';
import { matchMessage } from './filter/match';
import type { SnsState, Subscription, Topic } from './state';
import { filterOf, parseReplayPolicy } from './subscription-attributes';
import { archiveDays } from './topic-attributes';

const DAY_MS = 24 * 3_600_000;

export function startReplay(state: Readonly<SnsState>, subscription: Subscription, topic: Topic, port: Port): void {
  const policy = subscription.attributes.ReplayPolicy ?? '';
  const window = parseReplayPolicy(policy);
  if (!window) return;
  const epochAtZero = port.epochMs - port.now;
  const oldest = port.now - (archiveDays(topic) ?? 0) * DAY_MS;
  const messages = topic.archive.filter(({ publishedAt }) => {
    const at = epochAtZero + publishedAt;
    return publishedAt >= oldest && at >= window.from && (window.to === null || at < window.to);
  });
  port.emit('sns:ReplayStarted', subscription.arn, { topicArn: topic.arn, policy, messages: messages.length });
  const filter = filterOf(subscription);
  for (const { topicArn: _topicArn, publishedAt: _publishedAt, ...content } of messages) {
    const verdict = filter ? matchMessage(filter, content.message, content.attributes) : ({ matches: true } as const);
    if (!verdict.matches) {
      filterOut(topic, subscription, content.messageId, verdict, port);
      continue;
    }
    port.emit('sns:MessageReplayed', topic.arn, {
      ...(content as unknown as JsonObject),
      subscriptionArn: subscription.arn,
      deliveries: 1,
    });
    openDelivery(state, topic, subscription, content, port, true);
  }
  port.emit('sns:ReplayCompleted', subscription.arn, { topicArn: topic.arn, messages: messages.length });
}
