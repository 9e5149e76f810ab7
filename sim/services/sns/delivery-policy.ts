// How SNS retries HTTP/S endpoints: the policies of topics and subscriptions, checked and merged. SNS-X11.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
import type { Json, JsonObject } from '../../kernel/json';
import type { Subscription, Topic } from './state';

const BACKOFF_FUNCTIONS = ['linear', 'arithmetic', 'geometric', 'exponential'] as const;
export type BackoffFunction = (typeof BACKOFF_FUNCTIONS)[number];

export interface RetryPolicy {
  numRetries: number;
  numNoDelayRetries: number;
  numMinDelayRetries: number;
  numMaxDelayRetries: number;
  /** Seconds. */
  minDelayTarget: number;
  /** Seconds. */
  maxDelayTarget: number;
  backoffFunction: BackoffFunction;
}

interface HttpPolicy {
  retry: RetryPolicy;
  maxReceivesPerSecond: number | null;
  headerContentType: string | null;
}

export const DEFAULT_RETRY: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};

const DELAY_MAX = 3600;
const RETRIES_MAX = 100;
/** Seconds from the first attempt to the last. */
const TOTAL_MAX = 3600;

function objectIn(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

function parseObject(text: string): JsonObject | null {
  try {
    return objectIn(JSON.parse(text) as Json);
  } catch {
    return null;
  }
}

/** `at`: `http.defaultHealthyRetryPolicy` of a topic, `healthyRetryPolicy` of a subscription. Null when the policy is in order. */
function retryProblem(given: JsonObject, at: string): string | null {
  const policy = { ...DEFAULT_RETRY, ...given } as unknown as Record<keyof RetryPolicy, Json>;
  const counts = ['numRetries', 'numNoDelayRetries', 'numMinDelayRetries', 'numMaxDelayRetries'] as const;
  for (const name of Object.keys(given)) if (!(name in DEFAULT_RETRY)) return `Unexpected JSON member: ${at}.${name}`;
  if (given.numRetries === undefined && Object.keys(given).length > 0) return `${at}.numRetries must be specified`;
  for (const name of counts) {
    const value = policy[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return `${at}.${name} must be a non-negative integer`;
  }
  const retry = policy as unknown as RetryPolicy;
  if (retry.numRetries > RETRIES_MAX) return `${at}.numRetries must be less than or equal to ${RETRIES_MAX}`;
  for (const name of ['minDelayTarget', 'maxDelayTarget'] as const) {
    const value = policy[name];
    if (typeof value !== 'number' || value < 1 || value > DELAY_MAX) return `${at}.${name} must be between 1 and ${DELAY_MAX}`;
  }
  if (retry.minDelayTarget > retry.maxDelayTarget) return `${at}.maxDelayTarget must be greater than or equal to minDelayTarget`;
  if (!BACKOFF_FUNCTIONS.includes(retry.backoffFunction)) return `${at}.backoffFunction must be one of: ${BACKOFF_FUNCTIONS.join(', ')}`;
  const phases = retry.numNoDelayRetries + retry.numMinDelayRetries + retry.numMaxDelayRetries;
  if (phases > retry.numRetries) {
    return `${at}.numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries`;
  }
  const atLeast = retry.numMinDelayRetries * retry.minDelayTarget + retry.numMaxDelayRetries * retry.maxDelayTarget;
  const backoff = retry.numRetries - phases;
  if (atLeast + (backoff * (retry.minDelayTarget + retry.maxDelayTarget)) / 2 > TOTAL_MAX) {
    return `${at}: the total retry time must not exceed ${TOTAL_MAX} seconds`;
  }
  return null;
}

function partsProblem(parts: JsonObject, retryName: string, prefix: string, others: readonly string[]): string | null {
  const allowed = [retryName, 'sicklyRetryPolicy', 'throttlePolicy', 'requestPolicy', ...others];
  for (const name of Object.keys(parts)) if (!allowed.includes(name)) return `Unexpected JSON member: ${prefix}${name}`;
  const retry = parts[retryName];
  if (retry !== undefined && retry !== null) {
    const policy = objectIn(retry);
    if (!policy) return `${prefix}${retryName} must be a JSON object`;
    const problem = retryProblem(policy, prefix + retryName);
    if (problem) return problem;
  }
  const throttle = objectIn(parts.throttlePolicy);
  const rate = throttle?.maxReceivesPerSecond;
  if (rate !== undefined && rate !== null && (typeof rate !== 'number' || !Number.isInteger(rate) || rate < 1)) {
    return `${prefix}throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1`;
  }
  return null;
}

/** Null when the text is a delivery policy that a topic can have. */
export function topicPolicyProblem(text: string): string | null {
  const policy = parseObject(text);
  if (!policy) return 'failed to parse JSON.';
  for (const name of Object.keys(policy)) if (name !== 'http') return `Unexpected JSON member: ${name}`;
  const http = objectIn(policy.http);
  if (!http) return 'http must be a JSON object';
  const names = ['disableSubscriptionOverrides', 'defaultSicklyRetryPolicy', 'defaultThrottlePolicy', 'defaultRequestPolicy'];
  const { defaultThrottlePolicy, defaultRequestPolicy, ...rest } = http;
  const renamed: JsonObject = { ...rest };
  if (defaultThrottlePolicy !== undefined) renamed.throttlePolicy = defaultThrottlePolicy;
  if (defaultRequestPolicy !== undefined) renamed.requestPolicy = defaultRequestPolicy;
  return partsProblem(renamed, 'defaultHealthyRetryPolicy', 'http.', names);
}

/** Null when the text is a delivery policy that a subscription can have. */
export function subscriptionPolicyProblem(text: string): string | null {
  const policy = parseObject(text);
  return policy ? partsProblem(policy, 'healthyRetryPolicy', '', ['guaranteed']) : 'failed to parse JSON.';
}

function topicHttp(topic: Topic): JsonObject {
  const policy = topic.attributes.DeliveryPolicy ? parseObject(topic.attributes.DeliveryPolicy) : null;
  return objectIn(policy?.http) ?? {};
}

function withDefaults(policy: JsonObject | null): RetryPolicy {
  return { ...DEFAULT_RETRY, ...(policy as Partial<RetryPolicy> | null) };
}

/** A subscription's own policy wins over its topic's, unless the topic forbids it. */
export function httpPolicy(topic: Topic, subscription: Subscription): HttpPolicy {
  const http = topicHttp(topic);
  const own = http.disableSubscriptionOverrides === true ? null : parseObject(subscription.attributes.DeliveryPolicy ?? 'null');
  const throttle = objectIn(own?.throttlePolicy) ?? objectIn(http.defaultThrottlePolicy);
  const request = objectIn(own?.requestPolicy) ?? objectIn(http.defaultRequestPolicy);
  return {
    retry: withDefaults(objectIn(own?.healthyRetryPolicy) ?? objectIn(http.defaultHealthyRetryPolicy)),
    maxReceivesPerSecond: typeof throttle?.maxReceivesPerSecond === 'number' ? throttle.maxReceivesPerSecond : null,
    headerContentType: typeof request?.headerContentType === 'string' ? request.headerContentType : null,
  };
}

/** What GetTopicAttributes shows as EffectiveDeliveryPolicy. */
export function effectiveTopicPolicy(topic: Topic): string {
  const http = topicHttp(topic);
  const retry = withDefaults(objectIn(http.defaultHealthyRetryPolicy));
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: retry,
      disableSubscriptionOverrides: http.disableSubscriptionOverrides === true,
      ...(objectIn(http.defaultThrottlePolicy) ? { defaultThrottlePolicy: http.defaultThrottlePolicy } : {}),
      defaultRequestPolicy: objectIn(http.defaultRequestPolicy) ?? { headerContentType: 'text/plain; charset=UTF-8' },
    },
  });
}

/** What GetSubscriptionAttributes of an HTTP/S endpoint shows as EffectiveDeliveryPolicy. */
export function effectiveSubscriptionPolicy(topic: Topic, subscription: Subscription): string {
  const { retry, maxReceivesPerSecond, headerContentType } = httpPolicy(topic, subscription);
  return JSON.stringify({
    healthyRetryPolicy: retry,
    sicklyRetryPolicy: null,
    throttlePolicy: maxReceivesPerSecond === null ? null : { maxReceivesPerSecond },
    requestPolicy: { headerContentType: headerContentType ?? 'text/plain; charset=UTF-8' },
    guaranteed: false,
  });
}
