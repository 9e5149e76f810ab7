// AWS/SNS. SNS-X15. https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
import { count, lastPart, type Metric, measure, type Observer, placeOfArn } from '../observation';

const namespace = 'AWS/SNS';

const PUBLISHED: Metric[] = [count('NumberOfMessagesPublished'), { name: 'PublishSize', unit: 'Bytes' }];

/** Measured as one for each fact of the type. */
const ONE: Record<string, Metric[]> = {
  'sns:MessageDelivered': [count('NumberOfNotificationsDelivered')],
  'sns:DeliveryFailed': [count('NumberOfNotificationsFailed')],
  'sns:MessageDeadLettered': [count('NumberOfNotificationsRedrivenToDlq')],
  'sns:DeadLetterFailed': [count('NumberOfNotificationsFailedToRedriveToDlq')],
};

const FAILED_ATTEMPT: Metric[] = [count('NumberOfNotificationsFailed')];

/** Why a filter policy kept a message back has a metric of its own. */
const FILTERED: Record<string, Metric[]> = Object.fromEntries(
  ['MessageAttributes', 'MessageBody', 'NoMessageAttributes', 'InvalidAttributes', 'InvalidMessageBody'].map((reason) => [
    reason,
    [count('NumberOfNotificationsFilteredOut'), count(`NumberOfNotificationsFilteredOut-${reason}`)],
  ]),
);

/** Texts to phones without a topic between count together. */
const PHONES = { Name: 'PhoneNumber', Value: 'PhoneNumberDirect' };
const TEXTED: Metric[] = [count('NumberOfMessagesPublished'), count('NumberOfNotificationsDelivered')];
const NOT_TEXTED: Metric[] = [count('NumberOfMessagesPublished'), count('NumberOfNotificationsFailed')];

const encoder = new TextEncoder();

export const observeSns: Observer = (state, { type, resource, data }, epochMs) => {
  const subject = {
    namespace,
    key: resource,
    place: placeOfArn(resource),
    dimensionSets: () => [[{ Name: 'TopicName', Value: lastPart(resource) }]],
  };
  if ((type === 'sns:SmsDelivered' || type === 'sns:SmsNotDelivered') && resource.endsWith(':sms')) {
    const metrics = type === 'sns:SmsDelivered' ? TEXTED : NOT_TEXTED;
    measure(state, { ...subject, key: `phones ${resource}`, dimensionSets: () => [[PHONES]] }, type, metrics, [1, 1], epochMs);
    return;
  }
  if (type === 'sns:MessagePublished') {
    const bytes = encoder.encode(String(data.message ?? '')).length;
    measure(state, subject, 'published', PUBLISHED, [1, bytes], epochMs);
    return;
  }
  if (type === 'sns:MessageFiltered') {
    const metrics = FILTERED[data.reason as string];
    if (metrics) measure(state, subject, `filtered ${data.reason}`, metrics, [1, 1], epochMs);
    return;
  }
  // Of HTTP/S endpoints every attempt that fails counts, of others the delivery that is given up. Confirmations count for nothing.
  const isHttp = data.protocol === 'http' || data.protocol === 'https';
  if (type === 'sns:DeliveryAttempted') {
    if (isHttp)
      for (let i = 0; i < ((data.attempts as number | undefined) ?? 1); i++)
        measure(state, subject, 'attempt', FAILED_ATTEMPT, [1], epochMs);
    return;
  }
  if (type === 'sns:DeliveryFailed' && isHttp) return;
  if (data.type !== undefined && data.type !== 'Notification') return;
  const metrics = ONE[type];
  if (metrics) measure(state, subject, type, metrics, [1], epochMs);
};
