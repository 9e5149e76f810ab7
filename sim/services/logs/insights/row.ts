// One log event as Insights sees it: system fields, fields found in JSON and in Lambda's lines, fields that the query adds.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
import type { Json } from '../../../kernel/json';

export type Value = string | number | boolean | null;

export interface Source {
  timestamp: number;
  ingestionTime: number;
  message: string;
  logStream: string;
  /** `<account>:<group>` */
  log: string;
  groupName: string;
  ptr: string;
}

const REPORT_NUMBERS: Record<string, string> = {
  Duration: '@duration',
  'Billed Duration': '@billedDuration',
  'Memory Size': '@memorySize',
  'Max Memory Used': '@maxMemoryUsed',
  'Init Duration': '@initDuration',
};

/** Lambda's sizes are found in bytes. */
const UNIT: Record<string, number> = { ms: 1, MB: 1_000_000 };

export class Row {
  private readonly added = new Map<string, Value>();
  private discovered: Map<string, Value> | null = null;

  constructor(readonly source: Source | null) {}

  set(name: string, value: Value): void {
    this.added.set(name, value);
  }

  get(name: string): Value {
    const added = this.added.get(name);
    if (added !== undefined) return added;
    const { source } = this;
    if (!source) return null;
    switch (name) {
      case '@timestamp':
        return source.timestamp;
      case '@ingestionTime':
        return source.ingestionTime;
      case '@message':
        return source.message;
      case '@logStream':
        return source.logStream;
      case '@log':
        return source.log;
      case '@ptr':
        return source.ptr;
    }
    this.discovered ??= discover(source);
    return this.discovered.get(name) ?? null;
  }

  /** Names of what was found in the event, besides the system fields. */
  get found(): string[] {
    if (!this.source) return [];
    this.discovered ??= discover(this.source);
    return [...this.discovered.keys()];
  }
}

function discover({ message, groupName }: Source): Map<string, Value> {
  const found = new Map<string, Value>();
  if (groupName.startsWith('/aws/lambda/')) discoverLambda(message, found);
  const start = message.indexOf('{');
  if (start === -1) return found;
  try {
    flatten(JSON.parse(message.slice(start)) as Json, '', found);
  } catch {
    // Not JSON: there is nothing more to find.
  }
  return found;
}

const FIELDS_MAX = 200;

function flatten(value: Json, path: string, found: Map<string, Value>): void {
  if (found.size >= FIELDS_MAX) return;
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) flatten(member, path === '' ? key : `${path}.${key}`, found);
  } else if (path !== '') found.set(path, typeof value === 'boolean' ? (value ? 1 : 0) : value);
}

function discoverLambda(message: string, found: Map<string, Value>): void {
  const [, type, requestId] = /^(START|END|REPORT) RequestId: (\S+)/.exec(message) ?? [];
  if (type && requestId) {
    found.set('@type', type);
    found.set('@requestId', requestId);
  } else {
    const [, own] = /^\S+\t([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\t/.exec(message) ?? [];
    if (own) found.set('@requestId', own);
  }
  if (type !== 'REPORT') return;
  for (const part of message.trim().split('\t')) {
    const [, name = '', number, unit = ''] = /^([A-Za-z ]+): ([\d.]+) (ms|MB)$/.exec(part) ?? [];
    const field = REPORT_NUMBERS[name];
    if (field && number !== undefined) found.set(field, Number(number) * (UNIT[unit] ?? 1));
  }
}
