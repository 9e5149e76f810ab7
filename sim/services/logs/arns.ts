// Names of log groups and streams. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';

export interface Place {
  account: string;
  region: string;
}

export const placeKey = ({ account, region }: Place): string => `${account}:${region}`;

export function logGroupArn(name: string, { account, region }: Place): Arn {
  return formatArn({ service: 'logs', region, account, resource: `log-group:${name}` });
}

/** The group of a resource: IAM knows groups by their streams, `log-group:<name>:log-stream:<stream>`, and by `log-group:<name>:*`. */
export function groupArnOf(resource: Arn): Arn {
  const stream = resource.indexOf(':log-stream:');
  if (stream !== -1) return resource.slice(0, stream);
  return resource.endsWith(':*') ? resource.slice(0, -2) : resource;
}

export function groupNameIn(arn: Arn): string {
  return parseArn(groupArnOf(arn))?.resource.replace(/^log-group:/, '') ?? arn;
}

/** What an operation calls the group: its name, or its ARN where AWS takes one. */
export function groupArnIn(input: JsonObject, place: Place): Arn {
  const given = String(input.logGroupName ?? input.logGroupIdentifier ?? '');
  return given.startsWith('arn:') ? groupArnOf(given) : logGroupArn(given, place);
}

export function streamArn(group: Arn, stream: string): Arn {
  return `${group}:log-stream:${stream}`;
}
