// API destinations: where events go over HTTPS. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { destinationArn, withoutId } from './arns';
import { alreadyExists, checkMembers, invalid, limitExceeded, notFound } from './faults';
import { secondsAt } from './instant';
import { pageOf } from './paging';
import type { ApiDestination, EventsState } from './state';

/** EB-X15. */
const DESTINATIONS_MAX = 3000;
/** EB-X36. */
const RATE_DEFAULT = 300;

const METHODS = ['POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'];
const ENDPOINT = /^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$/;
const NAME = { required: true, min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ };

type Refusal = Extract<Reply, { fault: unknown }>;

const DESTINATION = {
  Name: NAME,
  Description: { max: 512 },
  InvocationEndpoint: { min: 1, max: 2048, pattern: ENDPOINT },
  HttpMethod: { oneOf: METHODS },
  InvocationRateLimitPerSecond: { min: 1 },
};

function destinationIn(state: Readonly<EventsState>, call: ApiCall, port: Port): { destination: ApiDestination } | Refusal {
  const refusal = checkMembers(call.input, DESTINATION);
  if (refusal) return refusal;
  const destination = state.destinations[destinationArn(port, String(call.input.Name))];
  return destination
    ? { destination }
    : notFound(`Failed to describe the api-destination(s). An api-destination '${call.input.Name}' does not exist.`);
}

function refuseEndpoint(endpoint: Json | undefined): ReturnType<typeof invalid> | null {
  return endpoint === undefined || /^https:\/\/[^/]+/.test(String(endpoint))
    ? null
    : invalid('Parameter InvocationEndpoint is not valid. Reason: it has to be an HTTPS URL.');
}

export function createApiDestination(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal =
    checkMembers(input, {
      ...DESTINATION,
      ConnectionArn: { required: true, min: 1, max: 1600 },
      InvocationEndpoint: { ...DESTINATION.InvocationEndpoint, required: true },
      HttpMethod: { ...DESTINATION.HttpMethod, required: true },
    }) ?? refuseEndpoint(input.InvocationEndpoint);
  if (refusal) return refusal;
  const key = destinationArn(port, String(input.Name));
  if (state.destinations[key]) return alreadyExists(`An api-destination '${input.Name}' already exists.`);
  if (Object.keys(state.destinations).length >= DESTINATIONS_MAX)
    return limitExceeded('The requested resource exceeds the maximum number allowed.');
  const connection = state.connections[withoutId(String(input.ConnectionArn))];
  if (!connection) return notFound(`Connection '${input.ConnectionArn}' does not exist.`);
  const arn = `${key}/${port.uuid()}`;
  port.emit('events:ApiDestinationCreated', key, {
    arn,
    name: String(input.Name),
    description: (input.Description as string | undefined) ?? null,
    connectionArn: connection.arn,
    endpoint: String(input.InvocationEndpoint),
    method: String(input.HttpMethod),
    ratePerSecond: (input.InvocationRateLimitPerSecond as number | undefined) ?? RATE_DEFAULT,
  });
  return { ok: destinationStamps(arn, port.now, port.now, port) };
}

function destinationStamps(arn: string, createdAt: number, changedAt: number, port: Port): JsonObject {
  const times = { CreationTime: secondsAt(createdAt, port), LastModifiedTime: secondsAt(changedAt, port) };
  return { ApiDestinationArn: arn, ApiDestinationState: 'ACTIVE', ...times };
}

export function updateApiDestination(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = destinationIn(state, call, port);
  if ('fault' in found) return found;
  const { destination } = found;
  const { input } = call;
  const refusal = refuseEndpoint(input.InvocationEndpoint);
  if (refusal) return refusal;
  port.emit('events:ApiDestinationUpdated', destinationArn(port, destination.name), {
    description: (input.Description as string | undefined) ?? destination.description,
    connectionArn: (input.ConnectionArn as string | undefined) ?? destination.connectionArn,
    endpoint: (input.InvocationEndpoint as string | undefined) ?? destination.endpoint,
    method: (input.HttpMethod as string | undefined) ?? destination.method,
    ratePerSecond: (input.InvocationRateLimitPerSecond as number | undefined) ?? destination.ratePerSecond,
  });
  return { ok: destinationStamps(destination.arn, destination.createdAt, port.now, port) };
}

export function deleteApiDestination(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = destinationIn(state, call, port);
  if ('fault' in found) return found;
  port.emit('events:ApiDestinationDeleted', destinationArn(port, found.destination.name), {});
  return { ok: {} };
}

function summary(destination: ApiDestination, port: Port): JsonObject {
  return {
    ...destinationStamps(destination.arn, destination.createdAt, destination.changedAt, port),
    Name: destination.name,
    ConnectionArn: destination.connectionArn,
    InvocationEndpoint: destination.endpoint,
    HttpMethod: destination.method,
    InvocationRateLimitPerSecond: destination.ratePerSecond,
  };
}

export function describeApiDestination(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = destinationIn(state, call, port);
  if ('fault' in found) return found;
  const { description } = found.destination;
  return { ok: { ...summary(found.destination, port), ...(description ? { Description: description } : {}) } };
}

export function listApiDestinations(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const here = destinationArn(port, '');
  const { NamePrefix, ConnectionArn } = call.input;
  const destinations = Object.values(state.destinations)
    .filter((destination) => destination.arn.startsWith(here) && destination.name.startsWith(String(NamePrefix ?? '')))
    .filter((destination) => ConnectionArn === undefined || destination.connectionArn === ConnectionArn)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return pageOf(
    call.input,
    'ApiDestinations',
    destinations.map((destination) => summary(destination, port)),
  );
}
