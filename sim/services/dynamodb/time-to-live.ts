// Time to live: items whose time is past are deleted in the background. Until then reads still give them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { noUnits } from './capacity';
import { findEntry, type Position } from './entries';
import { expiryOf, planExpiry } from './plan-expiry';
import { invalid } from './refusal';
import type { DynamoDbState } from './state';
import { tableOf } from './table-names';
import { writeItem } from './write-item';

/** The world's own step. The item may have changed since. */
export function expireItem(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = state.tables[call.resource];
  const position = call.input.position as unknown as Position;
  const before = table ? findEntry(table.entries, position) : null;
  const at = table && before ? expiryOf(table, before.item) : null;
  if (!table || !before || at === null || at > port.epochMs) return { ok: {} };
  const write = { table, operation: 'TimeToLive', position, before, after: null, units: noUnits() };
  writeItem(state, write, 'expired', 'dynamodb.amazonaws.com', port);
  return { ok: {} };
}

/** Simplified: the change holds at once; DynamoDB takes up to an hour. */
export function updateTimeToLive(state: Readonly<DynamoDbState>, call: ApiCall, port: Port): Reply {
  const table = tableOf(state, call, 'named');
  const { AttributeName, Enabled } = call.input.TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
  if (Enabled === (table.timeToLive !== null)) throw invalid(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  if (!Enabled && table.timeToLive !== AttributeName) {
    throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${table.timeToLive}`);
  }
  port.emit('dynamodb:TimeToLiveUpdated', table.arn, { attribute: Enabled ? AttributeName : null });
  for (const entry of table.entries) planExpiry(table, positionIn(entry), entry.item, port);
  return { ok: { TimeToLiveSpecification: { AttributeName, Enabled } } };
}

function positionIn({ hash, partition, range, tie }: Position): Position {
  return { hash, partition, range, tie };
}

export function describeTimeToLive(state: Readonly<DynamoDbState>, call: ApiCall): Reply {
  const { timeToLive } = tableOf(state, call, 'named');
  const description: JsonObject =
    timeToLive === null ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive };
  return { ok: { TimeToLiveDescription: description } };
}
