// Saved Insights queries. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { placeKey } from './arns';
import { notFound } from './faults';
import { pageOf } from './paging';
import type { LogsState } from './state';

export function putQueryDefinition(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const given = input.queryDefinitionId as string | undefined;
  if (given !== undefined && !state.queryDefinitions[given]) return notFound('query definition');
  const queryDefinitionId = given ?? port.uuid();
  const definition: JsonObject = {
    queryDefinitionId,
    name: input.name ?? '',
    queryString: input.queryString ?? '',
    lastModified: Math.floor(port.epochMs),
    logGroupNames: input.logGroupNames ?? [],
    queryLanguage: input.queryLanguage ?? 'CWLI',
  };
  port.emit('logs:QueryDefinitionPut', resource, { queryDefinitionId, place: placeKey(port), definition });
  return { ok: { queryDefinitionId } };
}

export function deleteQueryDefinition(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const queryDefinitionId = String(input.queryDefinitionId);
  if (!state.queryDefinitions[queryDefinitionId]) return notFound('query definition');
  port.emit('logs:QueryDefinitionDeleted', resource, { queryDefinitionId });
  return { ok: { success: true } };
}

export function describeQueryDefinitions(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const definitions = Object.values(state.queryDefinitions)
    .filter(({ place, value }) => place === placeKey(port) && String(value.name).startsWith(String(input.queryDefinitionNamePrefix ?? '')))
    .map(({ value }) => value)
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  return pageOf(input, 'queryDefinitions', definitions, ({ queryDefinitionId }) => queryDefinitionId as string, input.maxResults);
}
