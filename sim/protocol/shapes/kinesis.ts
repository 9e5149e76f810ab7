// kinesis: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-kinesis 3.1143.0 and botocore's model of kinesis; not to be edited.
import type { ServiceText } from '../model';

export const KINESIS: ServiceText = {
  prefix: 'kinesis',
  signedAs: 'kinesis',
  target: 'Kinesis_20131202',
  version: '2013-12-02',
  validation: 'ValidationException',
  namespace: 'com.amazonaws.kinesis',
  isQueryCompatible: false,
  operations: `
AddTagsToStream AddTagsToStreamInput unit
CreateStream CreateStreamInput unit
DecreaseStreamRetentionPeriod DecreaseStreamRetentionPeriodInput unit
DeleteResourcePolicy DeleteResourcePolicyInput unit
DeleteStream DeleteStreamInput unit
DeregisterStreamConsumer DeregisterStreamConsumerInput unit
DescribeLimits DescribeLimitsInput DescribeLimitsOutput
DescribeStream DescribeStreamInput DescribeStreamOutput
DescribeStreamConsumer DescribeStreamConsumerInput DescribeStreamConsumerOutput
DescribeStreamSummary DescribeStreamSummaryInput DescribeStreamSummaryOutput
DisableEnhancedMonitoring DisableEnhancedMonitoringInput EnhancedMonitoringOutput
EnableEnhancedMonitoring EnableEnhancedMonitoringInput EnhancedMonitoringOutput
GetRecords GetRecordsInput GetRecordsOutput
GetResourcePolicy GetResourcePolicyInput GetResourcePolicyOutput
GetShardIterator GetShardIteratorInput GetShardIteratorOutput
IncreaseStreamRetentionPeriod IncreaseStreamRetentionPeriodInput unit
ListShards ListShardsInput ListShardsOutput
ListStreamConsumers ListStreamConsumersInput ListStreamConsumersOutput
ListStreams ListStreamsInput ListStreamsOutput
ListTagsForResource ListTagsForResourceInput ListTagsForResourceOutput
ListTagsForStream ListTagsForStreamInput ListTagsForStreamOutput
MergeShards MergeShardsInput unit
PutRecord PutRecordInput PutRecordOutput
PutRecords PutRecordsInput PutRecordsOutput
PutResourcePolicy PutResourcePolicyInput unit
RegisterStreamConsumer RegisterStreamConsumerInput RegisterStreamConsumerOutput
RemoveTagsFromStream RemoveTagsFromStreamInput unit
SplitShard SplitShardInput unit
StartStreamEncryption StartStreamEncryptionInput unit
StopStreamEncryption StopStreamEncryptionInput unit
TagResource TagResourceInput unit
UntagResource UntagResourceInput unit
UpdateMaxRecordSize UpdateMaxRecordSizeInput unit
UpdateShardCount UpdateShardCountInput UpdateShardCountOutput
UpdateStreamMode UpdateStreamModeInput unit
`,
  unsupported: `
CreateChannel
DeleteChannel
DescribeAccountSettings
DescribeChannel
ListChannels
SubscribeToShard
UpdateAccountSettings
UpdateChannel
UpdateStreamRecordDistributionStrategy
UpdateStreamWarmThroughput
`,
  errors: `
AccessDeniedException AccessDeniedException 400 client message:s
DryRunOperationException DryRunOperationException 400 client message:s
ExpiredIteratorException ExpiredIteratorException 400 client message:s
ExpiredNextTokenException ExpiredNextTokenException 400 client message:s
InternalFailureException InternalFailureException 500 server message:s
InvalidArgumentException InvalidArgumentException 400 client message:s
KMSAccessDeniedException KMSAccessDeniedException 400 client message:s
KMSDisabledException KMSDisabledException 400 client message:s
KMSInvalidStateException KMSInvalidStateException 400 client message:s
KMSNotFoundException KMSNotFoundException 400 client message:s
KMSOptInRequired KMSOptInRequired 400 client message:s
KMSThrottlingException KMSThrottlingException 400 client message:s
LimitExceededException LimitExceededException 400 client message:s
ProvisionedThroughputExceededException ProvisionedThroughputExceededException 400 client message:s
ResourceInUseException ResourceInUseException 400 client message:s
ResourceNotFoundException ResourceNotFoundException 400 client message:s
ValidationException ValidationException 400 client message:s
`,
  structures: `
AddTagsToStreamInput Tags!:<s:s>#TagMap StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
ChildShard ShardId!:s ParentShards!:[s] HashKeyRange!:HashKeyRange
Consumer ConsumerName!:s ConsumerARN!:s ConsumerStatus!:s ConsumerCreationTimestamp!:t
ConsumerDescription ConsumerName!:s ConsumerARN!:s ConsumerStatus!:s ConsumerCreationTimestamp!:t StreamARN!:s
CreateStreamInput StreamName!:s#StreamName ShardCount:n#PositiveIntegerObject StreamModeDetails:StreamModeDetails Tags:<s:s>#TagMap WarmThroughputMiBps:n#NaturalIntegerObject MaxRecordSizeInKiB:n#MaxRecordSizeInKiB RecordDistributionStrategy:s
DecreaseStreamRetentionPeriodInput RetentionPeriodHours!:n StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
DeleteResourcePolicyInput ResourceARN!:s#ResourceARN StreamId:s#StreamId
DeleteStreamInput StreamName:s#StreamName EnforceConsumerDeletion:b StreamARN:s#StreamARN StreamId:s#StreamId
DeregisterStreamConsumerInput StreamARN:s#StreamARN ConsumerName:s#ConsumerName ConsumerARN:s#ConsumerARN StreamId:s#StreamId
DescribeLimitsInput
DescribeLimitsOutput ShardLimit!:n OpenShardCount!:n OnDemandStreamCount!:n OnDemandStreamCountLimit!:n ChannelCount:f ChannelCountLimit:f
DescribeStreamConsumerInput StreamARN:s#StreamARN ConsumerName:s#ConsumerName ConsumerARN:s#ConsumerARN StreamId:s#StreamId
DescribeStreamConsumerOutput ConsumerDescription!:ConsumerDescription
DescribeStreamInput StreamName:s#StreamName Limit:n#DescribeStreamInputLimit ExclusiveStartShardId:s#ShardId StreamARN:s#StreamARN StreamId:s#StreamId
DescribeStreamOutput StreamDescription!:StreamDescription
DescribeStreamSummaryInput StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
DescribeStreamSummaryOutput StreamDescriptionSummary!:StreamDescriptionSummary
DisableEnhancedMonitoringInput ShardLevelMetrics!:[s]#MetricsNameList StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
EnableEnhancedMonitoringInput ShardLevelMetrics!:[s]#MetricsNameList StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
EnhancedMetrics ShardLevelMetrics:[s]
EnhancedMonitoringOutput StreamName:s CurrentShardLevelMetrics:[s] DesiredShardLevelMetrics:[s] StreamARN:s
GetRecordsInput ShardIterator!:s#ShardIterator Limit:n#GetRecordsInputLimit StreamARN:s#StreamARN StreamId:s#StreamId DryRun:b
GetRecordsOutput Records!:[Record] NextShardIterator:s MillisBehindLatest:n ChildShards:[ChildShard]
GetResourcePolicyInput ResourceARN!:s#ResourceARN StreamId:s#StreamId
GetResourcePolicyOutput Policy!:s
GetShardIteratorInput ShardId!:s#ShardId ShardIteratorType!:s#ShardIteratorType StreamName:s#StreamName StartingSequenceNumber:s#SequenceNumber Timestamp:t StreamARN:s#StreamARN StreamId:s#StreamId DryRun:b
GetShardIteratorOutput ShardIterator:s
HashKeyRange StartingHashKey!:s EndingHashKey!:s
IncreaseStreamRetentionPeriodInput RetentionPeriodHours!:n StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
ListShardsInput StreamName:s#StreamName NextToken:s#NextToken ExclusiveStartShardId:s#ShardId MaxResults:n#ListShardsInputLimit StreamCreationTimestamp:t ShardFilter:ShardFilter StreamARN:s#StreamARN StreamId:s#StreamId
ListShardsOutput Shards:[Shard] NextToken:s
ListStreamConsumersInput StreamARN!:s#StreamARN NextToken:s#NextToken MaxResults:n#ListStreamConsumersInputLimit StreamCreationTimestamp:t StreamId:s#StreamId
ListStreamConsumersOutput Consumers:[Consumer] NextToken:s
ListStreamsInput Limit:n#ListStreamsInputLimit ExclusiveStartStreamName:s#StreamName NextToken:s#NextToken
ListStreamsOutput StreamNames!:[s] HasMoreStreams!:b NextToken:s StreamSummaries:[StreamSummary]
ListTagsForResourceInput ResourceARN!:s#ResourceARN StreamId:s#StreamId
ListTagsForResourceOutput Tags:[Tag]
ListTagsForStreamInput StreamName:s#StreamName ExclusiveStartTagKey:s#TagKey Limit:n#ListTagsForStreamInputLimit StreamARN:s#StreamARN StreamId:s#StreamId
ListTagsForStreamOutput Tags!:[Tag] HasMoreTags!:b
MergeShardsInput ShardToMerge!:s#ShardId AdjacentShardToMerge!:s#ShardId StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
PutRecordInput Data!:y#Data StreamName:s#StreamName PartitionKey:s#PartitionKey ExplicitHashKey:s#HashKey SequenceNumberForOrdering:s#SequenceNumber StreamARN:s#StreamARN StreamId:s#StreamId DryRun:b
PutRecordOutput ShardId!:s SequenceNumber!:s EncryptionType:s
PutRecordsInput Records!:[PutRecordsRequestEntry]#PutRecordsRequestEntryList StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId DryRun:b
PutRecordsOutput Records!:[PutRecordsResultEntry] FailedRecordCount:n EncryptionType:s
PutRecordsRequestEntry Data!:y#Data ExplicitHashKey:s#HashKey PartitionKey:s#PartitionKey
PutRecordsResultEntry SequenceNumber:s ShardId:s ErrorCode:s ErrorMessage:s
PutResourcePolicyInput ResourceARN!:s#ResourceARN Policy!:s StreamId:s#StreamId
Record SequenceNumber!:s Data!:y ApproximateArrivalTimestamp:t PartitionKey:s EncryptionType:s
RegisterStreamConsumerInput StreamARN!:s#StreamARN ConsumerName!:s#ConsumerName StreamId:s#StreamId Tags:<s:s>#TagMap
RegisterStreamConsumerOutput Consumer!:Consumer
RemoveTagsFromStreamInput TagKeys!:[s]#TagKeyList StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
SequenceNumberRange StartingSequenceNumber!:s EndingSequenceNumber:s
Shard ShardId!:s HashKeyRange!:HashKeyRange SequenceNumberRange!:SequenceNumberRange ParentShardId:s AdjacentParentShardId:s
ShardFilter Type!:s#ShardFilterType ShardId:s#ShardId Timestamp:t
SplitShardInput ShardToSplit!:s#ShardId NewStartingHashKey!:s#HashKey StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
StartStreamEncryptionInput EncryptionType!:s#EncryptionType KeyId!:s#KeyId StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
StopStreamEncryptionInput EncryptionType!:s#EncryptionType KeyId!:s#KeyId StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
StreamDescription StreamName!:s StreamARN!:s StreamStatus!:s Shards!:[Shard] HasMoreShards!:b RetentionPeriodHours!:n StreamCreationTimestamp!:t EnhancedMonitoring!:[EnhancedMetrics] StreamModeDetails:StreamModeDetails EncryptionType:s KeyId:s
StreamDescriptionSummary StreamName!:s StreamARN!:s StreamStatus!:s RetentionPeriodHours!:n StreamCreationTimestamp!:t EnhancedMonitoring!:[EnhancedMetrics] OpenShardCount!:n StreamId:s StreamModeDetails:StreamModeDetails EncryptionType:s KeyId:s ConsumerCount:n WarmThroughput:WarmThroughputObject MaxRecordSizeInKiB:n ChannelCount:f RecordDistributionStrategy:s
StreamModeDetails StreamMode!:s#StreamMode
StreamSummary StreamName!:s StreamARN!:s StreamStatus!:s StreamModeDetails:StreamModeDetails StreamCreationTimestamp:t
Tag Key!:s Value:s
TagResourceInput Tags!:<s:s>#TagMap ResourceARN!:s#ResourceARN StreamId:s#StreamId
UntagResourceInput TagKeys!:[s]#TagKeyList ResourceARN!:s#ResourceARN StreamId:s#StreamId
UpdateMaxRecordSizeInput MaxRecordSizeInKiB!:n#MaxRecordSizeInKiB StreamARN:s#StreamARN StreamId:s#StreamId
UpdateShardCountInput TargetShardCount!:n#PositiveIntegerObject ScalingType!:s#ScalingType StreamName:s#StreamName StreamARN:s#StreamARN StreamId:s#StreamId
UpdateShardCountOutput StreamName:s CurrentShardCount:n TargetShardCount:n StreamARN:s
UpdateStreamModeInput StreamARN!:s#StreamARN StreamModeDetails!:StreamModeDetails StreamId:s#StreamId WarmThroughputMiBps:n#NaturalIntegerObject
WarmThroughputObject TargetMiBps:n CurrentMiBps:n
`,
};
