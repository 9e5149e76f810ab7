// lambda: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of lambda and the enumerations of @aws-sdk/client-lambda 3.1164.0; not to be edited.
export const LAMBDA_CONSTRAINTS = `
Action pattern=(lambda:[*]|lambda:[a-zA-Z]+|[*])
AdditionalVersion length=1..1024 pattern=[0-9]+
AdditionalVersionWeights key=AdditionalVersion value=Weight
Alias length=1..128 pattern=(?!^[0-9]+$)([a-zA-Z0-9-_]+)
AllowMethodsList length=0..6 member=Method
AllowOriginsList length=0..100 member=Origin
ApplicationLogLevel enum=TRACE|DEBUG|INFO|WARN|ERROR|FATAL
Architecture enum=x86_64|arm64
ArchitecturesList length=1..1 member=Architecture
Arn pattern=arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)
BatchSize range=1..10000
CapacityProviderArn length=1..140 pattern=arn:aws[a-zA-Z-]*:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+
CodeSigningConfigArn length=0..200 pattern=arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}
CollectionName length=1..57 pattern=(^(?!(system\\x2e)))(^[_a-zA-Z0-9])([^$]*)
CompatibleArchitectures length=0..2 member=Architecture
CompatibleRuntimes length=0..15
DatabaseName length=1..63 pattern=[^ /\\.$\\x22]*
Description length=0..256
DestinationArn length=0..350 pattern=$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)
DurableExecutionName length=1..64 pattern=[a-zA-Z0-9-_]+
EndPointType enum=KAFKA_BOOTSTRAP_SERVERS
Endpoint length=1..300 pattern=(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\\-]*[A-Za-z0-9]):[0-9]{1,5}
EndpointLists length=1..10 member=Endpoint
Endpoints length=1..2 key=EndPointType value=EndpointLists
EnvironmentVariableName secret=1 pattern=[a-zA-Z]([a-zA-Z0-9_])+
EnvironmentVariables key=EnvironmentVariableName secret=1
EphemeralStorageSize range=512..10240
EventSourceMappingMetric enum=EventCount|ErrorCount|KafkaMetrics
EventSourceMappingMetricList length=0..3 member=EventSourceMappingMetric
EventSourceMappingSystemLogLevel enum=DEBUG|INFO|WARN
EventSourcePosition enum=TRIM_HORIZON|LATEST|AT_TIMESTAMP
EventSourceToken length=0..256 pattern=[a-zA-Z0-9._\\-]+
ExecutionEnvironmentMemoryGiBPerVCpu range=2..8
ExecutionTimeout range=1..31622400
FileSystemArn length=0..256 pattern=arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}
FileSystemConfigList length=0..1
FullDocument enum=UpdateLookup|Default
FunctionName length=1..140 pattern=(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?
FunctionResponseType enum=ReportBatchItemFailures
FunctionResponseTypeList length=0..1 member=FunctionResponseType
FunctionUrlAuthType enum=NONE|AWS_IAM
FunctionUrlQualifier length=1..128 pattern=((?!^\\d+$)^[0-9a-zA-Z-_]+$)
FunctionVersion enum=ALL
FunctionVersionLatestPublished enum=LATEST_PUBLISHED
Handler length=0..128 pattern=[^\\s]+
Header length=0..1024 pattern=.*
HeadersList length=0..100 member=Header
InvocationType enum=Event|RequestResponse|DryRun
InvokeMode enum=BUFFERED|RESPONSE_STREAM
KMSKeyArn pattern=(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()
KafkaSchemaRegistryAuthType enum=BASIC_AUTH|CLIENT_CERTIFICATE_TLS_AUTH|SERVER_ROOT_CA_CERTIFICATE|OAUTHBEARER_AUTH
KafkaSchemaValidationAttribute enum=KEY|VALUE
LayerList member=LayerVersionArn
LayerName length=1..140 pattern=(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+
LayerPermissionAllowedAction length=0..22 pattern=lambda:GetLayerVersion
LayerPermissionAllowedPrincipal pattern=\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root
LayerVersionArn length=1..140 pattern=arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+
LicenseInfo length=0..512
LocalMountPath length=0..160 pattern=/mnt/[a-zA-Z0-9-_.]+
LogFormat enum=JSON|Text
LogGroup length=1..512 pattern=[\\.\\-_/#A-Za-z0-9]+
LogType enum=None|Tail
MasterRegion pattern=ALL|[a-z]{2}(-gov)?-[a-z]+-\\d{1}
MaxAge range=0..86400
MaxFunctionEventInvokeConfigListItems range=1..50
MaxItems range=1..50
MaxLayerListItems range=1..50
MaxListItems range=1..10000
MaxProvisionedConcurrencyConfigListItems range=1..50
MaximumBatchingWindowInSeconds range=0..300
MaximumConcurrency range=2..1000
MaximumEventAgeInSeconds range=60..21600
MaximumNumberOfPollers range=1..2000
MaximumRecordAgeInSeconds range=-1..604800
MaximumRetryAttempts range=0..2
MaximumRetryAttemptsEventSourceMapping range=-1..10000
MemorySize range=128..32768
Method length=0..6 pattern=.*
MinimumNumberOfPollers range=1..200
NamespacedFunctionName length=1..256 pattern=(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?
NamespacedStatementId length=1..100 pattern=([a-zA-Z0-9-_.]+)
NumericLatestPublishedOrAliasQualifier length=1..128 pattern=\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+
OrganizationId length=0..34 pattern=o-[a-z0-9]{10,32}
Origin length=1..253 pattern=.*
PackageType enum=Zip|Image
ParallelizationFactor range=1..10
Pattern length=0..4096 pattern=.*
PerExecutionEnvironmentMaxConcurrency range=1..1600
PositiveInteger range=1..
Principal pattern=[^\\s]+
PrincipalOrgID length=12..34 pattern=o-[a-z0-9]{10,32}
ProvisionedPollerGroupName length=0..128 pattern=[a-zA-Z0-9-_]*
Qualifier length=1..128 pattern=(|[a-zA-Z0-9$_-]+)
Queue length=1..1000 pattern=[\\s\\S]*
Queues length=1..1 member=Queue
RecursiveLoop enum=Allow|Terminate
ReservedConcurrentExecutions range=0..
ResourceArn pattern=(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()
RetentionPeriodInDays range=1..90
RoleArn pattern=arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+
S3Bucket length=3..63 pattern=[0-9A-Za-z\\.\\-_]*(?<!\\.)
S3Key length=1..1024
S3ObjectVersion length=1..1024
SchemaRegistryEventRecordFormat enum=JSON|SOURCE
SchemaRegistryUri length=1..10000 pattern=[a-zA-Z0-9-\\/*:_+=.@-]*
SecurityGroupIds length=0..5
SnapStartApplyOn enum=PublishedVersions|None
SourceAccessConfigurations length=0..22
SourceAccessType enum=BASIC_AUTH|VPC_SUBNET|VPC_SECURITY_GROUP|SASL_SCRAM_512_AUTH|SASL_SCRAM_256_AUTH|VIRTUAL_HOST|CLIENT_CERTIFICATE_TLS_AUTH|SERVER_ROOT_CA_CERTIFICATE|IAM_AUTH|IAM_OAUTHBEARER_AUTH|OAUTHBEARER_AUDIENCE|OAUTHBEARER_AUTH|OAUTHBEARER_IDENTITY_POOL|OAUTHBEARER_LOGICAL_CLUSTER|OAUTHBEARER_SCOPE
SourceOwner length=0..12 pattern=\\d{12}
StatementId length=1..100 pattern=([a-zA-Z0-9-_]+)
StringList length=0..1500
SubnetIds length=0..16
SystemLogLevel enum=DEBUG|INFO|WARN
TaggableResource length=1..256 pattern=arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)
TenantId length=1..256 pattern=[a-zA-Z0-9\\._:\\/=+\\-@ ]+
TenantIsolationMode enum=PER_TENANT
Timeout range=1..
Topic length=1..249 pattern=[^.]([a-zA-Z0-9\\-_.]+)
Topics length=1..1 member=Topic
TracingMode enum=Active|PassThrough
TumblingWindowInSeconds range=0..900
URI length=1..200 pattern=[a-zA-Z0-9-\\/*:_+=.@-]*
UnqualifiedFunctionName length=1..140 pattern=(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)
VersionWithLatestPublished length=1..1024 pattern=(\\$LATEST(\\.PUBLISHED)?|[0-9]+)
Weight range=0..1
WorkingDirectory length=0..1000
`;
