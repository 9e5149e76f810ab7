// What each client package of the AWS SDK for JavaScript v3 exports: names only, the behaviour is one for all (aws-sdk.ts).
// https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/

export interface SdkPackage {
  /** The IAM prefix that the host knows the service by. */
  service: string;
  /** Stem of the class names: `SQS`, `SQSClient`, `SQSServiceException`. */
  stem: string;
  operations: readonly string[];
  exceptions: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);

const PACKAGES: Record<string, SdkPackage> = {
  'client-sqs': {
    service: 'sqs',
    stem: 'SQS',
    operations: words(`AddPermission CancelMessageMoveTask ChangeMessageVisibility ChangeMessageVisibilityBatch CreateQueue DeleteMessage
      DeleteMessageBatch DeleteQueue GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListMessageMoveTasks ListQueues ListQueueTags
      PurgeQueue ReceiveMessage RemovePermission SendMessage SendMessageBatch SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue`),
    exceptions: words(
      'QueueDoesNotExist InvalidMessageContents MessageNotInflight OverLimit PurgeQueueInProgress ReceiptHandleIsInvalid RequestThrottled',
    ),
  },
  'client-sns': {
    service: 'sns',
    stem: 'SNS',
    operations:
      words(`AddPermission CheckIfPhoneNumberIsOptedOut ConfirmSubscription CreatePlatformApplication CreatePlatformEndpoint CreateTopic
      DeleteEndpoint DeleteTopic GetEndpointAttributes GetSMSAttributes GetSubscriptionAttributes GetTopicAttributes ListSubscriptions
      ListSubscriptionsByTopic ListTopics Publish PublishBatch RemovePermission SetSMSAttributes SetSubscriptionAttributes SetTopicAttributes
      Subscribe TagResource Unsubscribe UntagResource`),
    exceptions: words(
      'AuthorizationErrorException InternalErrorException InvalidParameterException InvalidParameterValueException NotFoundException ThrottledException',
    ),
  },
  'client-lambda': {
    service: 'lambda',
    stem: 'Lambda',
    operations:
      words(`AddPermission CreateAlias CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig DeleteAlias DeleteEventSourceMapping
      DeleteFunction DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig DeleteProvisionedConcurrencyConfig GetAccountSettings GetAlias
      GetEventSourceMapping GetFunction GetFunctionConcurrency GetFunctionConfiguration GetFunctionEventInvokeConfig GetPolicy
      GetProvisionedConcurrencyConfig Invoke ListAliases ListEventSourceMappings ListFunctions ListVersionsByFunction PublishVersion
      PutFunctionConcurrency PutFunctionEventInvokeConfig PutProvisionedConcurrencyConfig RemovePermission UpdateAlias UpdateEventSourceMapping
      UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig`),
    exceptions: words(
      'InvalidParameterValueException InvalidRequestContentException RequestTooLargeException ResourceConflictException ResourceNotFoundException ServiceException TooManyRequestsException',
    ),
  },
  'client-eventbridge': {
    service: 'events',
    stem: 'EventBridge',
    operations:
      words(`CancelReplay CreateArchive CreateEventBus DeleteArchive DeleteEventBus DeleteRule DescribeArchive DescribeEventBus DescribeReplay
      DescribeRule DisableRule EnableRule ListArchives ListEventBuses ListReplays ListRuleNamesByTarget ListRules ListTargetsByRule PutEvents
      PutPermission PutRule PutTargets RemovePermission RemoveTargets StartReplay TagResource TestEventPattern UntagResource UpdateArchive`),
    exceptions: words(
      'ConcurrentModificationException InternalException InvalidEventPatternException LimitExceededException ResourceAlreadyExistsException ResourceNotFoundException',
    ),
  },
  'client-dynamodb': {
    service: 'dynamodb',
    stem: 'DynamoDB',
    operations:
      words(`BatchExecuteStatement BatchGetItem BatchWriteItem CreateTable DeleteItem DeleteTable DescribeTable DescribeTimeToLive ExecuteStatement
      GetItem ListTables PutItem Query Scan TransactGetItems TransactWriteItems UpdateItem UpdateTable UpdateTimeToLive`),
    exceptions:
      words(`ConditionalCheckFailedException DuplicateItemException IdempotentParameterMismatchException InternalServerError ItemCollectionSizeLimitExceededException
      ProvisionedThroughputExceededException RequestLimitExceeded ResourceInUseException ResourceNotFoundException ThrottlingException
      TransactionCanceledException TransactionConflictException TransactionInProgressException`),
  },
  'client-s3': {
    service: 's3',
    stem: 'S3',
    operations:
      words(`CopyObject CreateBucket DeleteBucket DeleteObject DeleteObjects GetBucketNotificationConfiguration GetObject GetObjectTagging HeadBucket
      HeadObject ListBuckets ListObjects ListObjectsV2 ListObjectVersions PutBucketNotificationConfiguration PutObject PutObjectTagging`),
    exceptions: words(
      'BucketAlreadyExists BucketAlreadyOwnedByYou InvalidObjectState NoSuchBucket NoSuchKey NotFound ObjectNotInActiveTierError',
    ),
  },
  'client-kinesis': {
    service: 'kinesis',
    stem: 'Kinesis',
    operations:
      words(`CreateStream DeleteStream DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards ListStreams MergeShards PutRecord
      PutRecords SplitShard UpdateShardCount`),
    exceptions: words(
      'ExpiredIteratorException InvalidArgumentException LimitExceededException ProvisionedThroughputExceededException ResourceInUseException ResourceNotFoundException',
    ),
  },
  'client-cloudwatch-logs': {
    service: 'logs',
    stem: 'CloudWatchLogs',
    operations:
      words(`CreateLogGroup CreateLogStream DeleteLogGroup DeleteLogStream DeleteRetentionPolicy DeleteSubscriptionFilter DescribeLogGroups
      DescribeLogStreams DescribeMetricFilters DescribeSubscriptionFilters FilterLogEvents GetLogEvents GetQueryResults PutLogEvents PutMetricFilter
      PutRetentionPolicy PutSubscriptionFilter StartQuery StopQuery`),
    exceptions: words(
      'InvalidParameterException LimitExceededException ResourceAlreadyExistsException ResourceNotFoundException ServiceUnavailableException',
    ),
  },
  'client-cloudwatch': {
    service: 'cloudwatch',
    stem: 'CloudWatch',
    operations:
      words(`DeleteAlarms DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric DisableAlarmActions EnableAlarmActions GetMetricData
      GetMetricStatistics ListMetrics PutCompositeAlarm PutMetricAlarm PutMetricData SetAlarmState`),
    exceptions: words(
      'InternalServiceFault InvalidParameterCombinationException InvalidParameterValueException LimitExceededFault ResourceNotFound',
    ),
  },
  'client-secrets-manager': {
    service: 'secretsmanager',
    stem: 'SecretsManager',
    operations: words(
      'CreateSecret DeleteSecret DescribeSecret GetRandomPassword GetSecretValue ListSecrets PutSecretValue RotateSecret UpdateSecret',
    ),
    exceptions: words(
      'DecryptionFailure InternalServiceError InvalidParameterException InvalidRequestException ResourceExistsException ResourceNotFoundException',
    ),
  },
  'client-sts': {
    service: 'sts',
    stem: 'STS',
    operations: words('AssumeRole DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetSessionToken'),
    exceptions: words('ExpiredTokenException MalformedPolicyDocumentException PackedPolicyTooLargeException RegionDisabledException'),
  },
  'client-kms': {
    service: 'kms',
    stem: 'KMS',
    operations: words(
      'CreateAlias CreateKey Decrypt DescribeKey Encrypt GenerateDataKey GenerateRandom GetKeyPolicy ListAliases ListKeys PutKeyPolicy ScheduleKeyDeletion',
    ),
    exceptions: words(
      'DisabledException IncorrectKeyException InvalidCiphertextException KMSInternalException KMSInvalidStateException NotFoundException',
    ),
  },
  'client-scheduler': {
    service: 'scheduler',
    stem: 'Scheduler',
    operations:
      words(`CreateSchedule CreateScheduleGroup DeleteSchedule DeleteScheduleGroup GetSchedule GetScheduleGroup ListScheduleGroups ListSchedules
      UpdateSchedule`),
    exceptions: words(
      'ConflictException InternalServerException ResourceNotFoundException ServiceQuotaExceededException ThrottlingException ValidationException',
    ),
  },
};

/** Packages beside the clients, and what they export. */
const LIBRARIES: Record<string, readonly string[]> = {
  '@aws-sdk/lib-dynamodb':
    words(`DynamoDBDocument DynamoDBDocumentClient GetCommand PutCommand UpdateCommand DeleteCommand QueryCommand ScanCommand
    BatchGetCommand BatchWriteCommand TransactGetCommand TransactWriteCommand`),
  '@aws-sdk/util-dynamodb': words('marshall unmarshall convertToAttr'),
};

export const SDK_PACKAGES: readonly string[] = [...Object.keys(PACKAGES).map((name) => `@aws-sdk/${name}`), ...Object.keys(LIBRARIES)];

export function sdkPackage(name: string): SdkPackage | undefined {
  const key = name.replace(/^@aws-sdk\//, '');
  return Object.hasOwn(PACKAGES, key) ? PACKAGES[key] : undefined;
}

/** What a package exports; null when it is none of these. */
export function sdkExports(name: string): readonly string[] | null {
  if (Object.hasOwn(LIBRARIES, name)) return LIBRARIES[name] ?? null;
  const about = sdkPackage(name);
  return about ? exportNames(about) : null;
}

function exportNames({ stem, operations, exceptions }: SdkPackage): string[] {
  return [stem, `${stem}Client`, `${stem}ServiceException`, ...operations.map((operation) => `${operation}Command`), ...exceptions];
}
