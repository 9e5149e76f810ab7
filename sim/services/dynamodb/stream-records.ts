// A change of an item as a record of its table's stream.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { type Item, isSameItem, itemBytes } from './attribute-value';
import { type DynamoDbState, sequenceNumber, type Table } from './state';
import { keyOf } from './table-keys';

/** Who deletes expired items. LAM-USE-X02; Lambda spells the members in lower case. */
const TIME_TO_LIVE = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' };

/** A write that changes nothing leaves no record. */
export function recordChange(
  state: Readonly<DynamoDbState>,
  table: Readonly<Table>,
  before: Item | null,
  after: Item | null,
  port: Port,
  isExpiry = false,
): void {
  const stream = table.streamArn === null ? undefined : state.streams[table.streamArn];
  const item = after ?? before;
  if (!stream || !item || (before && after && isSameItem(before, after))) return;
  const keys = keyOf(item, table.key);
  const hasNew = after !== null && (stream.viewType === 'NEW_IMAGE' || stream.viewType === 'NEW_AND_OLD_IMAGES');
  const hasOld = before !== null && (stream.viewType === 'OLD_IMAGE' || stream.viewType === 'NEW_AND_OLD_IMAGES');
  const bytes = itemBytes(keys) + (hasNew ? itemBytes(after) : 0) + (hasOld ? itemBytes(before) : 0);
  const number = sequenceNumber(stream.written + 1);
  const dynamodb = {
    ApproximateCreationDateTime: Math.floor(port.epochMs / 1000),
    Keys: keys,
    ...(hasNew ? { NewImage: after } : {}),
    ...(hasOld ? { OldImage: before } : {}),
    SequenceNumber: number,
    SizeBytes: bytes,
    StreamViewType: stream.viewType,
  };
  const record: JsonObject = {
    eventID: port.uuid().replaceAll('-', ''),
    eventName: before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: port.region,
    dynamodb: dynamodb as unknown as Json,
    ...(isExpiry ? { userIdentity: TIME_TO_LIVE } : {}),
  };
  port.emit('dynamodb:StreamRecordWritten', stream.arn, {
    tableArn: table.arn,
    shardId: stream.shardId,
    sequenceNumber: number,
    bytes,
    record,
  });
}
