// kinesis: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of kinesis and the enumerations of @aws-sdk/client-kinesis 3.1143.0; not to be edited.
export const KINESIS_CONSTRAINTS = `
ConsumerARN length=1..2048 pattern=^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+
ConsumerName length=1..128 pattern=[a-zA-Z0-9_.-]+
Data length=0..10485760
DescribeStreamInputLimit range=1..10000
EncryptionType enum=NONE|KMS
GetRecordsInputLimit range=1..10000
HashKey pattern=0|([1-9]\\d{0,38})
KeyId length=1..2048
ListShardsInputLimit range=1..10000
ListStreamConsumersInputLimit range=1..10000
ListStreamsInputLimit range=1..10000
ListTagsForStreamInputLimit range=1..50
MaxRecordSizeInKiB range=1024..10240
MetricsName enum=IncomingBytes|IncomingRecords|OutgoingBytes|OutgoingRecords|WriteProvisionedThroughputExceeded|ReadProvisionedThroughputExceeded|IteratorAgeMilliseconds|ALL
MetricsNameList length=1..7 member=MetricsName
NaturalIntegerObject range=0..
NextToken length=1..1048576
PartitionKey length=1..256
PositiveIntegerObject range=1..
PutRecordsRequestEntryList length=1..500
ResourceARN length=1..2048 pattern=arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+
ScalingType enum=UNIFORM_SCALING
SequenceNumber pattern=0|([1-9]\\d{0,128})
ShardFilterType enum=AFTER_SHARD_ID|AT_TRIM_HORIZON|FROM_TRIM_HORIZON|AT_LATEST|AT_TIMESTAMP|FROM_TIMESTAMP
ShardId length=1..128 pattern=[a-zA-Z0-9_.-]+
ShardIterator length=1..512
ShardIteratorType enum=AT_SEQUENCE_NUMBER|AFTER_SEQUENCE_NUMBER|TRIM_HORIZON|LATEST|AT_TIMESTAMP
StreamARN length=1..2048 pattern=arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+
StreamId length=1..24 pattern=[a-z0-9]{20}-[a-z0-9]{3}
StreamMode enum=PROVISIONED|ON_DEMAND
StreamName length=1..128 pattern=[a-zA-Z0-9_.-]+
TagKey length=1..128
TagKeyList length=1..50 member=TagKey
TagMap length=1..200 key=TagKey value=TagValue
TagValue length=0..256
`;
