// kms: messages of its API. Written by scripts/generate-protocol-shapes.mjs from
// @aws-sdk/client-kms 3.1164.0 and botocore's model of kms; not to be edited.
import type { ServiceText } from '../model';

export const KMS: ServiceText = {
  prefix: 'kms',
  signedAs: 'kms',
  target: 'TrentService',
  version: '2014-11-01',
  validation: 'ValidationException',
  namespace: 'com.amazonaws.kms',
  isQueryCompatible: false,
  operations: `
CancelKeyDeletion CancelKeyDeletionRequest CancelKeyDeletionResponse
CreateAlias CreateAliasRequest unit
CreateGrant CreateGrantRequest CreateGrantResponse
CreateKey CreateKeyRequest CreateKeyResponse
Decrypt DecryptRequest DecryptResponse
DeleteAlias DeleteAliasRequest unit
DescribeKey DescribeKeyRequest DescribeKeyResponse
DisableKey DisableKeyRequest unit
DisableKeyRotation DisableKeyRotationRequest unit
EnableKey EnableKeyRequest unit
EnableKeyRotation EnableKeyRotationRequest unit
Encrypt EncryptRequest EncryptResponse
GenerateDataKey GenerateDataKeyRequest GenerateDataKeyResponse
GenerateDataKeyWithoutPlaintext GenerateDataKeyWithoutPlaintextRequest GenerateDataKeyWithoutPlaintextResponse
GenerateMac GenerateMacRequest GenerateMacResponse
GenerateRandom GenerateRandomRequest GenerateRandomResponse
GetKeyPolicy GetKeyPolicyRequest GetKeyPolicyResponse
GetKeyRotationStatus GetKeyRotationStatusRequest GetKeyRotationStatusResponse
GetPublicKey GetPublicKeyRequest GetPublicKeyResponse
ListAliases ListAliasesRequest ListAliasesResponse
ListGrants ListGrantsRequest ListGrantsResponse
ListKeyPolicies ListKeyPoliciesRequest ListKeyPoliciesResponse
ListKeyRotations ListKeyRotationsRequest ListKeyRotationsResponse
ListKeys ListKeysRequest ListKeysResponse
ListResourceTags ListResourceTagsRequest ListResourceTagsResponse
ListRetirableGrants ListRetirableGrantsRequest ListGrantsResponse
PutKeyPolicy PutKeyPolicyRequest unit
ReEncrypt ReEncryptRequest ReEncryptResponse
RetireGrant RetireGrantRequest unit
RevokeGrant RevokeGrantRequest unit
RotateKeyOnDemand RotateKeyOnDemandRequest RotateKeyOnDemandResponse
ScheduleKeyDeletion ScheduleKeyDeletionRequest ScheduleKeyDeletionResponse
Sign SignRequest SignResponse
TagResource TagResourceRequest unit
UntagResource UntagResourceRequest unit
UpdateAlias UpdateAliasRequest unit
UpdateKeyDescription UpdateKeyDescriptionRequest unit
Verify VerifyRequest VerifyResponse
VerifyMac VerifyMacRequest VerifyMacResponse
`,
  unsupported: `
ConnectCustomKeyStore
CreateCustomKeyStore
Decapsulate
DeleteCustomKeyStore
DeleteImportedKeyMaterial
DeriveSharedSecret
DescribeCustomKeyStores
DisconnectCustomKeyStore
Encapsulate
GenerateDataKeyPair
GenerateDataKeyPairWithoutPlaintext
GetKeyLastUsage
GetParametersForImport
ImportKeyMaterial
ReplicateKey
UpdateCustomKeyStore
UpdatePrimaryRegion
`,
  errors: `
AlreadyExistsException AlreadyExists 409 client message:s
CloudHsmClusterInUseException CloudHsmClusterInUseException 400 client message:s
CloudHsmClusterInvalidConfigurationException CloudHsmClusterInvalidConfigurationException 400 client message:s
CloudHsmClusterNotActiveException CloudHsmClusterNotActiveException 400 client message:s
CloudHsmClusterNotFoundException CloudHsmClusterNotFoundException 400 client message:s
CloudHsmClusterNotRelatedException CloudHsmClusterNotRelatedException 400 client message:s
ConflictException ConflictException 409 client message:s
CustomKeyStoreHasCMKsException CustomKeyStoreHasCMKsException 400 client message:s
CustomKeyStoreInvalidStateException CustomKeyStoreInvalidStateException 400 client message:s
CustomKeyStoreNameInUseException CustomKeyStoreNameInUseException 400 client message:s
CustomKeyStoreNotFoundException CustomKeyStoreNotFoundException 400 client message:s
DependencyTimeoutException DependencyTimeout 503 server message:s
DisabledException Disabled 409 client message:s
DryRunOperationException DryRunOperation 412 client message:s
ExpiredImportTokenException ExpiredImportTokenException 400 client message:s
IncorrectKeyException IncorrectKeyException 400 client message:s
IncorrectKeyMaterialException IncorrectKeyMaterialException 400 client message:s
IncorrectTrustAnchorException IncorrectTrustAnchorException 400 client message:s
InvalidAliasNameException InvalidAliasName 400 client message:s
InvalidArnException InvalidArn 400 client message:s
InvalidCiphertextException InvalidCiphertext 400 client message:s
InvalidGrantIdException InvalidGrantId 400 client message:s
InvalidGrantTokenException InvalidGrantToken 400 client message:s
InvalidImportTokenException InvalidImportTokenException 400 client message:s
InvalidKeyUsageException InvalidKeyUsage 400 client message:s
InvalidMarkerException InvalidMarker 400 client message:s
KMSInternalException KMSInternal 500 server message:s
KMSInvalidMacException KMSInvalidMac 400 client message:s
KMSInvalidSignatureException KMSInvalidSignature 400 client message:s
KMSInvalidStateException KMSInvalidStateException 409 client message:s
KeyUnavailableException KeyUnavailable 500 server message:s
LimitExceededException LimitExceeded 400 client message:s
MalformedPolicyDocumentException MalformedPolicyDocument 400 client message:s
NotFoundException NotFound 404 client message:s
TagException TagException 400 client message:s
UnsupportedOperationException UnsupportedOperation 400 client message:s
XksKeyAlreadyInUseException XksKeyAlreadyInUse 400 client message:s
XksKeyInvalidConfigurationException XksKeyInvalidConfiguration 400 client message:s
XksKeyNotFoundException XksKeyNotFoundException 400 client message:s
XksProxyIncorrectAuthenticationCredentialException XksProxyIncorrectAuthenticationCredentialException 400 client message:s
XksProxyInvalidConfigurationException XksProxyInvalidConfigurationException 400 client message:s
XksProxyInvalidResponseException XksProxyInvalidResponseException 400 client message:s
XksProxyUriEndpointInUseException XksProxyUriEndpointInUseException 400 client message:s
XksProxyUriInUseException XksProxyUriInUseException 400 client message:s
XksProxyUriUnreachableException XksProxyUriUnreachableException 400 client message:s
XksProxyVpcEndpointServiceInUseException XksProxyVpcEndpointServiceInUseException 400 client message:s
XksProxyVpcEndpointServiceInvalidConfigurationException XksProxyVpcEndpointServiceInvalidConfigurationException 400 client message:s
XksProxyVpcEndpointServiceNotFoundException XksProxyVpcEndpointServiceNotFoundException 400 client message:s
`,
  structures: `
AliasListEntry AliasName:s AliasArn:s TargetKeyId:s CreationDate:t LastUpdatedDate:t
CancelKeyDeletionRequest KeyId!:s#KeyIdType
CancelKeyDeletionResponse KeyId:s
CreateAliasRequest AliasName!:s#AliasNameType TargetKeyId!:s#KeyIdType
CreateGrantRequest KeyId!:s#KeyIdType Operations!:[s]#GrantOperationList GranteePrincipal:s#PrincipalIdType RetiringPrincipal:s#PrincipalIdType Constraints:GrantConstraints GrantTokens:[s]#GrantTokenList Name:s#GrantNameType DryRun:b GranteeServicePrincipal:s RetiringServicePrincipal:s
CreateGrantResponse GrantToken:s GrantId:s
CreateKeyRequest Policy:s#PolicyType Description:s#DescriptionType KeyUsage:s#KeyUsageType CustomerMasterKeySpec:s#CustomerMasterKeySpec KeySpec:s#KeySpec Origin:s#OriginType CustomKeyStoreId:s#CustomKeyStoreIdType BypassPolicyLockoutSafetyCheck:b Tags:[Tag] MultiRegion:b XksKeyId:s#XksKeyIdType
CreateKeyResponse KeyMetadata:KeyMetadata
DecryptRequest CiphertextBlob:y#CiphertextType EncryptionContext:<s:s> GrantTokens:[s]#GrantTokenList KeyId:s#KeyIdType EncryptionAlgorithm:s#EncryptionAlgorithmSpec Recipient:RecipientInfo DryRun:b DryRunModifiers:[s]#DryRunModifierList
DecryptResponse KeyId:s Plaintext:y EncryptionAlgorithm:s CiphertextForRecipient:y KeyMaterialId:s
DeleteAliasRequest AliasName!:s#AliasNameType
DescribeKeyRequest KeyId!:s#KeyIdType GrantTokens:[s]#GrantTokenList
DescribeKeyResponse KeyMetadata:KeyMetadata
DisableKeyRequest KeyId!:s#KeyIdType
DisableKeyRotationRequest KeyId!:s#KeyIdType
EnableKeyRequest KeyId!:s#KeyIdType
EnableKeyRotationRequest KeyId!:s#KeyIdType RotationPeriodInDays:n#RotationPeriodInDaysType
EncryptRequest KeyId!:s#KeyIdType Plaintext!:y#PlaintextType EncryptionContext:<s:s> GrantTokens:[s]#GrantTokenList EncryptionAlgorithm:s#EncryptionAlgorithmSpec DryRun:b
EncryptResponse CiphertextBlob:y KeyId:s EncryptionAlgorithm:s
GenerateDataKeyRequest KeyId!:s#KeyIdType EncryptionContext:<s:s> NumberOfBytes:n#NumberOfBytesType KeySpec:s#DataKeySpec GrantTokens:[s]#GrantTokenList Recipient:RecipientInfo DryRun:b
GenerateDataKeyResponse CiphertextBlob:y Plaintext:y KeyId:s CiphertextForRecipient:y KeyMaterialId:s
GenerateDataKeyWithoutPlaintextRequest KeyId!:s#KeyIdType EncryptionContext:<s:s> KeySpec:s#DataKeySpec NumberOfBytes:n#NumberOfBytesType GrantTokens:[s]#GrantTokenList DryRun:b
GenerateDataKeyWithoutPlaintextResponse CiphertextBlob:y KeyId:s KeyMaterialId:s
GenerateMacRequest Message!:y#PlaintextType KeyId!:s#KeyIdType MacAlgorithm!:s#MacAlgorithmSpec GrantTokens:[s]#GrantTokenList DryRun:b
GenerateMacResponse Mac:y MacAlgorithm:s KeyId:s
GenerateRandomRequest NumberOfBytes:n#NumberOfBytesType CustomKeyStoreId:s#CustomKeyStoreIdType Recipient:RecipientInfo
GenerateRandomResponse Plaintext:y CiphertextForRecipient:y
GetKeyPolicyRequest KeyId!:s#KeyIdType PolicyName:s#PolicyNameType
GetKeyPolicyResponse Policy:s PolicyName:s
GetKeyRotationStatusRequest KeyId!:s#KeyIdType
GetKeyRotationStatusResponse KeyRotationEnabled:b KeyId:s RotationPeriodInDays:n NextRotationDate:t OnDemandRotationStartDate:t
GetPublicKeyRequest KeyId!:s#KeyIdType GrantTokens:[s]#GrantTokenList
GetPublicKeyResponse KeyId:s PublicKey:y CustomerMasterKeySpec:s KeySpec:s KeyUsage:s EncryptionAlgorithms:[s] SigningAlgorithms:[s] KeyAgreementAlgorithms:[s] EncapsulationAlgorithms:[s]
GrantConstraints EncryptionContextSubset:<s:s> EncryptionContextEquals:<s:s> SourceArn:s
GrantListEntry KeyId:s GrantId:s Name:s CreationDate:t GranteePrincipal:s RetiringPrincipal:s IssuingAccount:s Operations:[s] Constraints:GrantConstraints GranteeServicePrincipal:s RetiringServicePrincipal:s
KeyListEntry KeyId:s KeyArn:s
KeyMetadata KeyId!:s AWSAccountId:s Arn:s CreationDate:t Enabled:b Description:s KeyUsage:s KeyState:s DeletionDate:t ValidTo:t Origin:s CustomKeyStoreId:s CloudHsmClusterId:s ExpirationModel:s KeyManager:s CustomerMasterKeySpec:s KeySpec:s EncryptionAlgorithms:[s] SigningAlgorithms:[s] KeyAgreementAlgorithms:[s] EncapsulationAlgorithms:[s] MultiRegion:b MultiRegionConfiguration:MultiRegionConfiguration PendingDeletionWindowInDays:n MacAlgorithms:[s] XksKeyConfiguration:XksKeyConfigurationType CurrentKeyMaterialId:s
ListAliasesRequest KeyId:s#KeyIdType Limit:n#LimitType Marker:s#MarkerType
ListAliasesResponse Aliases:[AliasListEntry] NextMarker:s Truncated:b
ListGrantsRequest KeyId!:s#KeyIdType Limit:n#LimitType Marker:s#MarkerType GrantId:s#GrantIdType GranteePrincipal:s#PrincipalIdType GranteeServicePrincipal:s
ListGrantsResponse Grants:[GrantListEntry] NextMarker:s Truncated:b
ListKeyPoliciesRequest KeyId!:s#KeyIdType Limit:n#LimitType Marker:s#MarkerType
ListKeyPoliciesResponse PolicyNames:[s] NextMarker:s Truncated:b
ListKeyRotationsRequest KeyId!:s#KeyIdType IncludeKeyMaterial:s#IncludeKeyMaterial Limit:n#LimitType Marker:s#MarkerType
ListKeyRotationsResponse Rotations:[RotationsListEntry] NextMarker:s Truncated:b
ListKeysRequest Limit:n#LimitType Marker:s#MarkerType
ListKeysResponse Keys:[KeyListEntry] NextMarker:s Truncated:b
ListResourceTagsRequest KeyId!:s#KeyIdType Limit:n#LimitType Marker:s#MarkerType
ListResourceTagsResponse Tags:[Tag] NextMarker:s Truncated:b
ListRetirableGrantsRequest Limit:n#LimitType Marker:s#MarkerType RetiringPrincipal:s#PrincipalIdType RetiringServicePrincipal:s
MultiRegionConfiguration MultiRegionKeyType:s PrimaryKey:MultiRegionKey ReplicaKeys:[MultiRegionKey]
MultiRegionKey Arn:s Region:s
PutKeyPolicyRequest KeyId!:s#KeyIdType Policy!:s#PolicyType PolicyName:s#PolicyNameType BypassPolicyLockoutSafetyCheck:b
ReEncryptRequest DestinationKeyId!:s#KeyIdType CiphertextBlob:y#CiphertextType SourceEncryptionContext:<s:s> SourceKeyId:s#KeyIdType DestinationEncryptionContext:<s:s> SourceEncryptionAlgorithm:s#EncryptionAlgorithmSpec DestinationEncryptionAlgorithm:s#EncryptionAlgorithmSpec GrantTokens:[s]#GrantTokenList DryRun:b DryRunModifiers:[s]#DryRunModifierList
ReEncryptResponse CiphertextBlob:y SourceKeyId:s KeyId:s SourceEncryptionAlgorithm:s DestinationEncryptionAlgorithm:s SourceKeyMaterialId:s DestinationKeyMaterialId:s
RecipientInfo KeyEncryptionAlgorithm:s#KeyEncryptionMechanism AttestationDocument:y#AttestationDocumentType
RetireGrantRequest GrantToken:s#GrantTokenType KeyId:s#KeyIdType GrantId:s#GrantIdType DryRun:b
RevokeGrantRequest KeyId!:s#KeyIdType GrantId!:s#GrantIdType DryRun:b
RotateKeyOnDemandRequest KeyId!:s#KeyIdType
RotateKeyOnDemandResponse KeyId:s
RotationsListEntry KeyId:s KeyMaterialId:s KeyMaterialDescription:s ImportState:s KeyMaterialState:s ExpirationModel:s ValidTo:t RotationDate:t RotationType:s
ScheduleKeyDeletionRequest KeyId!:s#KeyIdType PendingWindowInDays:n#PendingWindowInDaysType
ScheduleKeyDeletionResponse KeyId:s DeletionDate:t KeyState:s PendingWindowInDays:n
SignRequest KeyId!:s#KeyIdType Message!:y#PlaintextType SigningAlgorithm!:s#SigningAlgorithmSpec MessageType:s#MessageType GrantTokens:[s]#GrantTokenList DryRun:b
SignResponse KeyId:s Signature:y SigningAlgorithm:s
Tag TagKey!:s#TagKeyType TagValue!:s#TagValueType
TagResourceRequest KeyId!:s#KeyIdType Tags!:[Tag]
UntagResourceRequest KeyId!:s#KeyIdType TagKeys!:[s]#TagKeyList
UpdateAliasRequest AliasName!:s#AliasNameType TargetKeyId!:s#KeyIdType
UpdateKeyDescriptionRequest KeyId!:s#KeyIdType Description!:s#DescriptionType
VerifyMacRequest Message!:y#PlaintextType KeyId!:s#KeyIdType MacAlgorithm!:s#MacAlgorithmSpec Mac!:y#CiphertextType GrantTokens:[s]#GrantTokenList DryRun:b
VerifyMacResponse KeyId:s MacValid:b MacAlgorithm:s
VerifyRequest KeyId!:s#KeyIdType Message!:y#PlaintextType Signature!:y#CiphertextType SigningAlgorithm!:s#SigningAlgorithmSpec MessageType:s#MessageType GrantTokens:[s]#GrantTokenList DryRun:b
VerifyResponse KeyId:s SignatureValid:b SigningAlgorithm:s
XksKeyConfigurationType Id:s
`,
};
