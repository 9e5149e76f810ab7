// ARNs of topics, subscriptions, platform applications and endpoints.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import type { Json } from '../../kernel/json';
import { invalid, type Refusal } from './faults';

interface Place {
  account: string;
  region: string;
}

export function snsArn(place: Place, resource: string): Arn {
  return formatArn({ service: 'sns', region: place.region, account: place.account, resource });
}

/** Without the id at the end. */
export function topicOfSubscription(subscriptionArn: Arn): Arn {
  return subscriptionArn.slice(0, subscriptionArn.lastIndexOf(':'));
}

/** Null when the text is an ARN of SNS. */
export function checkArn(member: string, value: Json | undefined): Refusal | null {
  const text = typeof value === 'string' ? value : '';
  const elements = text.split(':').length;
  if (elements < 6) return invalid(`${member} Reason: An ARN must have at least 6 elements, not ${elements}`);
  return parseArn(text)?.service === 'sns' ? null : invalid(member);
}
