// Connections: how API destinations prove who calls. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
// Simplified: the secret stays in the connection; EventBridge keeps it in Secrets Manager. OAuth is not tried when a connection is made.
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { connectionArn } from './arns';
import { alreadyExists, checkMembers, invalid, limitExceeded, notFound } from './faults';
import { secondsAt } from './instant';
import { pageOf } from './paging';
import type { Connection, EventsState } from './state';

/** EB-X15. */
const CONNECTIONS_MAX = 3000;

const NAME = { required: true, min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ };
const TYPES = ['BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY'];
const PARAMETERS_OF: Record<string, string> = {
  BASIC: 'BasicAuthParameters',
  API_KEY: 'ApiKeyAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters',
};
const SECRETS = ['Password', 'ApiKeyValue', 'ClientSecret'];

type Refusal = Extract<Reply, { fault: unknown }>;

function connectionIn(state: Readonly<EventsState>, call: ApiCall, port: Port): { connection: Connection } | Refusal {
  const refusal = checkMembers(call.input, { Name: NAME });
  if (refusal) return refusal;
  const connection = state.connections[connectionArn(port, String(call.input.Name))];
  return connection ? { connection } : notFound(`Failed to describe the connection(s). Connection '${call.input.Name}' does not exist.`);
}

export function createConnection(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkMembers(input, {
    Name: NAME,
    AuthorizationType: { required: true, oneOf: TYPES },
    AuthParameters: { required: true },
    Description: { max: 512 },
  });
  if (refusal) return refusal;
  const key = connectionArn(port, String(input.Name));
  if (state.connections[key]) return alreadyExists(`Connection ${input.Name} already exists.`);
  if (Object.keys(state.connections).length >= CONNECTIONS_MAX)
    return limitExceeded('The requested resource exceeds the maximum number allowed.');
  const type = String(input.AuthorizationType);
  const member = PARAMETERS_OF[type] ?? '';
  const parameters = input.AuthParameters as JsonObject;
  if (parameters[member] === undefined)
    return invalid(`Parameter AuthParameters.${member} is not valid. Reason: it is required for the authorization type ${type}.`);
  const arn = `${key}/${port.uuid()}`;
  port.emit('events:ConnectionCreated', key, {
    arn,
    name: String(input.Name),
    description: (input.Description as string | undefined) ?? null,
    authorizationType: type,
    authParameters: parameters,
  });
  return { ok: stampsOf(arn, port.now, port.now, port) };
}

function stampsOf(arn: string, createdAt: number, changedAt: number, port: Port): JsonObject {
  const times = { CreationTime: secondsAt(createdAt, port), LastModifiedTime: secondsAt(changedAt, port) };
  return { ConnectionArn: arn, ConnectionState: 'AUTHORIZED', ...times, LastAuthorizedTime: secondsAt(changedAt, port) };
}

export function updateConnection(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = connectionIn(state, call, port);
  if ('fault' in found) return found;
  const { connection } = found;
  const { Description, AuthorizationType, AuthParameters } = call.input;
  port.emit('events:ConnectionUpdated', connectionArn(port, connection.name), {
    description: (Description as string | undefined) ?? connection.description,
    authorizationType: (AuthorizationType as string | undefined) ?? connection.authorizationType,
    authParameters: (AuthParameters as JsonObject | undefined) ?? connection.authParameters,
  });
  return { ok: stampsOf(connection.arn, connection.createdAt, port.now, port) };
}

export function deleteConnection(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = connectionIn(state, call, port);
  if ('fault' in found) return found;
  const { connection } = found;
  port.emit('events:ConnectionDeleted', connectionArn(port, connection.name), {});
  const { ConnectionArn, CreationTime, LastModifiedTime } = stampsOf(connection.arn, connection.createdAt, connection.changedAt, port);
  return {
    ok: {
      ConnectionArn: ConnectionArn ?? '',
      ConnectionState: 'DELETING',
      CreationTime: CreationTime ?? 0,
      LastModifiedTime: LastModifiedTime ?? 0,
    },
  };
}

/** Secrets are never given back. */
function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !SECRETS.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutSecrets(member)]));
}

export function describeConnection(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = connectionIn(state, call, port);
  if ('fault' in found) return found;
  const { connection } = found;
  const { arn, name, description, authorizationType, authParameters, createdAt, changedAt } = connection;
  return {
    ok: {
      ...stampsOf(arn, createdAt, changedAt, port),
      Name: name,
      AuthorizationType: authorizationType,
      AuthParameters: withoutSecrets(authParameters),
      ...(description ? { Description: description } : {}),
    },
  };
}

export function listConnections(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const here = connectionArn(port, '');
  const connections = Object.values(state.connections)
    .filter((connection) => connection.arn.startsWith(here) && connection.name.startsWith(String(call.input.NamePrefix ?? '')))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ arn, name, authorizationType, createdAt, changedAt }) => ({
      ...stampsOf(arn, createdAt, changedAt, port),
      Name: name,
      AuthorizationType: authorizationType,
    }));
  return pageOf(call.input, 'Connections', connections);
}
