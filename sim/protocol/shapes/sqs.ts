// sqs: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-sqs 3.1169.0 and botocore's model of sqs; not to be edited.
import type { ServiceText } from '../model';

export const SQS: ServiceText = {
  prefix: 'sqs',
  signedAs: 'sqs',
  target: 'AmazonSQS',
  version: '2012-11-05',
  validation: null,
  namespace: 'com.amazonaws.sqs',
  isQueryCompatible: true,
  operations: `
AddPermission AddPermissionRequest unit
CancelMessageMoveTask CancelMessageMoveTaskRequest CancelMessageMoveTaskResult
ChangeMessageVisibility ChangeMessageVisibilityRequest unit
ChangeMessageVisibilityBatch ChangeMessageVisibilityBatchRequest ChangeMessageVisibilityBatchResult
CreateQueue CreateQueueRequest CreateQueueResult
DeleteMessage DeleteMessageRequest unit
DeleteMessageBatch DeleteMessageBatchRequest DeleteMessageBatchResult
DeleteQueue DeleteQueueRequest unit
GetQueueAttributes GetQueueAttributesRequest GetQueueAttributesResult
GetQueueUrl GetQueueUrlRequest GetQueueUrlResult
ListDeadLetterSourceQueues ListDeadLetterSourceQueuesRequest ListDeadLetterSourceQueuesResult
ListMessageMoveTasks ListMessageMoveTasksRequest ListMessageMoveTasksResult
ListQueueTags ListQueueTagsRequest ListQueueTagsResult
ListQueues ListQueuesRequest ListQueuesResult
PurgeQueue PurgeQueueRequest unit
ReceiveMessage ReceiveMessageRequest ReceiveMessageResult
RemovePermission RemovePermissionRequest unit
SendMessage SendMessageRequest SendMessageResult
SendMessageBatch SendMessageBatchRequest SendMessageBatchResult
SetQueueAttributes SetQueueAttributesRequest unit
StartMessageMoveTask StartMessageMoveTaskRequest StartMessageMoveTaskResult
TagQueue TagQueueRequest unit
UntagQueue UntagQueueRequest unit
`,
  unsupported: '',
  errors: `
BatchEntryIdsNotDistinct AWS.SimpleQueueService.BatchEntryIdsNotDistinct 400 client message:s
BatchRequestTooLong AWS.SimpleQueueService.BatchRequestTooLong 400 client message:s
EmptyBatchRequest AWS.SimpleQueueService.EmptyBatchRequest 400 client message:s
InvalidAddress InvalidAddress 404 client message:s
InvalidAttributeName InvalidAttributeName 400 client message:s
InvalidAttributeValue InvalidAttributeValue 400 client message:s
InvalidBatchEntryId AWS.SimpleQueueService.InvalidBatchEntryId 400 client message:s
InvalidIdFormat InvalidIdFormat 400 client
InvalidMessageContents InvalidMessageContents 400 client message:s
InvalidSecurity InvalidSecurity 403 client message:s
KmsAccessDenied KMS.AccessDeniedException 400 client message:s
KmsDisabled KMS.DisabledException 400 client message:s
KmsInvalidKeyUsage KMS.InvalidKeyUsageException 400 client message:s
KmsInvalidState KMS.InvalidStateException 400 client message:s
KmsNotFound KMS.NotFoundException 400 client message:s
KmsOptInRequired KMS.OptInRequired 403 client message:s
KmsThrottled KMS.ThrottlingException 400 client message:s
MessageNotInflight AWS.SimpleQueueService.MessageNotInflight 400 client
OverLimit OverLimit 403 client message:s
PurgeQueueInProgress AWS.SimpleQueueService.PurgeQueueInProgress 403 client message:s
QueueDeletedRecently AWS.SimpleQueueService.QueueDeletedRecently 400 client message:s
QueueDoesNotExist AWS.SimpleQueueService.NonExistentQueue 400 client message:s
QueueNameExists QueueAlreadyExists 400 client message:s
ReceiptHandleIsInvalid ReceiptHandleIsInvalid 404 client message:s
RequestThrottled RequestThrottled 403 client message:s
ResourceNotFoundException ResourceNotFoundException 404 client message:s
TooManyEntriesInBatchRequest AWS.SimpleQueueService.TooManyEntriesInBatchRequest 400 client message:s
UnsupportedOperation AWS.SimpleQueueService.UnsupportedOperation 400 client message:s
`,
  structures: `
AddPermissionRequest QueueUrl!:s Label!:s AWSAccountIds!:[s]@f@x=AWSAccountId Actions!:[s]@f@x=ActionName
BatchResultErrorEntry Id!:s SenderFault!:b Code!:s Message:s
CancelMessageMoveTaskRequest TaskHandle!:s
CancelMessageMoveTaskResult ApproximateNumberOfMessagesMoved:n
ChangeMessageVisibilityBatchRequest QueueUrl!:s Entries!:[ChangeMessageVisibilityBatchRequestEntry]@f@x=ChangeMessageVisibilityBatchRequestEntry
ChangeMessageVisibilityBatchRequestEntry Id!:s ReceiptHandle!:s VisibilityTimeout:n
ChangeMessageVisibilityBatchResult Successful!:[ChangeMessageVisibilityBatchResultEntry]@f@x=ChangeMessageVisibilityBatchResultEntry Failed!:[BatchResultErrorEntry]@f@x=BatchResultErrorEntry
ChangeMessageVisibilityBatchResultEntry Id!:s
ChangeMessageVisibilityRequest QueueUrl!:s ReceiptHandle!:s VisibilityTimeout!:n
CreateQueueRequest QueueName!:s Attributes:<s~Name:s~Value>@f@x=Attribute tags:<s~Key:s~Value>@f@x=Tag
CreateQueueResult QueueUrl:s
DeleteMessageBatchRequest QueueUrl!:s Entries!:[DeleteMessageBatchRequestEntry]@f@x=DeleteMessageBatchRequestEntry
DeleteMessageBatchRequestEntry Id!:s ReceiptHandle!:s
DeleteMessageBatchResult Successful!:[DeleteMessageBatchResultEntry]@f@x=DeleteMessageBatchResultEntry Failed!:[BatchResultErrorEntry]@f@x=BatchResultErrorEntry
DeleteMessageBatchResultEntry Id!:s
DeleteMessageRequest QueueUrl!:s ReceiptHandle!:s
DeleteQueueRequest QueueUrl!:s
GetQueueAttributesRequest QueueUrl!:s AttributeNames:[s]@f@x=AttributeName
GetQueueAttributesResult Attributes:<s~Name:s~Value>@f@x=Attribute
GetQueueUrlRequest QueueName!:s QueueOwnerAWSAccountId:s
GetQueueUrlResult QueueUrl:s
ListDeadLetterSourceQueuesRequest QueueUrl!:s NextToken:s MaxResults:n
ListDeadLetterSourceQueuesResult queueUrls!:[s]@f@x=QueueUrl NextToken:s
ListMessageMoveTasksRequest SourceArn!:s MaxResults:n
ListMessageMoveTasksResult Results:[ListMessageMoveTasksResultEntry]@f@x=ListMessageMoveTasksResultEntry
ListMessageMoveTasksResultEntry TaskHandle:s Status:s SourceArn:s DestinationArn:s MaxNumberOfMessagesPerSecond:n ApproximateNumberOfMessagesMoved:n ApproximateNumberOfMessagesToMove:n FailureReason:s StartedTimestamp:n
ListQueueTagsRequest QueueUrl!:s
ListQueueTagsResult Tags:<s~Key:s~Value>@f@x=Tag
ListQueuesRequest QueueNamePrefix:s NextToken:s MaxResults:n
ListQueuesResult QueueUrls:[s]@f@x=QueueUrl NextToken:s
Message MessageId:s ReceiptHandle:s MD5OfBody:s Body:s Attributes:<s~Name:s~Value>@f@x=Attribute MD5OfMessageAttributes:s MessageAttributes:<s~Name:MessageAttributeValue~Value>@f@x=MessageAttribute
MessageAttributeValue DataType!:s StringValue:s BinaryValue:y StringListValues:[s~StringListValue]@f@x=StringListValue BinaryListValues:[y~BinaryListValue]@f@x=BinaryListValue
MessageSystemAttributeValue DataType!:s StringValue:s BinaryValue:y StringListValues:[s~StringListValue]@f@x=StringListValue BinaryListValues:[y~BinaryListValue]@f@x=BinaryListValue
PurgeQueueRequest QueueUrl!:s
ReceiveMessageRequest QueueUrl!:s AttributeNames:[s]@f@x=AttributeName MessageSystemAttributeNames:[s]@f@x=AttributeName MessageAttributeNames:[s]@f@x=MessageAttributeName MaxNumberOfMessages:n VisibilityTimeout:n WaitTimeSeconds:n ReceiveRequestAttemptId:s
ReceiveMessageResult Messages:[Message]@f@x=Message
RemovePermissionRequest QueueUrl!:s Label!:s
SendMessageBatchRequest QueueUrl!:s Entries!:[SendMessageBatchRequestEntry]@f@x=SendMessageBatchRequestEntry
SendMessageBatchRequestEntry Id!:s MessageBody!:s DelaySeconds:n MessageAttributes:<s~Name:MessageAttributeValue~Value>@f@x=MessageAttribute MessageSystemAttributes:<s~Name:MessageSystemAttributeValue~Value>@f@x=MessageSystemAttribute MessageDeduplicationId:s MessageGroupId:s
SendMessageBatchResult Successful!:[SendMessageBatchResultEntry]@f@x=SendMessageBatchResultEntry Failed!:[BatchResultErrorEntry]@f@x=BatchResultErrorEntry
SendMessageBatchResultEntry Id!:s MessageId!:s MD5OfMessageBody!:s MD5OfMessageAttributes:s MD5OfMessageSystemAttributes:s SequenceNumber:s
SendMessageRequest QueueUrl!:s MessageBody!:s DelaySeconds:n MessageAttributes:<s~Name:MessageAttributeValue~Value>@f@x=MessageAttribute MessageSystemAttributes:<s~Name:MessageSystemAttributeValue~Value>@f@x=MessageSystemAttribute MessageDeduplicationId:s MessageGroupId:s
SendMessageResult MD5OfMessageBody:s MD5OfMessageAttributes:s MD5OfMessageSystemAttributes:s MessageId:s SequenceNumber:s
SetQueueAttributesRequest QueueUrl!:s Attributes!:<s~Name:s~Value>@f@x=Attribute
StartMessageMoveTaskRequest SourceArn!:s DestinationArn:s MaxNumberOfMessagesPerSecond:n
StartMessageMoveTaskResult TaskHandle:s
TagQueueRequest QueueUrl!:s Tags!:<s~Key:s~Value>@f@x=Tag
UntagQueueRequest QueueUrl!:s TagKeys!:[s]@f@x=TagKey
`,
};
