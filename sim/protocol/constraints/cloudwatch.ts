// monitoring: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of cloudwatch and the enumerations of @aws-sdk/client-cloudwatch 3.1164.0; not to be edited.
export const CLOUDWATCH_CONSTRAINTS = `
AccountId length=1..255
ActionPrefix length=1..1024
AlarmArn length=1..1600
AlarmDescription length=0..1024
AlarmName length=1..255
AlarmNamePrefix length=1..255
AlarmNames length=..100 member=AlarmName
AlarmRule length=1..10240
AlarmType enum=CompositeAlarm|MetricAlarm|LogAlarm
AlarmTypes member=AlarmType
AmazonResourceName length=1..1024
ComparisonOperator enum=GreaterThanOrEqualToThreshold|GreaterThanThreshold|LessThanThreshold|LessThanOrEqualToThreshold|LessThanLowerOrGreaterThanUpperThreshold|LessThanLowerThreshold|GreaterThanUpperThreshold
ContributorId length=1..16
DatapointsToAlarm range=1..
DimensionFilters length=..10
DimensionName length=1..255
DimensionValue length=1..1024
Dimensions length=..30
EntityAttributesMap length=0..10 key=EntityAttributesMapKeyString value=EntityAttributesMapValueString
EntityAttributesMapKeyString length=1..256
EntityAttributesMapValueString length=1..2048
EntityKeyAttributesMap length=2..4 key=EntityKeyAttributesMapKeyString value=EntityKeyAttributesMapValueString
EntityKeyAttributesMapKeyString length=1..32
EntityKeyAttributesMapValueString length=1..2048
EvaluateLowSampleCountPercentile length=1..255
EvaluationInterval range=10..3600
EvaluationPeriods range=1..
ExtendedStatistics length=1..10
HistoryItemType enum=ConfigurationUpdate|StateUpdate|Action|AlarmContributorStateUpdate|AlarmContributorAction
MaxRecords range=1..100
MetricExpression length=1..2048
MetricId length=1..255
MetricName length=1..255
Namespace length=1..255 pattern=[^:].*
PendingPeriod range=0..86400
Period range=1..
Query length=1..10000
RecentlyActive enum=PT3H
RecoveryPeriod range=0..86400
ResourceList length=..5 member=ResourceName
ResourceName length=1..1024
ScanBy enum=TimestampDescending|TimestampAscending
StandardUnit enum=Seconds|Microseconds|Milliseconds|Bytes|Kilobytes|Megabytes|Gigabytes|Terabytes|Bits|Kilobits|Megabits|Gigabits|Terabits|Percent|Count|Bytes/Second|Kilobytes/Second|Megabytes/Second|Gigabytes/Second|Terabytes/Second|Bits/Second|Kilobits/Second|Megabits/Second|Gigabits/Second|Terabits/Second|Count/Second|None
StateReason length=0..1023
StateReasonData length=0..4000
StateValue enum=OK|ALARM|INSUFFICIENT_DATA
Statistic enum=SampleCount|Average|Sum|Minimum|Maximum
Statistics length=1..5 member=Statistic
StorageResolution range=1..
TagKey length=1..128
TagKeyList member=TagKey
TagValue length=0..256
TreatMissingData length=1..255
`;
