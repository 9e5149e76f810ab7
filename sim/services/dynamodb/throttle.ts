// Provisioned capacity: a table refuses requests when what it may use, and what it has saved up, is used up.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
// Simplified: the whole table is one partition, and its indexes share its capacity; tables on demand never refuse. AWS splits a table into partitions, each with its own limit.
import type { ApiCall } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { available } from './capacity';
import { Refusal } from './refusal';
import type { Table } from './state';

const EXCEEDED =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.';

export function refuseReads(table: Readonly<Table>, call: ApiCall, port: Port): void {
  refuse(table, 'reads', call, port);
}

export function refuseWrites(table: Readonly<Table>, call: ApiCall, port: Port): void {
  refuse(table, 'writes', call, port);
}

export function isExhausted(table: Readonly<Table>, which: 'reads' | 'writes', now: number): boolean {
  const perSecond = perSecondOf(table, which);
  return perSecond !== null && available(table[which], perSecond, now) <= 0;
}

function perSecondOf({ throughput }: Readonly<Table>, which: 'reads' | 'writes'): number | null {
  if (!throughput) return null;
  return which === 'reads' ? throughput.ReadCapacityUnits : throughput.WriteCapacityUnits;
}

function refuse(table: Readonly<Table>, which: 'reads' | 'writes', call: ApiCall, port: Port): void {
  if (!isExhausted(table, which, port.now)) return;
  tellThrottle(table, which, call, port);
  throw new Refusal('ProvisionedThroughputExceededException', EXCEEDED);
}

export function tellThrottle(table: Readonly<Table>, which: 'reads' | 'writes', { action, principal }: ApiCall, port: Port): void {
  port.emit('dynamodb:RequestThrottled', table.arn, {
    action,
    capacity: which,
    perSecond: perSecondOf(table, which),
    principal: principal.id,
  });
}
