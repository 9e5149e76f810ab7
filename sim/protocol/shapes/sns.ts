// sns: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-sns 3.1169.0 and botocore's model of sns; not to be edited.
import type { ServiceText } from '../model';

export const SNS: ServiceText = {
  prefix: 'sns',
  signedAs: 'sns',
  target: 'AmazonSimpleNotificationService',
  version: '2010-03-31',
  validation: null,
  namespace: 'com.amazonaws.sns',
  isQueryCompatible: false,
  operations: `
AddPermission AddPermissionInput unit
CheckIfPhoneNumberIsOptedOut CheckIfPhoneNumberIsOptedOutInput CheckIfPhoneNumberIsOptedOutResponse
ConfirmSubscription ConfirmSubscriptionInput ConfirmSubscriptionResponse
CreatePlatformApplication CreatePlatformApplicationInput CreatePlatformApplicationResponse
CreatePlatformEndpoint CreatePlatformEndpointInput CreateEndpointResponse
CreateSMSSandboxPhoneNumber CreateSMSSandboxPhoneNumberInput CreateSMSSandboxPhoneNumberResult
CreateTopic CreateTopicInput CreateTopicResponse
DeleteEndpoint DeleteEndpointInput unit
DeletePlatformApplication DeletePlatformApplicationInput unit
DeleteSMSSandboxPhoneNumber DeleteSMSSandboxPhoneNumberInput DeleteSMSSandboxPhoneNumberResult
DeleteTopic DeleteTopicInput unit
GetDataProtectionPolicy GetDataProtectionPolicyInput GetDataProtectionPolicyResponse
GetEndpointAttributes GetEndpointAttributesInput GetEndpointAttributesResponse
GetPlatformApplicationAttributes GetPlatformApplicationAttributesInput GetPlatformApplicationAttributesResponse
GetSMSAttributes GetSMSAttributesInput GetSMSAttributesResponse
GetSMSSandboxAccountStatus GetSMSSandboxAccountStatusInput GetSMSSandboxAccountStatusResult
GetSubscriptionAttributes GetSubscriptionAttributesInput GetSubscriptionAttributesResponse
GetTopicAttributes GetTopicAttributesInput GetTopicAttributesResponse
ListEndpointsByPlatformApplication ListEndpointsByPlatformApplicationInput ListEndpointsByPlatformApplicationResponse
ListOriginationNumbers ListOriginationNumbersRequest ListOriginationNumbersResult
ListPhoneNumbersOptedOut ListPhoneNumbersOptedOutInput ListPhoneNumbersOptedOutResponse
ListPlatformApplications ListPlatformApplicationsInput ListPlatformApplicationsResponse
ListSMSSandboxPhoneNumbers ListSMSSandboxPhoneNumbersInput ListSMSSandboxPhoneNumbersResult
ListSubscriptions ListSubscriptionsInput ListSubscriptionsResponse
ListSubscriptionsByTopic ListSubscriptionsByTopicInput ListSubscriptionsByTopicResponse
ListTagsForResource ListTagsForResourceRequest ListTagsForResourceResponse
ListTopics ListTopicsInput ListTopicsResponse
OptInPhoneNumber OptInPhoneNumberInput OptInPhoneNumberResponse
Publish PublishInput PublishResponse
PublishBatch PublishBatchInput PublishBatchResponse
PutDataProtectionPolicy PutDataProtectionPolicyInput unit
RemovePermission RemovePermissionInput unit
SetEndpointAttributes SetEndpointAttributesInput unit
SetPlatformApplicationAttributes SetPlatformApplicationAttributesInput unit
SetSMSAttributes SetSMSAttributesInput SetSMSAttributesResponse
SetSubscriptionAttributes SetSubscriptionAttributesInput unit
SetTopicAttributes SetTopicAttributesInput unit
Subscribe SubscribeInput SubscribeResponse
TagResource TagResourceRequest TagResourceResponse
Unsubscribe UnsubscribeInput unit
UntagResource UntagResourceRequest UntagResourceResponse
VerifySMSSandboxPhoneNumber VerifySMSSandboxPhoneNumberInput VerifySMSSandboxPhoneNumberResult
`,
  unsupported: '',
  errors: `
AuthorizationErrorException AuthorizationError 403 client message:s
BatchEntryIdsNotDistinctException BatchEntryIdsNotDistinct 400 client message:s
BatchRequestTooLongException BatchRequestTooLong 400 client message:s
ConcurrentAccessException ConcurrentAccess 400 client message:s
EmptyBatchRequestException EmptyBatchRequest 400 client message:s
EndpointDisabledException EndpointDisabled 400 client message:s
FilterPolicyLimitExceededException FilterPolicyLimitExceeded 403 client message:s
InternalErrorException InternalError 500 server message:s
InvalidBatchEntryIdException InvalidBatchEntryId 400 client message:s
InvalidParameterException InvalidParameter 400 client message:s
InvalidParameterValueException ParameterValueInvalid 400 client message:s
InvalidSecurityException InvalidSecurity 403 client message:s
InvalidStateException InvalidState 400 client message:s
KMSAccessDeniedException KMSAccessDenied 400 client message:s
KMSDisabledException KMSDisabled 400 client message:s
KMSInvalidStateException KMSInvalidState 400 client message:s
KMSNotFoundException KMSNotFound 400 client message:s
KMSOptInRequired KMSOptInRequired 403 client message:s
KMSThrottlingException KMSThrottling 400 client message:s
NotFoundException NotFound 404 client message:s
OptedOutException OptedOut 400 client message:s
PlatformApplicationDisabledException PlatformApplicationDisabled 400 client message:s
ReplayLimitExceededException ReplayLimitExceeded 403 client message:s
ResourceNotFoundException ResourceNotFound 404 client message:s
StaleTagException StaleTag 400 client message:s
SubscriptionLimitExceededException SubscriptionLimitExceeded 403 client message:s
TagLimitExceededException TagLimitExceeded 400 client message:s
TagPolicyException TagPolicy 400 client message:s
ThrottledException Throttled 429 client message:s
TooManyEntriesInBatchRequestException TooManyEntriesInBatchRequest 400 client message:s
TopicLimitExceededException TopicLimitExceeded 403 client message:s
UserErrorException UserError 400 client message:s
ValidationException ValidationException 400 client Message:s
VerificationException VerificationException 400 client Message:s Status:s
`,
  structures: `
AddPermissionInput TopicArn!:s Label!:s AWSAccountId!:[s] ActionName!:[s]
BatchResultErrorEntry Id!:s Code!:s SenderFault!:b Message:s
CheckIfPhoneNumberIsOptedOutInput phoneNumber!:s
CheckIfPhoneNumberIsOptedOutResponse isOptedOut:b
ConfirmSubscriptionInput TopicArn!:s Token!:s AuthenticateOnUnsubscribe:s
ConfirmSubscriptionResponse SubscriptionArn:s
CreateEndpointResponse EndpointArn:s
CreatePlatformApplicationInput Name!:s Platform!:s Attributes!:<s:s>
CreatePlatformApplicationResponse PlatformApplicationArn:s
CreatePlatformEndpointInput PlatformApplicationArn!:s Token!:s CustomUserData:s Attributes:<s:s>
CreateSMSSandboxPhoneNumberInput PhoneNumber!:s LanguageCode:s
CreateSMSSandboxPhoneNumberResult
CreateTopicInput Name!:s Attributes:<s:s> Tags:[Tag] DataProtectionPolicy:s
CreateTopicResponse TopicArn:s
DeleteEndpointInput EndpointArn!:s
DeletePlatformApplicationInput PlatformApplicationArn!:s
DeleteSMSSandboxPhoneNumberInput PhoneNumber!:s
DeleteSMSSandboxPhoneNumberResult
DeleteTopicInput TopicArn!:s
Endpoint EndpointArn:s Attributes:<s:s>
GetDataProtectionPolicyInput ResourceArn!:s
GetDataProtectionPolicyResponse DataProtectionPolicy:s
GetEndpointAttributesInput EndpointArn!:s
GetEndpointAttributesResponse Attributes:<s:s>
GetPlatformApplicationAttributesInput PlatformApplicationArn!:s
GetPlatformApplicationAttributesResponse Attributes:<s:s>
GetSMSAttributesInput attributes:[s]
GetSMSAttributesResponse attributes:<s:s>
GetSMSSandboxAccountStatusInput
GetSMSSandboxAccountStatusResult IsInSandbox!:b
GetSubscriptionAttributesInput SubscriptionArn!:s
GetSubscriptionAttributesResponse Attributes:<s:s>
GetTopicAttributesInput TopicArn!:s
GetTopicAttributesResponse Attributes:<s:s>
ListEndpointsByPlatformApplicationInput PlatformApplicationArn!:s NextToken:s
ListEndpointsByPlatformApplicationResponse Endpoints:[Endpoint] NextToken:s
ListOriginationNumbersRequest NextToken:s MaxResults:n
ListOriginationNumbersResult NextToken:s PhoneNumbers:[PhoneNumberInformation]
ListPhoneNumbersOptedOutInput nextToken:s
ListPhoneNumbersOptedOutResponse phoneNumbers:[s] nextToken:s
ListPlatformApplicationsInput NextToken:s
ListPlatformApplicationsResponse PlatformApplications:[PlatformApplication] NextToken:s
ListSMSSandboxPhoneNumbersInput NextToken:s MaxResults:n
ListSMSSandboxPhoneNumbersResult PhoneNumbers!:[SMSSandboxPhoneNumber] NextToken:s
ListSubscriptionsByTopicInput TopicArn!:s NextToken:s
ListSubscriptionsByTopicResponse Subscriptions:[Subscription] NextToken:s
ListSubscriptionsInput NextToken:s
ListSubscriptionsResponse Subscriptions:[Subscription] NextToken:s
ListTagsForResourceRequest ResourceArn!:s
ListTagsForResourceResponse Tags:[Tag]
ListTopicsInput NextToken:s
ListTopicsResponse Topics:[Topic] NextToken:s
MessageAttributeValue DataType!:s StringValue:s BinaryValue:y
OptInPhoneNumberInput phoneNumber!:s
OptInPhoneNumberResponse
PhoneNumberInformation CreatedAt:t PhoneNumber:s Status:s Iso2CountryCode:s RouteType:s NumberCapabilities:[s]
PlatformApplication PlatformApplicationArn:s Attributes:<s:s>
PublishBatchInput TopicArn!:s PublishBatchRequestEntries!:[PublishBatchRequestEntry]
PublishBatchRequestEntry Id!:s Message!:s Subject:s MessageStructure:s MessageAttributes:<s~Name:MessageAttributeValue~Value> MessageDeduplicationId:s MessageGroupId:s
PublishBatchResponse Successful:[PublishBatchResultEntry] Failed:[BatchResultErrorEntry]
PublishBatchResultEntry Id:s MessageId:s SequenceNumber:s
PublishInput Message!:s TopicArn:s TargetArn:s PhoneNumber:s Subject:s MessageStructure:s MessageAttributes:<s~Name:MessageAttributeValue~Value> MessageDeduplicationId:s MessageGroupId:s
PublishResponse MessageId:s SequenceNumber:s
PutDataProtectionPolicyInput ResourceArn!:s DataProtectionPolicy!:s
RemovePermissionInput TopicArn!:s Label!:s
SMSSandboxPhoneNumber PhoneNumber:s Status:s
SetEndpointAttributesInput EndpointArn!:s Attributes!:<s:s>
SetPlatformApplicationAttributesInput PlatformApplicationArn!:s Attributes!:<s:s>
SetSMSAttributesInput attributes!:<s:s>
SetSMSAttributesResponse
SetSubscriptionAttributesInput SubscriptionArn!:s AttributeName!:s AttributeValue:s
SetTopicAttributesInput TopicArn!:s AttributeName!:s AttributeValue:s
SubscribeInput TopicArn!:s Protocol!:s Endpoint:s Attributes:<s:s> ReturnSubscriptionArn:b
SubscribeResponse SubscriptionArn:s
Subscription SubscriptionArn:s Owner:s Protocol:s Endpoint:s TopicArn:s
Tag Key!:s Value!:s
TagResourceRequest ResourceArn!:s Tags!:[Tag]
TagResourceResponse
Topic TopicArn:s
UnsubscribeInput SubscriptionArn!:s
UntagResourceRequest ResourceArn!:s TagKeys!:[s]
UntagResourceResponse
VerifySMSSandboxPhoneNumberInput PhoneNumber!:s OneTimePassword!:s
VerifySMSSandboxPhoneNumberResult
`,
};
