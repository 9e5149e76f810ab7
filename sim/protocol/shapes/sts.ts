// sts: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-sts 3.1173.0 and botocore's model of sts; not to be edited.
import type { ServiceText } from '../model';

export const STS: ServiceText = {
  prefix: 'sts',
  signedAs: 'sts',
  target: 'AWSSecurityTokenServiceV20110615',
  version: '2011-06-15',
  validation: 'ValidationError',
  namespace: 'com.amazonaws.sts',
  isQueryCompatible: false,
  operations: `
AssumeRole AssumeRoleRequest AssumeRoleResponse
AssumeRoleWithWebIdentity AssumeRoleWithWebIdentityRequest AssumeRoleWithWebIdentityResponse
AssumeRoot AssumeRootRequest AssumeRootResponse
DecodeAuthorizationMessage DecodeAuthorizationMessageRequest DecodeAuthorizationMessageResponse
GetAccessKeyInfo GetAccessKeyInfoRequest GetAccessKeyInfoResponse
GetCallerIdentity GetCallerIdentityRequest GetCallerIdentityResponse
GetFederationToken GetFederationTokenRequest GetFederationTokenResponse
GetSessionToken GetSessionTokenRequest GetSessionTokenResponse
`,
  unsupported: `
AssumeRoleWithSAML
GetDelegatedAccessToken
GetScopedCredentials
GetWebIdentityToken
`,
  errors: `
ExpiredTokenException ExpiredTokenException 400 client message:s
ExpiredTradeInTokenException ExpiredTradeInTokenException 400 client message:s
IDPCommunicationErrorException IDPCommunicationError 400 client message:s
IDPRejectedClaimException IDPRejectedClaim 403 client message:s
InsufficientSessionLifetimeException InsufficientSessionLifetime 400 client message:s
InvalidAuthorizationMessageException InvalidAuthorizationMessageException 400 client message:s
InvalidContextAssertionException InvalidContextAssertion 400 client message:s
InvalidIdentityTokenException InvalidIdentityToken 400 client message:s
InvalidSubjectCredentialsException InvalidSubjectCredentials 400 client message:s
JWTPayloadSizeExceededException JWTPayloadSizeExceededException 400 client message:s
MalformedPolicyDocumentException MalformedPolicyDocument 400 client message:s
OutboundWebIdentityFederationDisabledException OutboundWebIdentityFederationDisabledException 403 client message:s
PackedPolicyTooLargeException PackedPolicyTooLarge 400 client message:s
RegionDisabledException RegionDisabledException 403 client message:s
SessionDurationEscalationException SessionDurationEscalationException 403 client message:s
`,
  structures: `
AssumeRoleRequest RoleArn!:s#arnType RoleSessionName!:s#roleSessionNameType PolicyArns:[PolicyDescriptorType] Policy:s#unrestrictedSessionPolicyDocumentType DurationSeconds:n#roleDurationSecondsType Tags:[Tag]#tagListType TransitiveTagKeys:[s]#tagKeyListType ExternalId:s#externalIdType SerialNumber:s#serialNumberType TokenCode:s#tokenCodeType SourceIdentity:s#sourceIdentityType ProvidedContexts:[ProvidedContext]#ProvidedContextsListType MinimumSessionTokenSize:f
AssumeRoleResponse Credentials:Credentials AssumedRoleUser:AssumedRoleUser PackedPolicySize:n SourceIdentity:s SessionTokenUtilization:f SessionTokenSize:f
AssumeRoleWithWebIdentityRequest RoleArn!:s#arnType RoleSessionName!:s#roleSessionNameType WebIdentityToken!:s#clientTokenType ProviderId:s#urlType PolicyArns:[PolicyDescriptorType] Policy:s#sessionPolicyDocumentType DurationSeconds:n#roleDurationSecondsType MinimumSessionTokenSize:f
AssumeRoleWithWebIdentityResponse Credentials:Credentials SubjectFromWebIdentityToken:s AssumedRoleUser:AssumedRoleUser PackedPolicySize:n Provider:s Audience:s SourceIdentity:s SessionTokenUtilization:f SessionTokenSize:f TrustedIdentityPropagationContext:TrustedIdentityPropagationContext
AssumeRootRequest TargetPrincipal!:s#TargetPrincipalType TaskPolicyArn!:PolicyDescriptorType DurationSeconds:n#RootDurationSecondsType MinimumSessionTokenSize:f
AssumeRootResponse Credentials:Credentials SourceIdentity:s SessionTokenUtilization:f SessionTokenSize:f
AssumedRoleUser AssumedRoleId!:s Arn!:s
Credentials AccessKeyId!:s SecretAccessKey!:s SessionToken!:s Expiration!:t
DecodeAuthorizationMessageRequest EncodedMessage!:s#encodedMessageType
DecodeAuthorizationMessageResponse DecodedMessage:s
FederatedUser FederatedUserId!:s Arn!:s
GetAccessKeyInfoRequest AccessKeyId!:s#accessKeyIdType
GetAccessKeyInfoResponse Account:s
GetCallerIdentityRequest
GetCallerIdentityResponse UserId:s Account:s Arn:s
GetFederationTokenRequest Name!:s#userNameType Policy:s#sessionPolicyDocumentType PolicyArns:[PolicyDescriptorType] DurationSeconds:n#durationSecondsType Tags:[Tag]#tagListType MinimumSessionTokenSize:f
GetFederationTokenResponse Credentials:Credentials FederatedUser:FederatedUser PackedPolicySize:n SessionTokenUtilization:f SessionTokenSize:f
GetSessionTokenRequest DurationSeconds:n#durationSecondsType SerialNumber:s#serialNumberType TokenCode:s#tokenCodeType MinimumSessionTokenSize:f
GetSessionTokenResponse Credentials:Credentials SessionTokenUtilization:f SessionTokenSize:f
OriginIdentity Subject:s SubjectType:s Issuer:s FederatedProviderArn:s
PolicyDescriptorType arn:s#arnType
ProvidedContext ProviderArn:s#arnType ContextAssertion:s#contextAssertionType
Tag Key!:s#tagKeyType Value!:s#tagValueType
TransactionContext IdentityProvider:<s:s>
TrustedIdentityPropagationContext OriginIdentity:OriginIdentity TransactionContext:TransactionContext
`,
};
