// Insights: a query is started, runs for a moment, and gives its results for as long as the world lasts.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { groupArnOf, logGroupArn, placeKey } from './arns';
import { eventBytes, eventId, eventsBetween } from './event-order';
import { invalid, notFound } from './faults';
import { type Command, readQuery } from './insights/query';
import { Row, type Source } from './insights/row';
import { runQuery } from './insights/run';
import { QueryError } from './insights/tokens';
import { epochOf } from './lookup';
import { encodeToken } from './paging';
import type { LogGroup, LogsState } from './state';

/** Simplified: a query takes half a second here whatever it scans; on AWS the time grows with the data. */
const QUERY_MS = 500;

const GROUPS_MAX = 50;
const RESULTS_MAX = 10_000;

function readOrRefuse(queryString: string): Command[] | Extract<Reply, { fault: unknown }> {
  try {
    return readQuery(queryString);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const location = { startCharOffset: error.start, endCharOffset: error.end };
    const queryCompileError = { location, message: error.message };
    return clientFault('MalformedQueryException', error.message, 400, { queryCompileError });
  }
}

export function startQuery(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const { queryLanguage = 'CWLI', startTime, endTime, limit } = input;
  const queryString = String(input.queryString ?? '');
  if (queryLanguage !== 'CWLI')
    return invalid(`Queries in ${queryLanguage} are not part of this simulator: use the Logs Insights language.`);
  const named = [input.logGroupName, input.logGroupNames, input.logGroupIdentifiers].filter((names) => names !== undefined);
  if (named.length > 1) return invalid('Exactly one of logGroupName, logGroupNames or logGroupIdentifiers may be used.');
  const names = (Array.isArray(named[0]) ? named[0] : named).map(String);
  if (names.length === 0) return invalid('At least one log group is required.');
  if (names.length > GROUPS_MAX) return invalid(`A query can be over ${GROUPS_MAX} log groups at most.`);
  const groups = names.map((name) => (name.startsWith('arn:') ? groupArnOf(name) : logGroupArn(name, port)));
  const missing = groups.find((arn) => !state.groups[arn]);
  if (missing)
    return clientFault(
      'ResourceNotFoundException',
      `Log group '${missing.slice(missing.indexOf('log-group:') + 10)}' does not exist for account ID '${port.account}'`,
    );
  if (Number(endTime) < Number(startTime))
    return invalid("Query's end date and time is either before the start date and time, or is out of range.");
  const commands = readOrRefuse(queryString);
  if (!Array.isArray(commands)) return commands;
  const queryId = port.uuid();
  port.emit('logs:QueryStarted', resource, { queryId, place: placeKey(port), queryString, groups });
  const more = { queryId, startTime: startTime ?? 0, endTime: endTime ?? 0, limit: limit ?? RESULTS_MAX };
  port.call({ action: 'logs:EndQuery', resource, input: more }, QUERY_MS);
  return { ok: { queryId } };
}

/** Times of queries are in seconds; what is longer is in milliseconds. */
const inMs = (time: number) => (time < 100_000_000_000 ? time * 1000 : time);

export function endQuery(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const query = state.queries[input.queryId as string];
  if (query?.status !== 'Running') return { ok: {} };
  const commands = readOrRefuse(query.queryString);
  if (!Array.isArray(commands)) return { ok: {} };
  const groups = query.groups.flatMap((arn) => state.groups[arn] ?? []);
  const sources = groups.flatMap((group) => sourcesOf(group, inMs(Number(input.startTime)), inMs(Number(input.endTime)), port));
  const { results, recordsMatched } = runQuery(commands, sources, Number(input.limit));
  const statistics = {
    recordsMatched,
    recordsScanned: sources.length,
    estimatedRecordsSkipped: 0,
    bytesScanned: sources.reduce((bytes, { message }) => bytes + eventBytes(message), 0),
    estimatedBytesSkipped: 0,
    logGroupsScanned: groups.length,
  };
  port.emit('logs:QueryEnded', resource, { queryId: query.queryId, status: 'Complete', results, statistics });
  return { ok: {} };
}

function sourcesOf(group: LogGroup, from: number, to: number, port: Port): Source[] {
  return Object.values(group.streams).flatMap((stream) =>
    eventsBetween(group, stream, from, to + 1, port).map((event) => ({
      timestamp: event.timestamp,
      ingestionTime: epochOf(event.ingestedAt, port),
      message: event.message,
      logStream: stream.name,
      log: `${port.account}:${group.name}`,
      groupName: group.name,
      ptr: btoa(encodeToken(`${group.name}|${eventId(event)}`)),
    })),
  );
}

const unknownQuery = (id: unknown) => clientFault('ResourceNotFoundException', `Query with id ${id} does not exist`);

export function getQueryResults(state: Readonly<LogsState>, { input }: ApiCall): Reply {
  const query = state.queries[input.queryId as string];
  if (!query) return unknownQuery(input.queryId);
  return { ok: { queryLanguage: 'CWLI', results: query.results, statistics: query.statistics, status: query.status } };
}

export function stopQuery(state: Readonly<LogsState>, { input, resource }: ApiCall, port: Port): Reply {
  const query = state.queries[input.queryId as string];
  if (!query) return unknownQuery(input.queryId);
  if (query.status !== 'Running') return invalid('The query is not running.');
  port.emit('logs:QueryEnded', resource, { queryId: query.queryId, status: 'Cancelled' });
  return { ok: { success: true } };
}

export function describeQueries(state: Readonly<LogsState>, { input }: ApiCall, port: Port): Reply {
  const wanted = typeof input.logGroupName === 'string' ? logGroupArn(input.logGroupName, port) : null;
  if (wanted && !state.groups[wanted]) return notFound('log group');
  const queries = Object.values(state.queries)
    .filter(({ place, groups }) => place === placeKey(port) && (wanted === null || groups.includes(wanted)))
    .filter(({ status }) => input.status === undefined || status === input.status)
    .sort((a, b) => b.startedAt - a.startedAt)
    .map(
      (query): JsonObject => ({
        queryLanguage: 'CWLI',
        queryId: query.queryId,
        queryString: query.queryString,
        status: query.status,
        createTime: epochOf(query.startedAt, port),
        logGroupName: query.groups[0]?.slice(query.groups[0].indexOf('log-group:') + 10) ?? '',
        ...(query.endedAt === null ? {} : { queryDuration: Math.round(query.endedAt - query.startedAt) }),
      }),
    );
  const max = typeof input.maxResults === 'number' ? input.maxResults : 1000;
  return { ok: { queries: queries.slice(0, max) } };
}

/** The fields of the last fifteen minutes and how many of the events have them. */
export function getLogGroupFields(group: LogGroup, { input }: ApiCall, port: Port): Reply {
  const middle = typeof input.time === 'number' ? inMs(input.time) : port.epochMs - 450_000;
  const sources = sourcesOf(group, middle - 450_000, middle + 450_000, port);
  const counts = new Map<string, number>();
  for (const source of sources) {
    for (const name of ['@message', '@timestamp', '@logStream', '@log', '@ingestionTime', ...new Row(source).found]) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const logGroupFields = [...counts]
    .map(([name, count]): { name: string; percent: number } => ({ name, percent: Math.round((count / sources.length) * 100) }))
    .sort((a, b) => b.percent - a.percent || (a.name < b.name ? -1 : 1));
  return { ok: { logGroupFields } };
}
