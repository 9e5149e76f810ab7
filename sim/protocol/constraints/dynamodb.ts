// dynamodb: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of dynamodb and the enumerations of @aws-sdk/client-dynamodb 3.1164.0; not to be edited.
export const DYNAMODB_CONSTRAINTS = `
AttributeAction enum=ADD|PUT|DELETE
AttributeName length=..65535
AttributeNameList length=1.. member=AttributeName
AttributeUpdates key=AttributeName
BatchGetRequestMap length=1..100 key=TableArn
BatchWriteItemRequestMap length=1..25 key=TableArn value=WriteRequests
BillingMode enum=PROVISIONED|PAY_PER_REQUEST
ClientRequestToken length=1..36
ComparisonOperator enum=EQ|NE|IN|LE|LT|GE|GT|BETWEEN|NOT_NULL|NULL|CONTAINS|NOT_CONTAINS|BEGINS_WITH
ConditionalOperator enum=AND|OR
ExpectedAttributeMap key=AttributeName
ExpressionAttributeNameMap value=AttributeName
FilterConditionMap key=AttributeName
GlobalTableSettingsReplicationMode enum=ENABLED|DISABLED|ENABLED_WITH_OVERRIDES
GlobalTableWitnessGroupUpdateList length=1..1
IndexName length=3..255 pattern=[a-zA-Z0-9_.-]+
Key key=AttributeName
KeyConditions key=AttributeName
KeyList length=1..100 member=Key
KeySchema length=1..
KeySchemaAttributeName length=1..255
KeyType enum=HASH|RANGE
ListTablesInputLimit range=1..100
MapAttributeValue key=AttributeName
MultiRegionConsistency enum=EVENTUAL|STRONG
NonKeyAttributeName length=1..255
NonKeyAttributeNameList length=1..20 member=NonKeyAttributeName
PolicyRevisionId length=1..255
PositiveIntegerObject range=1..
PositiveLongObject range=1..
ProjectionType enum=ALL|KEYS_ONLY|INCLUDE
PutItemInputAttributeMap key=AttributeName
ReplicaGlobalSecondaryIndexList length=1..
ReplicationGroupUpdateList length=1..
ResourceArnString length=1..1283
ReturnConsumedCapacity enum=INDEXES|TOTAL|NONE
ReturnItemCollectionMetrics enum=SIZE|NONE
ReturnValue enum=NONE|ALL_OLD|UPDATED_OLD|ALL_NEW|UPDATED_NEW
ReturnValuesOnConditionCheckFailure enum=ALL_OLD|NONE
SSEType enum=AES256|KMS
ScalarAttributeType enum=S|N|B
ScanSegment range=0..999999
ScanTotalSegments range=1..1000000
Select enum=ALL_ATTRIBUTES|ALL_PROJECTED_ATTRIBUTES|SPECIFIC_ATTRIBUTES|COUNT
SequenceNumber length=21..40
ShardFilterType enum=CHILD_SHARDS
ShardId length=28..65
ShardIterator length=1..2048
ShardIteratorType enum=TRIM_HORIZON|LATEST|AT_SEQUENCE_NUMBER|AFTER_SEQUENCE_NUMBER
StreamArn length=37..1024
StreamViewType enum=NEW_IMAGE|OLD_IMAGE|NEW_AND_OLD_IMAGES|KEYS_ONLY
TableArn length=1..1024
TableClass enum=STANDARD|STANDARD_INFREQUENT_ACCESS
TableName length=3..255 pattern=[a-zA-Z0-9_.-]+
TagKeyList member=TagKeyString
TagKeyString length=1..128
TagValueString length=0..256
TimeToLiveAttributeName length=1..255
TransactGetItemList length=1..100
TransactWriteItemList length=1..100
WriteRequests length=1..25
`;
