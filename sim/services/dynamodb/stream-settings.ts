// A table's stream, switched on and off. Each time it is switched on it is a new stream with its own ARN.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html#Streams.Enabling
import type { Arn } from '../../kernel/arn';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalidParameter } from './refusal';
import type { StreamView } from './state';

/** Null: no stream. */
export function readStreamView(given: Json | undefined): StreamView | null {
  if (given === undefined || given === null) return null;
  const { StreamEnabled, StreamViewType } = given as JsonObject;
  if (StreamEnabled === true && StreamViewType === undefined) {
    throw invalidParameter('StreamViewType must be specified when StreamEnabled is true');
  }
  if (StreamEnabled !== true && StreamViewType !== undefined) {
    throw invalidParameter('StreamViewType can only be specified when StreamEnabled is true');
  }
  return StreamEnabled === true ? (StreamViewType as StreamView) : null;
}

export function enableStream(tableArn: Arn, viewType: StreamView, port: Port): void {
  const label = new Date(Math.floor(port.epochMs)).toISOString().replace('Z', '');
  const shardId = `shardId-${String(Math.floor(port.epochMs)).padStart(20, '0')}-${port.uuid().slice(0, 8)}`;
  port.emit('dynamodb:StreamEnabled', `${tableArn}/stream/${label}`, { tableArn, label, viewType, shardId });
}

export function disableStream(streamArn: Arn, port: Port): void {
  port.emit('dynamodb:StreamDisabled', streamArn, {});
}
