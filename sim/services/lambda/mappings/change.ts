// A change of a mapping that was found in order: a fact at once, in force some seconds later. And the refusals of what cannot be changed.
// https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
import { formatArn } from '../../../kernel/arn';
import { type Continuation, clientFault, type Fault } from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { emitLambda } from '../facts';
import { notFound } from '../function';
import type { LambdaState } from '../state';
import { settlingMs } from '../timing';
import { viewOf } from './configuration';
import type { Mapping, MappingConfiguration } from './mapping';
import { pollEndMs } from './poll-end';

export interface PendingChange {
  configuration: MappingConfiguration;
  isEnabled: boolean;
  kind: 'create' | 'update';
  replyTo: Continuation | null;
}

/** The queue and the role are in order: the mapping is there, and in force some seconds later. */
export function finishChange(state: Readonly<LambdaState>, change: PendingChange, port: Port): { ok: JsonObject } | { fault: Fault } {
  const { configuration, isEnabled, kind } = change;
  const uuid = kind === 'create' ? port.uuid() : configuration.uuid;
  const full = { ...configuration, uuid };
  const existing = state.mappings[uuid];
  if (kind === 'update' && (!existing || isBusy(existing))) return existing ? inUse('update') : noMapping();
  const arn = existing?.arn ?? mappingArn(uuid, port);
  const pollMs = existing ? pollEndMs(existing, port) : 0;
  if (existing) {
    const wasEnabled = existing.status === 'Enabled';
    const status = wasEnabled === isEnabled ? 'Updating' : isEnabled ? 'Enabling' : 'Disabling';
    emitLambda(port, 'lambda:EventSourceMappingUpdated', arn, { status });
  } else emitLambda(port, 'lambda:EventSourceMappingCreated', arn, { ...full, isEnabled });
  const mapping = state.mappings[uuid];
  if (!mapping) return noMapping();
  const waitMs = Math.max(settlingMs(port), mapping.status === 'Disabling' ? pollMs : 0);
  const input = { configuration: full as unknown as JsonObject, isEnabled };
  port.call({ action: 'lambda:SettleMapping', resource: arn, input, trace: null }, waitMs);
  return { ok: { ...viewOf({ ...mapping, ...full }, port) } };
}

/** A change is under way. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html#API_UpdateEventSourceMapping_Errors */
export function isBusy({ status }: Mapping): boolean {
  return status !== 'Enabled' && status !== 'Disabled';
}

export function inUse(verb: 'update' | 'delete'): { fault: Fault } {
  return clientFault('ResourceInUseException', `Cannot ${verb} the event source mapping because it is in use.`, 400, { Type: 'User' });
}

export function noMapping(): { fault: Fault } {
  return notFound('The resource you requested does not exist.');
}

export function mappingArn(uuid: string, { account, region }: { account: string; region: string }): string {
  return formatArn({ service: 'lambda', region, account, resource: `event-source-mapping:${uuid}` });
}
