// How things are called in explanations: short names of resources, lengths of time, values cut to what a sentence bears.
import { parseArn } from '../kernel/arn';
import type { Fact } from '../kernel/fact';
import type { Json } from '../kernel/json';
import type { Ms } from '../kernel/time';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What people call a resource: `charge`, `orders-dlq`, `payments.example`, `charge-role` for a session of it. */
export function shortName(resource: string): string {
  const arn = parseArn(resource);
  if (!arn) return resource.replace(/^https?:\/\//, '').replace(/(?<=.)\/.*$/, '');
  const parts = arn.resource.split(/[:/]/).filter((part) => part !== '');
  if (arn.service === 'lambda' && parts[0] === 'function') return parts.slice(1).join(':');
  if (arn.service === 'logs' && parts[0] === 'log-group') return arn.resource.slice('log-group:'.length).replace(/:.*$/, '');
  if (arn.service === 'sts' && parts[0] === 'assumed-role') return parts[1] ?? resource;
  if (arn.service === 'kms' && parts[0] === 'alias') return arn.resource;
  // The id of a subscription says nothing; its topic does.
  if (arn.service === 'sns' && parts.length > 1 && parts[0] !== 'endpoint' && parts[0] !== 'app') return parts[0] ?? resource;
  return parts[parts.length - 1] ?? resource;
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

export function named(resource: Json | undefined): string {
  return code(shortName(textOf(resource)));
}

/** `queue \`orders\``: what a subscription delivers to. */
export function subscriptionName(trace: readonly Fact[], subscriptionArn: Json | undefined): string {
  const made = trace.find((fact) => fact.type === 'sns:SubscriptionRequested' && fact.resource === subscriptionArn);
  if (!made) return `a subscription of ${named(subscriptionArn)}`;
  return endpointName(textOf(made.data.protocol), textOf(made.data.endpoint));
}

const ENDPOINTS: Record<string, string> = {
  sqs: 'queue',
  lambda: 'function',
  http: 'endpoint',
  https: 'endpoint',
  email: 'mailbox',
  'email-json': 'mailbox',
  sms: 'phone',
  application: 'device',
  firehose: 'stream',
};

export function endpointName(protocol: string, endpoint: string): string {
  const isArn = endpoint.startsWith('arn:');
  return `${ENDPOINTS[protocol] ?? protocol} ${code(isArn ? shortName(endpoint) : endpoint)}`;
}

export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function shorten(text: string, charactersMax = 80): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1)}…`;
}

/** AWS's own words as the end of a sentence: some messages have no full stop. */
export function quoted(message: Json | undefined, charactersMax = 160): string {
  const text = shorten(textOf(message).trim(), charactersMax);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function plural(count: number, unit: string): string {
  const rounded = Number(count.toFixed(1));
  return `${rounded.toLocaleString('en-US')} ${unit}${rounded === 1 ? '' : 's'}`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A length of time in a sentence: `1 minute`, `30 seconds`, `182 ms`, `23 days`. */
export function spell(ms: Ms): string {
  if (ms < SECOND) return `${Number(ms.toFixed(ms < 10 ? 2 : 0))} ms`;
  if (ms < MINUTE) return plural(ms / SECOND, 'second');
  if (ms < HOUR) return plural(ms / MINUTE, 'minute');
  return ms < 2 * DAY ? plural(ms / HOUR, 'hour') : plural(ms / DAY, 'day');
}

/** A moment of virtual time: `00:03:00.412`. */
export function clock(at: Ms): string {
  const whole = Math.floor(at);
  const part = (unit: Ms, modulus: number) => String(Math.floor(whole / unit) % modulus).padStart(2, '0');
  const days = Math.floor(whole / DAY);
  const time = `${part(HOUR, 24)}:${part(MINUTE, 60)}:${part(SECOND, 60)}.${String(whole % SECOND).padStart(3, '0')}`;
  return days > 0 ? `day ${days + 1}, ${time}` : time;
}

/** `Error: card network down` */
export function errorLine(error: Json | undefined): string {
  const { errorType, errorMessage } = (error ?? {}) as { errorType?: string; errorMessage?: string };
  return errorMessage ? `${errorType}: ${errorMessage}` : (errorType ?? 'unknown error');
}
