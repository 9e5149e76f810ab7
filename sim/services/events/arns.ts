// ARNs of EventBridge's resources, and what a name or ARN in a request means.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';

export interface Place {
  account: string;
  region: string;
}

function eventsArn(place: Place, resource: string): Arn {
  return formatArn({ service: 'events', region: place.region, account: place.account, resource });
}

/** Of a bus named by its name or ARN; the default bus when it is not named. */
export function busArn(place: Place, nameOrArn: unknown): Arn {
  const text = typeof nameOrArn === 'string' && nameOrArn !== '' ? nameOrArn : 'default';
  return text.startsWith('arn:') ? text : eventsArn(place, `event-bus/${text}`);
}

export function busName(arn: Arn): string {
  return parseArn(arn)?.resource.replace(/^event-bus\//, '') ?? arn;
}

/** `rule/<name>` on the default bus, `rule/<bus>/<name>` on the others. */
export function ruleArn(bus: Arn, name: string): Arn {
  const parts = parseArn(bus);
  const place = { account: parts?.account ?? '', region: parts?.region ?? '' };
  const on = busName(bus);
  return eventsArn(place, on === 'default' ? `rule/${name}` : `rule/${on}/${name}`);
}

export function parseRuleArn(arn: Arn): { bus: Arn; name: string } | null {
  const parts = parseArn(arn);
  if (!parts?.resource.startsWith('rule/')) return null;
  const path = parts.resource.slice('rule/'.length);
  const cut = path.lastIndexOf('/');
  return { bus: eventsArn(parts, `event-bus/${cut < 0 ? 'default' : path.slice(0, cut)}`), name: path.slice(cut + 1) };
}

export function archiveArn(place: Place, name: string): Arn {
  return eventsArn(place, `archive/${name}`);
}

export function replayArn(place: Place, name: string): Arn {
  return eventsArn(place, `replay/${name}`);
}

/** IAM's resource; the ARN that the API gives ends with an id. */
export function connectionArn(place: Place, name: string): Arn {
  return eventsArn(place, `connection/${name}`);
}

export function destinationArn(place: Place, name: string): Arn {
  return eventsArn(place, `api-destination/${name}`);
}

/** Without the id at the end of a connection's or an API destination's full ARN. */
export function withoutId(arn: Arn): Arn {
  return arn.replace(/^(arn:[^/]*:(?:connection|api-destination)\/[^/]+)\/.*$/, '$1');
}

export function isDefaultBus(arn: Arn): boolean {
  return busName(arn) === 'default';
}
