// When an item with a time to live will be deleted. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
// Simplified: an item goes within ten minutes of its time; DynamoDB promises a few days.
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import { attributeOf, type Item } from './attribute-value';
import { type Position, tieOf } from './entries';
import type { Table } from './state';

const LAG_MAX_MS: Ms = 600_000;
/** What is older is taken for a mistake and kept. */
const AGE_MAX_MS: Ms = 5 * 365 * 24 * 3_600_000;

/** Unix milliseconds; null for an item that does not expire. */
export function expiryOf({ timeToLive }: Readonly<Table>, item: Item | null): number | null {
  const value = item && timeToLive !== null ? attributeOf(item, timeToLive)?.N : undefined;
  return value === undefined ? null : Number(value) * 1000;
}

export function planExpiry(table: Readonly<Table>, position: Position, item: Item | null, port: Port): void {
  if (table.timeToLive === null) return;
  const key = `dynamodb:expiry ${table.arn} ${tieOf(position)}`;
  port.cancel(key);
  const at = expiryOf(table, item);
  if (at === null || !Number.isFinite(at) || at < port.epochMs - AGE_MAX_MS) return;
  const delayMs = Math.max(0, at - port.epochMs) + Math.floor(port.random() * LAG_MAX_MS);
  const input = { position: { ...position } };
  port.call({ action: 'dynamodb:ExpireItem', resource: table.arn, input, background: true, key }, delayMs);
}
