// events: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of events and the enumerations of @aws-sdk/client-eventbridge 3.1169.0; not to be edited.
export const EVENTS_CONSTRAINTS = `
Action length=1..64 pattern=events:[a-zA-Z]+
ApiDestinationDescription length=..512 pattern=.*
ApiDestinationHttpMethod enum=POST|GET|HEAD|OPTIONS|PUT|PATCH|DELETE
ApiDestinationInvocationRateLimitPerSecond range=1..
ApiDestinationName length=1..64 pattern=[\\.\\-_A-Za-z0-9]+
ArchiveArn length=1..1600 pattern=^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$
ArchiveDescription length=..512 pattern=.*
ArchiveName length=1..48 pattern=[\\.\\-_A-Za-z0-9]+
ArchiveState enum=ENABLED|DISABLED|CREATING|UPDATING|CREATE_FAILED|UPDATE_FAILED
Arn length=1..1600
AssignPublicIp enum=ENABLED|DISABLED
AuthHeaderParameters length=1..512 pattern=^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$
AuthHeaderParametersSensitive length=1..512 secret=1 pattern=^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$
CapacityProvider length=1..255
CapacityProviderStrategy length=..6
CapacityProviderStrategyItemBase range=0..100000
CapacityProviderStrategyItemWeight range=0..1000
ConnectionArn length=1..1600 pattern=^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:connection\\/[\\.\\-_A-Za-z0-9]+\\/[\\-A-Za-z0-9]+$
ConnectionAuthorizationType enum=BASIC|OAUTH_CLIENT_CREDENTIALS|API_KEY
ConnectionBodyParametersList length=0..100
ConnectionDescription length=..512 pattern=.*
ConnectionHeaderParametersList length=0..100
ConnectionName length=1..64 pattern=[\\.\\-_A-Za-z0-9]+
ConnectionOAuthHttpMethod enum=GET|POST|PUT
ConnectionQueryStringParametersList length=0..100
ConnectionState enum=CREATING|UPDATING|DELETING|AUTHORIZED|DEAUTHORIZED|AUTHORIZING|DEAUTHORIZING|ACTIVE|FAILED_CONNECTIVITY
Database length=1..64
DbUser length=1..128
EndpointId length=1..50 pattern=^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$
EventBusArn length=1..1600 pattern=^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$
EventBusDescription length=..512
EventBusName length=1..256 pattern=[/\\.\\-_A-Za-z0-9]+
EventBusNameOrArn length=1..1600 pattern=(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+
EventPattern length=..4096
EventResource length=..2048
EventResourceList member=EventResource
EventSourceName length=1..256 pattern=aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}
GraphQLOperation length=1..1048576 secret=1
HeaderKey length=..512 pattern=^[!#$%&'*+-.^_\`|~0-9a-zA-Z]+$
HeaderParametersMap key=HeaderKey value=HeaderValue
HeaderValue length=..512 pattern=^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$
HeaderValueSensitive length=..512 secret=1 pattern=^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$
HttpsEndpoint length=1..2048 pattern=^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$
IncludeDetail enum=NONE|FULL
InputTransformerPathKey length=1..256 pattern=[A-Za-z0-9\\_\\-]+
KmsKeyIdentifier length=..2048 pattern=^[a-zA-Z0-9_\\-/:]*$
LaunchType enum=EC2|FARGATE|EXTERNAL
Level enum=OFF|ERROR|INFO|TRACE
LimitMax100 range=1..100
LimitMin1 range=1..
MaximumEventAgeInSeconds range=60..86400
MaximumRetryAttempts range=0..185
MessageGroupId length=..100
NextToken length=1..2048
NonPartnerEventBusName length=1..256 pattern=[\\.\\-_A-Za-z0-9]+
NonPartnerEventBusNameOrArn length=1..1600 pattern=(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+
PathParameter pattern=^(?!\\s*$).+
PathParameterList member=PathParameter
PlacementConstraintExpression length=..2000
PlacementConstraintType enum=distinctInstance|memberOf
PlacementConstraints length=..10
PlacementStrategies length=..5
PlacementStrategyField length=..255
PlacementStrategyType enum=random|spread|binpack
Principal length=1..12 pattern=(\\d{12}|\\*)
PropagateTags enum=TASK_DEFINITION
PutEventsRequestEntryList length=1..10
QueryStringKey length=..512 pattern=[^\\x00-\\x1F\\x7F]+
QueryStringParametersMap key=QueryStringKey value=QueryStringValue
QueryStringValue length=..512 pattern=[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+
QueryStringValueSensitive length=..512 secret=1 pattern=[^\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]+
RedshiftSecretManagerArn length=1..1600 pattern=(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)
ReferenceId length=..1024
ReplayDescription length=..512 pattern=.*
ReplayDestinationFilters member=Arn
ReplayName length=1..64 pattern=[\\.\\-_A-Za-z0-9]+
ReplayState enum=STARTING|RUNNING|CANCELLING|COMPLETED|CANCELLED|FAILED
ResourceArn length=1..1600
ResourceConfigurationArn length=0..2048 pattern=^(?:^arn:[a-z0-9\\-]+:vpc-lattice:[a-zA-Z0-9\\-]+:\\d{12}:resourceconfiguration/rcfg-[0-9a-z]{17}$|^$)
RetentionDays range=0..
RoleArn length=1..1600
RuleDescription length=..512
RuleName length=1..64 pattern=[\\.\\-_A-Za-z0-9]+
RuleState enum=ENABLED|DISABLED|ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
RunCommandTargetKey length=1..128 pattern=^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$
RunCommandTargetValue length=1..256
RunCommandTargetValues length=1..50 member=RunCommandTargetValue
RunCommandTargets length=1..5
SageMakerPipelineParameterList length=0..200
SageMakerPipelineParameterName length=1..256 pattern=^[a-zA-Z0-9](-*[a-zA-Z0-9])*$
SageMakerPipelineParameterValue length=..1024
ScheduleExpression length=..256
Sql length=1..100000 secret=1
Sqls length=0..40 member=Sql secret=1
StatementId length=1..64 pattern=[a-zA-Z0-9-_]+
StatementName length=1..500
TagKey length=1..128
TagKeyList member=TagKey
TagValue length=0..256
TargetArn length=1..1600
TargetId length=1..64 pattern=[\\.\\-_A-Za-z0-9]+
TargetIdList length=1..100 member=TargetId
TargetInput length=..8192
TargetInputPath length=..256
TargetList length=1..100
TargetPartitionKeyPath length=..256
TraceHeader length=1..500
TransformerInput length=1..8192
TransformerPaths length=..100 key=InputTransformerPathKey value=TargetInputPath
`;
