// logs: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of logs and the enumerations of @aws-sdk/client-cloudwatch-logs 3.1169.0; not to be edited.
export const LOGS_CONSTRAINTS = `
AccessPolicy length=1..
AccountId length=12..12 pattern=^\\d{12}$
AccountIds length=0..20 member=AccountId
AmazonResourceName length=1..1011 pattern=[\\w+=/:,.@-]*
ClientToken length=36..128 pattern=\\S{36,128}
DataSourceFilters length=1..5
DescribeLimit range=1..50
DescribeLogGroupsLogGroupIdentifiers length=1..50 member=LogGroupIdentifier
DescribeQueriesMaxResults range=1..1000
DestinationArn length=1..
DestinationName length=1..512 pattern=[^:*]*
Dimensions key=DimensionsKey value=DimensionsValue
DimensionsKey length=..255
DimensionsValue length=..255
Distribution enum=Random|ByLogStream
EntityAttributes length=0..10 key=EntityAttributesKey value=EntityAttributesValue
EntityAttributesKey length=1..256
EntityAttributesValue length=1..512
EntityKeyAttributes length=2..4 key=EntityKeyAttributesKey value=EntityKeyAttributesValue
EntityKeyAttributesKey length=1..32
EntityKeyAttributesValue length=1..512
EventMessage length=1..
EventsLimit range=1..10000
EventsLimitStartQuery range=1..100000
ExpectedRevisionId length=1..
FieldIndexName length=1..512 pattern=[\\.\\-_/#A-Za-z0-9]+
FieldIndexNames length=1..20 member=FieldIndexName
FieldSelectionCriteria length=0..2000
FilterName length=1..512 pattern=[^:*]*
FilterPattern length=0..1024
GetQueryResultsMaxItems range=0..10000
GetQueryResultsNextToken length=..1024
InputLogEvents length=1..10000
InputLogStreamNames length=1..100 member=LogStreamName
KmsKeyId length=..256
ListLimit range=1..1000
LogGroupClass enum=STANDARD|INFREQUENT_ACCESS|DELIVERY|ESSENTIALS
LogGroupIdentifier length=1..2048 pattern=[\\w#+=/:,.@-]*
LogGroupIdentifiers member=LogGroupIdentifier
LogGroupName length=1..512 pattern=[\\.\\-_/#A-Za-z0-9]+
LogGroupNamePattern length=0..512 pattern=[\\.\\-_/#A-Za-z0-9]*
LogGroupNameRegexPattern length=3..129 pattern=(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}
LogGroupNames member=LogGroupName
LogStreamName length=1..512 pattern=[^:*]*
MetricName length=..255 pattern=[^:*$]*
MetricNamespace length=..255 pattern=[^:*$]*
MetricTransformations length=1..1
MetricValue length=..100
NextToken length=1..
OrderBy enum=LogStreamName|LastEventTime
PolicyDocument length=1..51200
PolicyScope enum=ACCOUNT|RESOURCE
QueryDefinitionName length=1..255
QueryDefinitionString length=1..10000
QueryId length=1..256
QueryLanguage enum=CWLI|SQL|PPL
QueryListMaxResults range=1..1000
QueryParameterDefaultValue length=..1024
QueryParameterDescription length=..512
QueryParameterList length=..20
QueryParameterName length=1..128 pattern=^[a-zA-Z_][a-zA-Z0-9_]*
QueryStatus enum=Scheduled|Running|Complete|Failed|Cancelled|Timeout|Unknown
QueryString length=0..10000
ResourceIdentifier length=1..2048 pattern=[\\w+=/:,.@\\-\\*]*
RoleArn length=1..
SequenceToken length=1..
StandardUnit enum=Seconds|Microseconds|Milliseconds|Bytes|Kilobytes|Megabytes|Gigabytes|Terabytes|Bits|Kilobits|Megabits|Gigabits|Terabits|Percent|Count|Bytes/Second|Kilobytes/Second|Megabytes/Second|Gigabytes/Second|Terabytes/Second|Bits/Second|Kilobits/Second|Megabits/Second|Gigabits/Second|Terabits/Second|Count/Second|None
TagFilterKey length=1..128 pattern=^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$
TagFilterValue length=0..259 pattern=^!?\\*?([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)\\*?$
TagFilterValues length=0..5 member=TagFilterValue
TagFilters length=1..5
TagKey length=1..128 pattern=^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$
TagKeyList length=0..50 member=TagKey
TagList length=1.. member=TagKey
TagValue length=..256 pattern=^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$
Tags length=1..50 key=TagKey value=TagValue
TargetArn length=1..
TestEventMessages length=1..50 member=EventMessage
Timestamp range=0..
`;
