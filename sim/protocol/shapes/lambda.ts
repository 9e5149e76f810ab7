// lambda: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-lambda 3.1164.0 and botocore's model of lambda; not to be edited.
import type { ServiceText } from '../model';

export const LAMBDA: ServiceText = {
  prefix: 'lambda',
  signedAs: 'lambda',
  target: 'AWSGirApiService',
  version: '2015-03-31',
  validation: 'ValidationException',
  namespace: 'com.amazonaws.lambda',
  isQueryCompatible: false,
  operations: `
AddLayerVersionPermission AddLayerVersionPermissionRequest AddLayerVersionPermissionResponse POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy 201
AddPermission AddPermissionRequest AddPermissionResponse POST /2015-03-31/functions/{FunctionName}/policy 201
CreateAlias CreateAliasRequest AliasConfiguration POST /2015-03-31/functions/{FunctionName}/aliases 201
CreateEventSourceMapping CreateEventSourceMappingRequest EventSourceMappingConfiguration POST /2015-03-31/event-source-mappings 202
CreateFunction CreateFunctionRequest FunctionConfiguration POST /2015-03-31/functions 201
CreateFunctionUrlConfig CreateFunctionUrlConfigRequest CreateFunctionUrlConfigResponse POST /2021-10-31/functions/{FunctionName}/url 201
DeleteAlias DeleteAliasRequest unit DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name} 204
DeleteEventSourceMapping DeleteEventSourceMappingRequest EventSourceMappingConfiguration DELETE /2015-03-31/event-source-mappings/{UUID} 202
DeleteFunction DeleteFunctionRequest DeleteFunctionResponse DELETE /2015-03-31/functions/{FunctionName} 200
DeleteFunctionConcurrency DeleteFunctionConcurrencyRequest unit DELETE /2017-10-31/functions/{FunctionName}/concurrency 204
DeleteFunctionEventInvokeConfig DeleteFunctionEventInvokeConfigRequest unit DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config 204
DeleteFunctionUrlConfig DeleteFunctionUrlConfigRequest unit DELETE /2021-10-31/functions/{FunctionName}/url 204
DeleteLayerVersion DeleteLayerVersionRequest unit DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber} 204
DeleteProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfigRequest unit DELETE /2019-09-30/functions/{FunctionName}/provisioned-concurrency 204
DeleteResourcePolicy DeleteResourcePolicyRequest unit DELETE /2026-07-09/resource-policy/{ResourceArn} 204
GetAccountSettings GetAccountSettingsRequest GetAccountSettingsResponse GET /2016-08-19/account-settings 200
GetAlias GetAliasRequest AliasConfiguration GET /2015-03-31/functions/{FunctionName}/aliases/{Name} 200
GetEventSourceMapping GetEventSourceMappingRequest EventSourceMappingConfiguration GET /2015-03-31/event-source-mappings/{UUID} 200
GetFunction GetFunctionRequest GetFunctionResponse GET /2015-03-31/functions/{FunctionName} 200
GetFunctionConcurrency GetFunctionConcurrencyRequest GetFunctionConcurrencyResponse GET /2019-09-30/functions/{FunctionName}/concurrency 200
GetFunctionConfiguration GetFunctionConfigurationRequest FunctionConfiguration GET /2015-03-31/functions/{FunctionName}/configuration 200
GetFunctionEventInvokeConfig GetFunctionEventInvokeConfigRequest FunctionEventInvokeConfig GET /2019-09-25/functions/{FunctionName}/event-invoke-config 200
GetFunctionRecursionConfig GetFunctionRecursionConfigRequest GetFunctionRecursionConfigResponse GET /2024-08-31/functions/{FunctionName}/recursion-config 200
GetFunctionUrlConfig GetFunctionUrlConfigRequest GetFunctionUrlConfigResponse GET /2021-10-31/functions/{FunctionName}/url 200
GetLayerVersion GetLayerVersionRequest GetLayerVersionResponse GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber} 200
GetLayerVersionByArn GetLayerVersionByArnRequest GetLayerVersionResponse GET /2018-10-31/layers?find=LayerVersion 200
GetLayerVersionPolicy GetLayerVersionPolicyRequest GetLayerVersionPolicyResponse GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy 200
GetPolicy GetPolicyRequest GetPolicyResponse GET /2015-03-31/functions/{FunctionName}/policy 200
GetProvisionedConcurrencyConfig GetProvisionedConcurrencyConfigRequest GetProvisionedConcurrencyConfigResponse GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency 200
GetResourcePolicy GetResourcePolicyRequest GetResourcePolicyResponse GET /2026-07-09/resource-policy/{ResourceArn} 200
Invoke InvocationRequest InvocationResponse POST /2015-03-31/functions/{FunctionName}/invocations 200
ListAliases ListAliasesRequest ListAliasesResponse GET /2015-03-31/functions/{FunctionName}/aliases 200
ListEventSourceMappings ListEventSourceMappingsRequest ListEventSourceMappingsResponse GET /2015-03-31/event-source-mappings 200
ListFunctionEventInvokeConfigs ListFunctionEventInvokeConfigsRequest ListFunctionEventInvokeConfigsResponse GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list 200
ListFunctionUrlConfigs ListFunctionUrlConfigsRequest ListFunctionUrlConfigsResponse GET /2021-10-31/functions/{FunctionName}/urls 200
ListFunctions ListFunctionsRequest ListFunctionsResponse GET /2015-03-31/functions 200
ListLayerVersions ListLayerVersionsRequest ListLayerVersionsResponse GET /2018-10-31/layers/{LayerName}/versions 200
ListLayers ListLayersRequest ListLayersResponse GET /2018-10-31/layers 200
ListProvisionedConcurrencyConfigs ListProvisionedConcurrencyConfigsRequest ListProvisionedConcurrencyConfigsResponse GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL 200
ListTags ListTagsRequest ListTagsResponse GET /2017-03-31/tags/{Resource} 200
ListVersionsByFunction ListVersionsByFunctionRequest ListVersionsByFunctionResponse GET /2015-03-31/functions/{FunctionName}/versions 200
PublishLayerVersion PublishLayerVersionRequest PublishLayerVersionResponse POST /2018-10-31/layers/{LayerName}/versions 201
PublishVersion PublishVersionRequest FunctionConfiguration POST /2015-03-31/functions/{FunctionName}/versions 201
PutFunctionConcurrency PutFunctionConcurrencyRequest Concurrency PUT /2017-10-31/functions/{FunctionName}/concurrency 200
PutFunctionEventInvokeConfig PutFunctionEventInvokeConfigRequest FunctionEventInvokeConfig PUT /2019-09-25/functions/{FunctionName}/event-invoke-config 200
PutFunctionRecursionConfig PutFunctionRecursionConfigRequest PutFunctionRecursionConfigResponse PUT /2024-08-31/functions/{FunctionName}/recursion-config 200
PutProvisionedConcurrencyConfig PutProvisionedConcurrencyConfigRequest PutProvisionedConcurrencyConfigResponse PUT /2019-09-30/functions/{FunctionName}/provisioned-concurrency 202
PutResourcePolicy PutResourcePolicyRequest PutResourcePolicyResponse PUT /2026-07-09/resource-policy/{ResourceArn} 200
RemoveLayerVersionPermission RemoveLayerVersionPermissionRequest unit DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId} 204
RemovePermission RemovePermissionRequest unit DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId} 204
TagResource TagResourceRequest unit POST /2017-03-31/tags/{Resource} 204
UntagResource UntagResourceRequest unit DELETE /2017-03-31/tags/{Resource} 204
UpdateAlias UpdateAliasRequest AliasConfiguration PUT /2015-03-31/functions/{FunctionName}/aliases/{Name} 200
UpdateEventSourceMapping UpdateEventSourceMappingRequest EventSourceMappingConfiguration PUT /2015-03-31/event-source-mappings/{UUID} 202
UpdateFunctionCode UpdateFunctionCodeRequest FunctionConfiguration PUT /2015-03-31/functions/{FunctionName}/code 200
UpdateFunctionConfiguration UpdateFunctionConfigurationRequest FunctionConfiguration PUT /2015-03-31/functions/{FunctionName}/configuration 200
UpdateFunctionEventInvokeConfig UpdateFunctionEventInvokeConfigRequest FunctionEventInvokeConfig POST /2019-09-25/functions/{FunctionName}/event-invoke-config 200
UpdateFunctionUrlConfig UpdateFunctionUrlConfigRequest UpdateFunctionUrlConfigResponse PUT /2021-10-31/functions/{FunctionName}/url 200
`,
  unsupported: `
CheckpointDurableExecution POST /2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint
CreateCapacityProvider POST /2025-11-30/capacity-providers
CreateCodeSigningConfig POST /2020-04-22/code-signing-configs
DeleteCapacityProvider DELETE /2025-11-30/capacity-providers/{CapacityProviderName}
DeleteCodeSigningConfig DELETE /2020-04-22/code-signing-configs/{CodeSigningConfigArn}
DeleteFunctionCodeSigningConfig DELETE /2020-06-30/functions/{FunctionName}/code-signing-config
GetCapacityProvider GET /2025-11-30/capacity-providers/{CapacityProviderName}
GetCodeSigningConfig GET /2020-04-22/code-signing-configs/{CodeSigningConfigArn}
GetDurableExecution GET /2025-12-01/durable-executions/{DurableExecutionArn}
GetDurableExecutionHistory GET /2025-12-01/durable-executions/{DurableExecutionArn}/history
GetDurableExecutionState GET /2025-12-01/durable-executions/{DurableExecutionArn}/state
GetFunctionCodeSigningConfig GET /2020-06-30/functions/{FunctionName}/code-signing-config
GetFunctionScalingConfig GET /2025-11-30/functions/{FunctionName}/function-scaling-config
GetRuntimeManagementConfig GET /2021-07-20/functions/{FunctionName}/runtime-management-config
InvokeAsync POST /2014-11-13/functions/{FunctionName}/invoke-async
InvokeWithResponseStream POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations
ListCapacityProviders GET /2025-11-30/capacity-providers
ListCodeSigningConfigs GET /2020-04-22/code-signing-configs
ListDurableExecutionsByFunction GET /2025-12-01/functions/{FunctionName}/durable-executions
ListFunctionVersionsByCapacityProvider GET /2025-11-30/capacity-providers/{CapacityProviderName}/function-versions
ListFunctionsByCodeSigningConfig GET /2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions
PutFunctionCodeSigningConfig PUT /2020-06-30/functions/{FunctionName}/code-signing-config
PutFunctionScalingConfig PUT /2025-11-30/functions/{FunctionName}/function-scaling-config
PutRuntimeManagementConfig PUT /2021-07-20/functions/{FunctionName}/runtime-management-config
SendDurableExecutionCallbackFailure POST /2025-12-01/durable-execution-callbacks/{CallbackId}/fail
SendDurableExecutionCallbackHeartbeat POST /2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat
SendDurableExecutionCallbackSuccess POST /2025-12-01/durable-execution-callbacks/{CallbackId}/succeed
StopDurableExecution POST /2025-12-01/durable-executions/{DurableExecutionArn}/stop
UpdateCapacityProvider PUT /2025-11-30/capacity-providers/{CapacityProviderName}
UpdateCodeSigningConfig PUT /2020-04-22/code-signing-configs/{CodeSigningConfigArn}
`,
  errors: `
AliasLimitExceededException AliasLimitExceededException 400 client Type:s message:s
CallbackTimeoutException CallbackTimeoutException 400 client Type:s Message:s
CapacityProviderLimitExceededException CapacityProviderLimitExceededException 400 client Type:s message:s
CodeArtifactUserDeletedException CodeArtifactUserDeletedException 409 client Type:s message:s
CodeArtifactUserFailedException CodeArtifactUserFailedException 409 client Type:s message:s
CodeArtifactUserPendingException CodeArtifactUserPendingException 409 client Type:s message:s
CodeSigningConfigNotFoundException CodeSigningConfigNotFoundException 404 client Type:s Message:s
CodeStorageExceededException CodeStorageExceededException 400 client Type:s message:s
CodeVerificationFailedException CodeVerificationFailedException 400 client Type:s Message:s
DurableExecutionAlreadyStartedException DurableExecutionAlreadyStartedException 409 client Type:s Message:s
EC2AccessDeniedException EC2AccessDeniedException 502 server Type:s Message:s
EC2ThrottledException EC2ThrottledException 502 server Type:s Message:s
EC2UnexpectedException EC2UnexpectedException 502 server Type:s Message:s EC2ErrorCode:s
EFSIOException EFSIOException 410 client Type:s Message:s
EFSMountConnectivityException EFSMountConnectivityException 408 client Type:s Message:s
EFSMountFailureException EFSMountFailureException 403 client Type:s Message:s
EFSMountTimeoutException EFSMountTimeoutException 408 client Type:s Message:s
ENILimitReachedException ENILimitReachedException 502 server Type:s Message:s
ENINotReadyException ENINotReadyException 502 server Type:s Message:s
FunctionVersionsPerCapacityProviderLimitExceededException FunctionVersionsPerCapacityProviderLimitExceededException 400 client Type:s message:s
InvalidCodeSignatureException InvalidCodeSignatureException 400 client Type:s Message:s
InvalidParameterValueException InvalidParameterValueException 400 client Type:s message:s
InvalidRequestContentException InvalidRequestContentException 400 client Type:s message:s
InvalidRuntimeException InvalidRuntimeException 502 server Type:s Message:s
InvalidSecurityGroupIDException InvalidSecurityGroupIDException 502 server Type:s Message:s
InvalidSubnetIDException InvalidSubnetIDException 502 server Type:s Message:s
InvalidZipFileException InvalidZipFileException 502 server Type:s Message:s
KMSAccessDeniedException KMSAccessDeniedException 502 server Type:s Message:s
KMSDisabledException KMSDisabledException 502 server Type:s Message:s
KMSInvalidStateException KMSInvalidStateException 502 server Type:s Message:s
KMSNotFoundException KMSNotFoundException 502 server Type:s Message:s
ModeNotSupportedException ModeNotSupportedException 400 client Type:s message:s
NoPublishedVersionException NoPublishedVersionException 400 client Type:s Message:s
PolicyLengthExceededException PolicyLengthExceededException 400 client Type:s message:s
PreconditionFailedException PreconditionFailedException 412 client Type:s message:s
ProvisionedConcurrencyConfigNotFoundException ProvisionedConcurrencyConfigNotFoundException 404 client Type:s message:s
PublicPolicyException PublicPolicyException 400 client Type:s Message:s
RecursiveInvocationException RecursiveInvocationException 400 client Type:s Message:s
RequestTooLargeException RequestTooLargeException 413 client Type:s message:s
ResourceConflictException ResourceConflictException 409 client Type:s message:s
ResourceInUseException ResourceInUseException 400 client Type:s Message:s
ResourceNotFoundException ResourceNotFoundException 404 client Type:s Message:s
ResourceNotReadyException ResourceNotReadyException 502 server Type:s message:s
S3FilesMountConnectivityException S3FilesMountConnectivityException 408 client Type:s Message:s
S3FilesMountFailureException S3FilesMountFailureException 403 client Type:s Message:s
S3FilesMountTimeoutException S3FilesMountTimeoutException 408 client Type:s Message:s
SerializedRequestEntityTooLargeException SerializedRequestEntityTooLargeException 413 client Type:s message:s
ServiceException ServiceException 500 server Type:s Message:s
ServiceQuotaExceededException ServiceQuotaExceededException 402 client Type:s Message:s
SnapStartException SnapStartException 400 client Type:s Message:s
SnapStartNotReadyException SnapStartNotReadyException 409 client Type:s Message:s
SnapStartRegenerationFailureException SnapStartRegenerationFailureException 409 client Type:s Message:s
SnapStartTimeoutException SnapStartTimeoutException 408 client Type:s Message:s
SubnetIPAddressLimitReachedException SubnetIPAddressLimitReachedException 502 server Type:s Message:s
TooManyRequestsException TooManyRequestsException 429 client retryAfterSeconds:s@h=Retry-After Type:s message:s Reason:s
UnsupportedMediaTypeException UnsupportedMediaTypeException 415 client Type:s message:s
`,
  structures: `
AccountLimit TotalCodeSize:n CodeSizeUnzipped:n CodeSizeZipped:n ConcurrentExecutions:n UnreservedConcurrentExecutions:n
AccountUsage TotalCodeSize:n FunctionCount:n
AddLayerVersionPermissionRequest LayerName!:s#LayerName@l VersionNumber!:n@l StatementId!:s#StatementId Action!:s#LayerPermissionAllowedAction Principal!:s#LayerPermissionAllowedPrincipal OrganizationId:s#OrganizationId RevisionId:s@q=RevisionId
AddLayerVersionPermissionResponse Statement:s RevisionId:s
AddPermissionRequest FunctionName!:s#NamespacedFunctionName@l StatementId!:s#StatementId Action!:s#Action Principal!:s#Principal SourceArn:s#Arn FunctionUrlAuthType:s#FunctionUrlAuthType InvokedViaFunctionUrl:b SourceAccount:s#SourceOwner EventSourceToken:s#EventSourceToken Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier RevisionId:s PrincipalOrgID:s#PrincipalOrgID
AddPermissionResponse Statement:s
AliasConfiguration AliasArn:s Name:s FunctionVersion:s Description:s RoutingConfig:AliasRoutingConfiguration RevisionId:s
AliasRoutingConfiguration AdditionalVersionWeights:<s:f>#AdditionalVersionWeights
AmazonManagedKafkaEventSourceConfig ConsumerGroupId:s#URI SchemaRegistryConfig:KafkaSchemaRegistryConfig
CapacityProviderConfig LambdaManagedInstancesCapacityProviderConfig!:LambdaManagedInstancesCapacityProviderConfig
Concurrency ReservedConcurrentExecutions:n
Cors AllowCredentials:b AllowHeaders:[s]#HeadersList AllowMethods:[s]#AllowMethodsList AllowOrigins:[s]#AllowOriginsList ExposeHeaders:[s]#HeadersList MaxAge:n#MaxAge
CreateAliasRequest FunctionName!:s#FunctionName@l Name!:s#Alias FunctionVersion!:s#VersionWithLatestPublished Description:s#Description RoutingConfig:AliasRoutingConfiguration
CreateEventSourceMappingRequest FunctionName!:s#NamespacedFunctionName EventSourceArn:s#Arn Enabled:b BatchSize:n#BatchSize FilterCriteria:FilterCriteria KMSKeyArn:s#KMSKeyArn MetricsConfig:EventSourceMappingMetricsConfig LoggingConfig:EventSourceMappingLoggingConfig ScalingConfig:ScalingConfig MaximumBatchingWindowInSeconds:n#MaximumBatchingWindowInSeconds ParallelizationFactor:n#ParallelizationFactor StartingPosition:s#EventSourcePosition StartingPositionTimestamp:t DestinationConfig:DestinationConfig MaximumRecordAgeInSeconds:n#MaximumRecordAgeInSeconds BisectBatchOnFunctionError:b MaximumRetryAttempts:n#MaximumRetryAttemptsEventSourceMapping Tags:<s:s> TumblingWindowInSeconds:n#TumblingWindowInSeconds Topics:[s]#Topics Queues:[s]#Queues SourceAccessConfigurations:[SourceAccessConfiguration]#SourceAccessConfigurations SelfManagedEventSource:SelfManagedEventSource FunctionResponseTypes:[s]#FunctionResponseTypeList AmazonManagedKafkaEventSourceConfig:AmazonManagedKafkaEventSourceConfig SelfManagedKafkaEventSourceConfig:SelfManagedKafkaEventSourceConfig DocumentDBEventSourceConfig:DocumentDBEventSourceConfig ProvisionedPollerConfig:ProvisionedPollerConfig
CreateFunctionRequest FunctionName!:s#FunctionName Role!:s#RoleArn Code!:FunctionCode Runtime:s Handler:s#Handler Description:s#Description Timeout:n#Timeout MemorySize:n#MemorySize Publish:b PublishTo:s#FunctionVersionLatestPublished VpcConfig:VpcConfig PackageType:s#PackageType DeadLetterConfig:DeadLetterConfig Environment:Environment KMSKeyArn:s#KMSKeyArn TracingConfig:TracingConfig Tags:<s:s> Layers:[s]#LayerList FileSystemConfigs:[FileSystemConfig]#FileSystemConfigList CodeSigningConfigArn:s#CodeSigningConfigArn ImageConfig:ImageConfig Architectures:[s]#ArchitecturesList EphemeralStorage:EphemeralStorage SnapStart:SnapStart LoggingConfig:LoggingConfig TenancyConfig:TenancyConfig CapacityProviderConfig:CapacityProviderConfig DurableConfig:DurableConfig
CreateFunctionUrlConfigRequest FunctionName!:s#FunctionName@l AuthType!:s#FunctionUrlAuthType Qualifier:s#FunctionUrlQualifier@q=Qualifier Cors:Cors InvokeMode:s#InvokeMode
CreateFunctionUrlConfigResponse FunctionUrl!:s FunctionArn!:s AuthType!:s CreationTime!:s Cors:Cors InvokeMode:s
DeadLetterConfig TargetArn:s#ResourceArn
DeleteAliasRequest FunctionName!:s#FunctionName@l Name!:s#Alias@l
DeleteEventSourceMappingRequest UUID!:s@l
DeleteFunctionConcurrencyRequest FunctionName!:s#FunctionName@l
DeleteFunctionEventInvokeConfigRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier
DeleteFunctionRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier
DeleteFunctionResponse StatusCode:n@c
DeleteFunctionUrlConfigRequest FunctionName!:s#FunctionName@l Qualifier:s#FunctionUrlQualifier@q=Qualifier
DeleteLayerVersionRequest LayerName!:s#LayerName@l VersionNumber!:n@l
DeleteProvisionedConcurrencyConfigRequest FunctionName!:s#FunctionName@l Qualifier!:s#Qualifier@q=Qualifier
DeleteResourcePolicyRequest ResourceArn!:s@l RevisionId:s@q=RevisionId
DestinationConfig OnSuccess:OnSuccess OnFailure:OnFailure
DocumentDBEventSourceConfig DatabaseName:s#DatabaseName CollectionName:s#CollectionName FullDocument:s#FullDocument
DurableConfig KMSKeyArn:s RetentionPeriodInDays:n#RetentionPeriodInDays ExecutionTimeout:n#ExecutionTimeout
Environment Variables:<s:s>#EnvironmentVariables
EnvironmentError ErrorCode:s Message:s
EnvironmentResponse Variables:<s:s> Error:EnvironmentError
EphemeralStorage Size!:n#EphemeralStorageSize
EventSourceMappingConfiguration UUID:s StartingPosition:s StartingPositionTimestamp:t BatchSize:n MaximumBatchingWindowInSeconds:n ParallelizationFactor:n EventSourceArn:s FilterCriteria:FilterCriteria FilterCriteriaError:FilterCriteriaError KMSKeyArn:s MetricsConfig:EventSourceMappingMetricsConfig LoggingConfig:EventSourceMappingLoggingConfig ScalingConfig:ScalingConfig FunctionArn:s LastModified:t LastProcessingResult:s State:s StateTransitionReason:s DestinationConfig:DestinationConfig Topics:[s] Queues:[s] SourceAccessConfigurations:[SourceAccessConfiguration] SelfManagedEventSource:SelfManagedEventSource MaximumRecordAgeInSeconds:n BisectBatchOnFunctionError:b MaximumRetryAttempts:n TumblingWindowInSeconds:n FunctionResponseTypes:[s] AmazonManagedKafkaEventSourceConfig:AmazonManagedKafkaEventSourceConfig SelfManagedKafkaEventSourceConfig:SelfManagedKafkaEventSourceConfig DocumentDBEventSourceConfig:DocumentDBEventSourceConfig EventSourceMappingArn:s ProvisionedPollerConfig:ProvisionedPollerConfig
EventSourceMappingLoggingConfig SystemLogLevel:s#EventSourceMappingSystemLogLevel
EventSourceMappingMetricsConfig Metrics:[s]#EventSourceMappingMetricList
FileSystemConfig Arn!:s#FileSystemArn LocalMountPath!:s#LocalMountPath S3FilesConfig:S3FilesConfig
Filter Pattern:s#Pattern
FilterCriteria Filters:[Filter]
FilterCriteriaError ErrorCode:s Message:s
FunctionCode ZipFile:y S3Bucket:s#S3Bucket S3Key:s#S3Key S3ObjectVersion:s#S3ObjectVersion S3ObjectStorageMode:s ImageUri:s SourceKMSKeyArn:s#KMSKeyArn
FunctionCodeLocation RepositoryType:s Location:s ImageUri:s ResolvedImageUri:s ResolvedS3Object:ResolvedS3Object SourceKMSKeyArn:s Error:FunctionCodeLocationError
FunctionCodeLocationError ErrorCode:s Message:s
FunctionConfiguration FunctionName:s FunctionArn:s Runtime:s Role:s Handler:s CodeSize:n Description:s Timeout:n MemorySize:n LastModified:s CodeSha256:s Version:s VpcConfig:VpcConfigResponse DeadLetterConfig:DeadLetterConfig Environment:EnvironmentResponse KMSKeyArn:s TracingConfig:TracingConfigResponse MasterArn:s RevisionId:s Layers:[Layer] State:s StateReason:s StateReasonCode:s LastUpdateStatus:s LastUpdateStatusReason:s LastUpdateStatusReasonCode:s FileSystemConfigs:[FileSystemConfig] SigningProfileVersionArn:s SigningJobArn:s PackageType:s ImageConfigResponse:ImageConfigResponse Architectures:[s] EphemeralStorage:EphemeralStorage SnapStart:SnapStartResponse RuntimeVersionConfig:RuntimeVersionConfig LoggingConfig:LoggingConfig TenancyConfig:TenancyConfig CapacityProviderConfig:CapacityProviderConfig ConfigSha256:s DurableConfig:DurableConfig
FunctionEventInvokeConfig LastModified:t FunctionArn:s MaximumRetryAttempts:n MaximumEventAgeInSeconds:n DestinationConfig:DestinationConfig
FunctionUrlConfig FunctionUrl!:s FunctionArn!:s CreationTime!:s LastModifiedTime!:s AuthType!:s Cors:Cors InvokeMode:s
GetAccountSettingsRequest
GetAccountSettingsResponse AccountLimit:AccountLimit AccountUsage:AccountUsage
GetAliasRequest FunctionName!:s#FunctionName@l Name!:s#Alias@l
GetEventSourceMappingRequest UUID!:s@l
GetFunctionConcurrencyRequest FunctionName!:s#FunctionName@l
GetFunctionConcurrencyResponse ReservedConcurrentExecutions:n
GetFunctionConfigurationRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier
GetFunctionEventInvokeConfigRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier
GetFunctionRecursionConfigRequest FunctionName!:s#UnqualifiedFunctionName@l
GetFunctionRecursionConfigResponse RecursiveLoop:s
GetFunctionRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier
GetFunctionResponse Configuration:FunctionConfiguration Code:FunctionCodeLocation Tags:<s:s> TagsError:TagsError Concurrency:Concurrency
GetFunctionUrlConfigRequest FunctionName!:s#FunctionName@l Qualifier:s#FunctionUrlQualifier@q=Qualifier
GetFunctionUrlConfigResponse FunctionUrl!:s FunctionArn!:s AuthType!:s CreationTime!:s LastModifiedTime!:s Cors:Cors InvokeMode:s
GetLayerVersionByArnRequest Arn!:s#LayerVersionArn@q=Arn
GetLayerVersionPolicyRequest LayerName!:s#LayerName@l VersionNumber!:n@l
GetLayerVersionPolicyResponse Policy:s RevisionId:s
GetLayerVersionRequest LayerName!:s#LayerName@l VersionNumber!:n@l
GetLayerVersionResponse Content:LayerVersionContentOutput LayerArn:s LayerVersionArn:s Description:s CreatedDate:s Version:n CompatibleArchitectures:[s] CompatibleRuntimes:[s] LicenseInfo:s
GetPolicyRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier
GetPolicyResponse Policy:s RevisionId:s
GetProvisionedConcurrencyConfigRequest FunctionName!:s#FunctionName@l Qualifier!:s#Qualifier@q=Qualifier
GetProvisionedConcurrencyConfigResponse RequestedProvisionedConcurrentExecutions:n AvailableProvisionedConcurrentExecutions:n AllocatedProvisionedConcurrentExecutions:n Status:s StatusReason:s LastModified:s
GetResourcePolicyRequest ResourceArn!:s@l
GetResourcePolicyResponse Policy:s RevisionId:s
ImageConfig EntryPoint:[s]#StringList Command:[s]#StringList WorkingDirectory:s#WorkingDirectory
ImageConfigError ErrorCode:s Message:s
ImageConfigResponse ImageConfig:ImageConfig Error:ImageConfigError
InvocationRequest FunctionName!:s#NamespacedFunctionName@l InvocationType:s#InvocationType@h=X-Amz-Invocation-Type LogType:s#LogType@h=X-Amz-Log-Type ClientContext:s@h=X-Amz-Client-Context DurableExecutionName:s#DurableExecutionName@h=X-Amz-Durable-Execution-Name Payload:y@p Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier TenantId:s#TenantId@h=X-Amz-Tenant-Id
InvocationResponse StatusCode:n@c FunctionError:s@h=X-Amz-Function-Error LogResult:s@h=X-Amz-Log-Result Payload:y@p ExecutedVersion:s@h=X-Amz-Executed-Version DurableExecutionArn:s@h=X-Amz-Durable-Execution-Arn
KafkaSchemaRegistryAccessConfig Type:s#KafkaSchemaRegistryAuthType URI:s#Arn
KafkaSchemaRegistryConfig SchemaRegistryURI:s#SchemaRegistryUri EventRecordFormat:s#SchemaRegistryEventRecordFormat AccessConfigs:[KafkaSchemaRegistryAccessConfig] SchemaValidationConfigs:[KafkaSchemaValidationConfig]
KafkaSchemaValidationConfig Attribute:s#KafkaSchemaValidationAttribute
LambdaManagedInstancesCapacityProviderConfig CapacityProviderArn!:s#CapacityProviderArn PerExecutionEnvironmentMaxConcurrency:n#PerExecutionEnvironmentMaxConcurrency ExecutionEnvironmentMemoryGiBPerVCpu:f#ExecutionEnvironmentMemoryGiBPerVCpu
Layer Arn:s CodeSize:n SigningProfileVersionArn:s SigningJobArn:s
LayerVersionContentInput S3Bucket:s#S3Bucket S3Key:s#S3Key S3ObjectVersion:s#S3ObjectVersion S3ObjectStorageMode:s ZipFile:y
LayerVersionContentOutput Location:s CodeSha256:s CodeSize:n SigningProfileVersionArn:s SigningJobArn:s ResolvedS3Object:ResolvedS3Object
LayerVersionsListItem LayerVersionArn:s Version:n Description:s CreatedDate:s CompatibleArchitectures:[s] CompatibleRuntimes:[s] LicenseInfo:s
LayersListItem LayerName:s LayerArn:s LatestMatchingVersion:LayerVersionsListItem
ListAliasesRequest FunctionName!:s#FunctionName@l FunctionVersion:s#VersionWithLatestPublished@q=FunctionVersion Marker:s@q=Marker MaxItems:n#MaxListItems@q=MaxItems
ListAliasesResponse NextMarker:s Aliases:[AliasConfiguration]
ListEventSourceMappingsRequest EventSourceArn:s#Arn@q=EventSourceArn FunctionName:s#NamespacedFunctionName@q=FunctionName Marker:s@q=Marker MaxItems:n#MaxListItems@q=MaxItems
ListEventSourceMappingsResponse NextMarker:s EventSourceMappings:[EventSourceMappingConfiguration]
ListFunctionEventInvokeConfigsRequest FunctionName!:s#NamespacedFunctionName@l Marker:s@q=Marker MaxItems:n#MaxFunctionEventInvokeConfigListItems@q=MaxItems
ListFunctionEventInvokeConfigsResponse FunctionEventInvokeConfigs:[FunctionEventInvokeConfig] NextMarker:s
ListFunctionUrlConfigsRequest FunctionName!:s#FunctionName@l Marker:s@q=Marker MaxItems:n#MaxItems@q=MaxItems
ListFunctionUrlConfigsResponse FunctionUrlConfigs!:[FunctionUrlConfig] NextMarker:s
ListFunctionsRequest MasterRegion:s#MasterRegion@q=MasterRegion FunctionVersion:s#FunctionVersion@q=FunctionVersion Marker:s@q=Marker MaxItems:n#MaxListItems@q=MaxItems
ListFunctionsResponse NextMarker:s Functions:[FunctionConfiguration]
ListLayerVersionsRequest LayerName!:s#LayerName@l CompatibleArchitecture:s#Architecture@q=CompatibleArchitecture CompatibleRuntime:s@q=CompatibleRuntime Marker:s@q=Marker MaxItems:n#MaxLayerListItems@q=MaxItems
ListLayerVersionsResponse NextMarker:s LayerVersions:[LayerVersionsListItem]
ListLayersRequest CompatibleArchitecture:s#Architecture@q=CompatibleArchitecture CompatibleRuntime:s@q=CompatibleRuntime Marker:s@q=Marker MaxItems:n#MaxLayerListItems@q=MaxItems
ListLayersResponse NextMarker:s Layers:[LayersListItem]
ListProvisionedConcurrencyConfigsRequest FunctionName!:s#FunctionName@l Marker:s@q=Marker MaxItems:n#MaxProvisionedConcurrencyConfigListItems@q=MaxItems
ListProvisionedConcurrencyConfigsResponse ProvisionedConcurrencyConfigs:[ProvisionedConcurrencyConfigListItem] NextMarker:s
ListTagsRequest Resource!:s#TaggableResource@l
ListTagsResponse Tags:<s:s>
ListVersionsByFunctionRequest FunctionName!:s#NamespacedFunctionName@l Marker:s@q=Marker MaxItems:n#MaxListItems@q=MaxItems
ListVersionsByFunctionResponse NextMarker:s Versions:[FunctionConfiguration]
LoggingConfig LogFormat:s#LogFormat ApplicationLogLevel:s#ApplicationLogLevel SystemLogLevel:s#SystemLogLevel LogGroup:s#LogGroup
OnFailure Destination:s#DestinationArn
OnSuccess Destination:s#DestinationArn
ProvisionedConcurrencyConfigListItem FunctionArn:s RequestedProvisionedConcurrentExecutions:n AvailableProvisionedConcurrentExecutions:n AllocatedProvisionedConcurrentExecutions:n Status:s StatusReason:s LastModified:s
ProvisionedPollerConfig MinimumPollers:n#MinimumNumberOfPollers MaximumPollers:n#MaximumNumberOfPollers PollerGroupName:s#ProvisionedPollerGroupName
PublishLayerVersionRequest LayerName!:s#LayerName@l Content!:LayerVersionContentInput Description:s#Description CompatibleArchitectures:[s]#CompatibleArchitectures CompatibleRuntimes:[s]#CompatibleRuntimes LicenseInfo:s#LicenseInfo
PublishLayerVersionResponse Content:LayerVersionContentOutput LayerArn:s LayerVersionArn:s Description:s CreatedDate:s Version:n CompatibleArchitectures:[s] CompatibleRuntimes:[s] LicenseInfo:s
PublishVersionRequest FunctionName!:s#FunctionName@l CodeSha256:s Description:s#Description RevisionId:s PublishTo:s#FunctionVersionLatestPublished
PutFunctionConcurrencyRequest FunctionName!:s#FunctionName@l ReservedConcurrentExecutions!:n#ReservedConcurrentExecutions
PutFunctionEventInvokeConfigRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier MaximumRetryAttempts:n#MaximumRetryAttempts MaximumEventAgeInSeconds:n#MaximumEventAgeInSeconds DestinationConfig:DestinationConfig
PutFunctionRecursionConfigRequest FunctionName!:s#UnqualifiedFunctionName@l RecursiveLoop!:s#RecursiveLoop
PutFunctionRecursionConfigResponse RecursiveLoop:s
PutProvisionedConcurrencyConfigRequest FunctionName!:s#FunctionName@l Qualifier!:s#Qualifier@q=Qualifier ProvisionedConcurrentExecutions!:n#PositiveInteger
PutProvisionedConcurrencyConfigResponse RequestedProvisionedConcurrentExecutions:n AllocatedProvisionedConcurrentExecutions:n AvailableProvisionedConcurrentExecutions:n Status:s StatusReason:s LastModified:s
PutResourcePolicyRequest ResourceArn!:s@l Policy!:s RevisionId:s
PutResourcePolicyResponse Policy:s RevisionId:s
RemoveLayerVersionPermissionRequest LayerName!:s#LayerName@l VersionNumber!:n@l StatementId!:s#StatementId@l RevisionId:s@q=RevisionId
RemovePermissionRequest FunctionName!:s#NamespacedFunctionName@l StatementId!:s#NamespacedStatementId@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier RevisionId:s@q=RevisionId
ResolvedS3Object S3Bucket:s S3Key:s S3ObjectVersion:s
RuntimeVersionConfig RuntimeVersionArn:s Error:RuntimeVersionError
RuntimeVersionError ErrorCode:s Message:s
S3FilesConfig DirectS3Read:s
ScalingConfig MaximumConcurrency:n#MaximumConcurrency
SelfManagedEventSource Endpoints:<s:[s]>#Endpoints
SelfManagedKafkaEventSourceConfig ConsumerGroupId:s#URI SchemaRegistryConfig:KafkaSchemaRegistryConfig ConsumptionMode:s
SnapStart ApplyOn:s#SnapStartApplyOn
SnapStartResponse ApplyOn:s OptimizationStatus:s
SourceAccessConfiguration Type:s#SourceAccessType URI:s#URI
TagResourceRequest Resource!:s#TaggableResource@l Tags!:<s:s>
TagsError ErrorCode!:s Message!:s
TenancyConfig TenantIsolationMode!:s#TenantIsolationMode
TracingConfig Mode:s#TracingMode
TracingConfigResponse Mode:s
UntagResourceRequest Resource!:s#TaggableResource@l TagKeys!:[s~Key]@q=tagKeys
UpdateAliasRequest FunctionName!:s#FunctionName@l Name!:s#Alias@l FunctionVersion:s#VersionWithLatestPublished Description:s#Description RoutingConfig:AliasRoutingConfiguration RevisionId:s
UpdateEventSourceMappingRequest UUID!:s@l FunctionName:s#NamespacedFunctionName Enabled:b BatchSize:n#BatchSize FilterCriteria:FilterCriteria KMSKeyArn:s#KMSKeyArn MetricsConfig:EventSourceMappingMetricsConfig LoggingConfig:EventSourceMappingLoggingConfig ScalingConfig:ScalingConfig MaximumBatchingWindowInSeconds:n#MaximumBatchingWindowInSeconds ParallelizationFactor:n#ParallelizationFactor DestinationConfig:DestinationConfig MaximumRecordAgeInSeconds:n#MaximumRecordAgeInSeconds BisectBatchOnFunctionError:b MaximumRetryAttempts:n#MaximumRetryAttemptsEventSourceMapping TumblingWindowInSeconds:n#TumblingWindowInSeconds SourceAccessConfigurations:[SourceAccessConfiguration]#SourceAccessConfigurations FunctionResponseTypes:[s]#FunctionResponseTypeList AmazonManagedKafkaEventSourceConfig:AmazonManagedKafkaEventSourceConfig SelfManagedKafkaEventSourceConfig:SelfManagedKafkaEventSourceConfig DocumentDBEventSourceConfig:DocumentDBEventSourceConfig ProvisionedPollerConfig:ProvisionedPollerConfig
UpdateFunctionCodeRequest FunctionName!:s#FunctionName@l ZipFile:y S3Bucket:s#S3Bucket S3Key:s#S3Key S3ObjectVersion:s#S3ObjectVersion S3ObjectStorageMode:s ImageUri:s Architectures:[s]#ArchitecturesList Publish:b PublishTo:s#FunctionVersionLatestPublished DryRun:b RevisionId:s SourceKMSKeyArn:s#KMSKeyArn
UpdateFunctionConfigurationRequest FunctionName!:s#FunctionName@l Role:s#RoleArn Handler:s#Handler Description:s#Description Timeout:n#Timeout MemorySize:n#MemorySize VpcConfig:VpcConfig Environment:Environment Runtime:s DeadLetterConfig:DeadLetterConfig KMSKeyArn:s#KMSKeyArn TracingConfig:TracingConfig RevisionId:s Layers:[s]#LayerList FileSystemConfigs:[FileSystemConfig]#FileSystemConfigList ImageConfig:ImageConfig EphemeralStorage:EphemeralStorage SnapStart:SnapStart LoggingConfig:LoggingConfig CapacityProviderConfig:CapacityProviderConfig DurableConfig:DurableConfig
UpdateFunctionEventInvokeConfigRequest FunctionName!:s#NamespacedFunctionName@l Qualifier:s#NumericLatestPublishedOrAliasQualifier@q=Qualifier MaximumRetryAttempts:n#MaximumRetryAttempts MaximumEventAgeInSeconds:n#MaximumEventAgeInSeconds DestinationConfig:DestinationConfig
UpdateFunctionUrlConfigRequest FunctionName!:s#FunctionName@l Qualifier:s#FunctionUrlQualifier@q=Qualifier AuthType:s#FunctionUrlAuthType Cors:Cors InvokeMode:s#InvokeMode
UpdateFunctionUrlConfigResponse FunctionUrl!:s FunctionArn!:s AuthType!:s CreationTime!:s LastModifiedTime!:s Cors:Cors InvokeMode:s
VpcConfig SubnetIds:[s]#SubnetIds SecurityGroupIds:[s]#SecurityGroupIds Ipv6AllowedForDualStack:b
VpcConfigResponse SubnetIds:[s] SecurityGroupIds:[s] VpcId:s Ipv6AllowedForDualStack:b
`,
};
