// monitoring: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-cloudwatch 3.1164.0 and botocore's model of cloudwatch; not to be edited.
import type { ServiceText } from '../model';

export const CLOUDWATCH: ServiceText = {
  prefix: 'cloudwatch',
  signedAs: 'monitoring',
  target: 'GraniteServiceVersion20100801',
  version: '2010-08-01',
  validation: 'ValidationError',
  namespace: 'com.amazonaws.cloudwatch',
  isQueryCompatible: true,
  operations: `
DeleteAlarms DeleteAlarmsInput unit
DescribeAlarmHistory DescribeAlarmHistoryInput DescribeAlarmHistoryOutput
DescribeAlarms DescribeAlarmsInput DescribeAlarmsOutput
DescribeAlarmsForMetric DescribeAlarmsForMetricInput DescribeAlarmsForMetricOutput
DisableAlarmActions DisableAlarmActionsInput unit
EnableAlarmActions EnableAlarmActionsInput unit
GetMetricData GetMetricDataInput GetMetricDataOutput
GetMetricStatistics GetMetricStatisticsInput GetMetricStatisticsOutput
ListMetrics ListMetricsInput ListMetricsOutput
ListTagsForResource ListTagsForResourceInput ListTagsForResourceOutput
PutCompositeAlarm PutCompositeAlarmInput unit
PutMetricAlarm PutMetricAlarmInput unit
PutMetricData PutMetricDataInput unit
SetAlarmState SetAlarmStateInput unit
TagResource TagResourceInput TagResourceOutput
UntagResource UntagResourceInput UntagResourceOutput
`,
  unsupported: `
AssociateDatasetKmsKey
CreateResourceMetricsConfiguration
DeleteAlarmMuteRule
DeleteAnomalyDetector
DeleteDashboards
DeleteInsightRules
DeleteMetricStream
DeleteResourceMetricsConfiguration
DescribeAlarmContributors
DescribeAnomalyDetectors
DescribeInsightRules
DisableInsightRules
DisassociateDatasetKmsKey
EnableInsightRules
GetAlarmMuteRule
GetDashboard
GetDataset
GetInsightRuleReport
GetMetricStream
GetMetricWidgetImage
GetOTelEnrichment
GetResourceMetricsConfiguration
ListAlarmMuteRules
ListDashboards
ListManagedInsightRules
ListMetricStreams
PutAlarmMuteRule
PutAnomalyDetector
PutDashboard
PutInsightRule
PutLogAlarm
PutManagedInsightRules
PutMetricStream
StartMetricStreams
StartOTelEnrichment
StopMetricStreams
StopOTelEnrichment
UpdateOTelEnrichment
UpdateResourceMetricsConfiguration
`,
  errors: `
ConcurrentModificationException ConcurrentModificationException 429 client Message:s
ConflictException ConflictException 409 client Message:s
DashboardInvalidInputError InvalidParameterInput 400 client message:s dashboardValidationMessages:[DashboardValidationMessage]
DashboardNotFoundError ResourceNotFound 404 client message:s
InternalServiceFault InternalServiceError 500 server Message:s
InvalidFormatFault InvalidFormat 400 client message:s
InvalidNextToken InvalidNextToken 400 client message:s
InvalidParameterCombinationException InvalidParameterCombination 400 client message:s
InvalidParameterValueException InvalidParameterValue 400 client message:s
KmsAccessDeniedException KmsAccessDeniedException 400 client Message:s
KmsKeyDisabledException KmsKeyDisabledException 400 client Message:s
KmsKeyNotFoundException KmsKeyNotFoundException 400 client Message:s
LimitExceededException LimitExceededException 400 client Message:s
LimitExceededFault LimitExceeded 400 client message:s
MissingRequiredParameterException MissingParameter 400 client message:s
ResourceConflict ResourceConflict 409 client message:s
ResourceNotFound ResourceNotFound 404 client message:s
ResourceNotFoundException ResourceNotFoundException 404 client ResourceType:s ResourceId:s Message:s
ValidationException ValidationError 400 client message:s
`,
  structures: `
ActionConfiguration AlarmTagsPropagation:AlarmTagsPropagation
AlarmHistoryItem AlarmName:s AlarmContributorId:s AlarmType:s Timestamp:t HistoryItemType:s HistorySummary:s HistoryData:s AlarmContributorAttributes:<s:s>
AlarmPromQLCriteria Query!:s#Query PendingPeriod:n#PendingPeriod RecoveryPeriod:n#RecoveryPeriod
AlarmTagsPropagation Enabled!:b IncludedTagKeys:[s] ExcludedTagKeys:[s]
CompositeAlarm ActionsEnabled:b AlarmActions:[s] AlarmArn:s AlarmConfigurationUpdatedTimestamp:t AlarmDescription:s AlarmName:s AlarmRule:s InsufficientDataActions:[s] OKActions:[s] StateReason:s StateReasonData:s StateUpdatedTimestamp:t StateValue:s StateTransitionedTimestamp:t ActionsSuppressedBy:s ActionsSuppressedReason:s ActionsSuppressor:s ActionsSuppressorWaitPeriod:n ActionsSuppressorExtensionPeriod:n ActionConfiguration:ActionConfiguration
DashboardValidationMessage DataPath:s Message:s
Datapoint Timestamp:t SampleCount:f Average:f Sum:f Minimum:f Maximum:f Unit:s ExtendedStatistics:<s:f>
DeleteAlarmsInput AlarmNames!:[s]#AlarmNames
DescribeAlarmHistoryInput AlarmName:s#AlarmName AlarmContributorId:s#ContributorId AlarmTypes:[s]#AlarmTypes HistoryItemType:s#HistoryItemType StartDate:t EndDate:t MaxRecords:n#MaxRecords NextToken:s ScanBy:s#ScanBy
DescribeAlarmHistoryOutput AlarmHistoryItems:[AlarmHistoryItem] NextToken:s
DescribeAlarmsForMetricInput MetricName!:s#MetricName Namespace!:s#Namespace Statistic:s#Statistic ExtendedStatistic:s Dimensions:[Dimension]#Dimensions Period:n#Period Unit:s#StandardUnit
DescribeAlarmsForMetricOutput MetricAlarms:[MetricAlarm]
DescribeAlarmsInput AlarmNames:[s]#AlarmNames AlarmNamePrefix:s#AlarmNamePrefix AlarmTypes:[s]#AlarmTypes ChildrenOfAlarmName:s#AlarmName ParentsOfAlarmName:s#AlarmName StateValue:s#StateValue ActionPrefix:s#ActionPrefix MaxRecords:n#MaxRecords NextToken:s
DescribeAlarmsOutput CompositeAlarms:[CompositeAlarm] MetricAlarms:[MetricAlarm] LogAlarms:[LogAlarm] NextToken:s
Dimension Name!:s#DimensionName Value!:s#DimensionValue
DimensionFilter Name!:s#DimensionName Value:s#DimensionValue
DisableAlarmActionsInput AlarmNames!:[s]#AlarmNames
EnableAlarmActionsInput AlarmNames!:[s]#AlarmNames
Entity KeyAttributes:<s:s>#EntityKeyAttributesMap Attributes:<s:s>#EntityAttributesMap
EntityMetricData Entity:Entity MetricData:[MetricDatum]
EvaluationCriteria PromQLCriteria:AlarmPromQLCriteria
EvaluationWindow WallClockWindow:WallClockWindow SlidingWindow:SlidingWindow
GetMetricDataInput MetricDataQueries!:[MetricDataQuery] StartTime!:t EndTime!:t NextToken:s ScanBy:s#ScanBy MaxDatapoints:n LabelOptions:LabelOptions
GetMetricDataOutput MetricDataResults:[MetricDataResult] NextToken:s Messages:[MessageData]
GetMetricStatisticsInput Namespace!:s#Namespace MetricName!:s#MetricName StartTime!:t EndTime!:t Period!:n#Period Dimensions:[Dimension]#Dimensions Statistics:[s]#Statistics ExtendedStatistics:[s]#ExtendedStatistics Unit:s#StandardUnit
GetMetricStatisticsOutput Label:s Datapoints:[Datapoint]
LabelOptions Timezone:s
ListMetricsInput Namespace:s#Namespace MetricName:s#MetricName Dimensions:[DimensionFilter]#DimensionFilters NextToken:s RecentlyActive:s#RecentlyActive IncludeLinkedAccounts:b OwningAccount:s#AccountId
ListMetricsOutput Metrics:[Metric] NextToken:s OwningAccounts:[s]
ListTagsForResourceInput ResourceARN!:s#AmazonResourceName
ListTagsForResourceOutput Tags:[Tag]
LogAlarm AlarmName:s AlarmArn:s AlarmDescription:s AlarmConfigurationUpdatedTimestamp:t ActionsEnabled:b OKActions:[s] AlarmActions:[s] InsufficientDataActions:[s] StateValue:s StateReason:s StateReasonData:s StateUpdatedTimestamp:t ScheduledQueryConfiguration:ScheduledQueryConfiguration QueryResultsToEvaluate:f QueryResultsToAlarm:f Threshold:f ComparisonOperator:s TreatMissingData:s StateTransitionedTimestamp:t EvaluationState:s ActionLogLineCount:f ActionLogLineRoleArn:s WarmUpConfiguration:WarmUpConfiguration ActionConfiguration:ActionConfiguration
MessageData Code:s Value:s
Metric Namespace:s#Namespace MetricName:s#MetricName Dimensions:[Dimension]#Dimensions
MetricAlarm AlarmName:s AlarmArn:s AlarmDescription:s AlarmConfigurationUpdatedTimestamp:t ActionsEnabled:b OKActions:[s] AlarmActions:[s] InsufficientDataActions:[s] StateValue:s StateReason:s StateReasonData:s StateUpdatedTimestamp:t MetricName:s Namespace:s Statistic:s ExtendedStatistic:s Dimensions:[Dimension] Period:n Unit:s EvaluationPeriods:n DatapointsToAlarm:n Threshold:f ComparisonOperator:s TreatMissingData:s EvaluateLowSampleCountPercentile:s Metrics:[MetricDataQuery] ThresholdMetricId:s EvaluationState:s StateTransitionedTimestamp:t EvaluationWindow:EvaluationWindow WarmUpConfiguration:WarmUpConfiguration EvaluationCriteria:EvaluationCriteria EvaluationInterval:n ActionConfiguration:ActionConfiguration
MetricDataQuery Id!:s#MetricId MetricStat:MetricStat Expression:s#MetricExpression Label:s ReturnData:b Period:n#Period AccountId:s#AccountId
MetricDataResult Id:s Label:s Timestamps:[t] Values:[f] StatusCode:s Messages:[MessageData]
MetricDatum MetricName!:s#MetricName Dimensions:[Dimension]#Dimensions Timestamp:t Value:f StatisticValues:StatisticSet Values:[f] Counts:[f] Unit:s#StandardUnit StorageResolution:n#StorageResolution
MetricStat Metric!:Metric Period!:n#Period Stat!:s Unit:s#StandardUnit
PutCompositeAlarmInput AlarmName!:s#AlarmName AlarmRule!:s#AlarmRule ActionsEnabled:b AlarmActions:[s]#ResourceList AlarmDescription:s#AlarmDescription InsufficientDataActions:[s]#ResourceList OKActions:[s]#ResourceList Tags:[Tag] ActionsSuppressor:s#AlarmArn ActionsSuppressorWaitPeriod:n ActionsSuppressorExtensionPeriod:n ActionConfiguration:ActionConfiguration
PutMetricAlarmInput AlarmName!:s#AlarmName AlarmDescription:s#AlarmDescription ActionsEnabled:b OKActions:[s]#ResourceList AlarmActions:[s]#ResourceList InsufficientDataActions:[s]#ResourceList MetricName:s#MetricName Namespace:s#Namespace Statistic:s#Statistic ExtendedStatistic:s Dimensions:[Dimension]#Dimensions Period:n#Period Unit:s#StandardUnit EvaluationPeriods:n#EvaluationPeriods DatapointsToAlarm:n#DatapointsToAlarm Threshold:f ComparisonOperator:s#ComparisonOperator TreatMissingData:s#TreatMissingData EvaluateLowSampleCountPercentile:s#EvaluateLowSampleCountPercentile Metrics:[MetricDataQuery] Tags:[Tag] ThresholdMetricId:s#MetricId EvaluationWindow:EvaluationWindow WarmUpConfiguration:WarmUpConfiguration EvaluationCriteria:EvaluationCriteria EvaluationInterval:n#EvaluationInterval ActionConfiguration:ActionConfiguration
PutMetricDataInput Namespace!:s#Namespace MetricData:[MetricDatum] EntityMetricData:[EntityMetricData] StrictEntityValidation:b
ScheduleConfiguration ScheduleExpression!:s StartTimeOffset!:f EndTimeOffset:f
ScheduledQueryConfiguration QueryString!:s ScheduledQueryRoleARN!:s ScheduleConfiguration!:ScheduleConfiguration AggregationExpression!:s LogGroupIdentifiers:[s] QueryARN:s Tags:[Tag]
SetAlarmStateInput AlarmName!:s#AlarmName StateValue!:s#StateValue StateReason!:s#StateReason StateReasonData:s#StateReasonData
SlidingWindow
StatisticSet SampleCount!:f Sum!:f Minimum!:f Maximum!:f
Tag Key!:s#TagKey Value!:s#TagValue
TagResourceInput ResourceARN!:s#AmazonResourceName Tags!:[Tag]
TagResourceOutput
UntagResourceInput ResourceARN!:s#AmazonResourceName TagKeys!:[s]#TagKeyList
UntagResourceOutput
WallClockWindow Timezone:s
WarmUpConfiguration WarmUpPeriodDurationInMinutes!:f OnlyStartEvaluatingAfterWarmUpPeriodEnds:b
`,
};
