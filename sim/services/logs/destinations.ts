// Destinations: what subscription filters of other accounts send to. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestination.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { placeKey } from './arns';
import { notFound } from './faults';
import { pageOf } from './paging';
import type { LogsState } from './state';

export function putDestination(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const known = state.destinations[resource]?.value;
  const destination: JsonObject = {
    destinationName: input.destinationName ?? '',
    targetArn: input.targetArn ?? '',
    roleArn: input.roleArn ?? '',
    arn: resource,
    creationTime: known?.creationTime ?? Math.floor(port.epochMs),
    ...(known?.accessPolicy ? { accessPolicy: known.accessPolicy } : {}),
  };
  port.emit('logs:DestinationPut', resource, { place: placeKey(port), destination });
  return { ok: { destination } };
}

export function putDestinationPolicy(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const known = state.destinations[resource]?.value;
  if (!known) return notFound('destination');
  port.emit('logs:DestinationPut', resource, {
    place: placeKey(port),
    destination: { ...known, accessPolicy: input.accessPolicy ?? '' },
  });
  return { ok: {} };
}

export function deleteDestination(state: Readonly<LogsState>, { resource }: ApiCall, port: Port): Reply {
  if (!state.destinations[resource]) return notFound('destination');
  port.emit('logs:DestinationDeleted', resource, {});
  return { ok: {} };
}

export function describeDestinations(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const prefix = String(input.DestinationNamePrefix ?? '');
  const destinations = Object.values(state.destinations)
    .filter(({ place, value }) => place === placeKey(port) && String(value.destinationName).startsWith(prefix))
    .map(({ value }) => value);
  return pageOf(input, 'destinations', destinations, ({ destinationName }) => destinationName as string);
}
