// kms: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of kms and the enumerations of @aws-sdk/client-kms 3.1164.0; not to be edited.
export const KMS_CONSTRAINTS = `
AliasNameType length=1..256 pattern=^[a-zA-Z0-9:/_-]+$
AttestationDocumentType length=1..262144
CiphertextType length=1..6144
CustomKeyStoreIdType length=1..64
CustomerMasterKeySpec enum=RSA_2048|RSA_3072|RSA_4096|ECC_NIST_P256|ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|SYMMETRIC_DEFAULT|HMAC_224|HMAC_256|HMAC_384|HMAC_512|SM2
DataKeySpec enum=AES_256|AES_128
DescriptionType length=0..8192
DryRunModifierList member=DryRunModifierType
DryRunModifierType enum=IGNORE_CIPHERTEXT
EncryptionAlgorithmSpec enum=SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE
GrantIdType length=1..128
GrantNameType length=1..256 pattern=^[a-zA-Z0-9:/_-]+$
GrantOperation enum=Decrypt|Encrypt|GenerateDataKey|GenerateDataKeyWithoutPlaintext|ReEncryptFrom|ReEncryptTo|Sign|Verify|GetPublicKey|CreateGrant|RetireGrant|DescribeKey|GenerateDataKeyPair|GenerateDataKeyPairWithoutPlaintext|GenerateMac|VerifyMac|DeriveSharedSecret|Decapsulate|Encapsulate
GrantOperationList member=GrantOperation
GrantTokenList length=0..10 member=GrantTokenType
GrantTokenType length=1..8192
IncludeKeyMaterial enum=ALL_KEY_MATERIAL|ROTATIONS_ONLY
KeyEncryptionMechanism enum=RSAES_OAEP_SHA_256
KeyIdType length=1..2048
KeySpec enum=RSA_2048|RSA_3072|RSA_4096|ECC_NIST_P256|ECC_NIST_P384|ECC_NIST_P521|ECC_SECG_P256K1|SYMMETRIC_DEFAULT|HMAC_224|HMAC_256|HMAC_384|HMAC_512|SM2|ML_DSA_44|ML_DSA_65|ML_DSA_87|ECC_NIST_EDWARDS25519|ML_KEM_1024|ML_KEM_512|ML_KEM_768
KeyUsageType enum=SIGN_VERIFY|ENCRYPT_DECRYPT|GENERATE_VERIFY_MAC|KEY_AGREEMENT|ENCAPSULATE_DECAPSULATE
LimitType range=1..1000
MacAlgorithmSpec enum=HMAC_SHA_224|HMAC_SHA_256|HMAC_SHA_384|HMAC_SHA_512
MarkerType length=1..1024 pattern=[\\u0020-\\u00FF]*
MessageType enum=RAW|DIGEST|EXTERNAL_MU
NumberOfBytesType range=1..1024
OriginType enum=AWS_KMS|EXTERNAL|AWS_CLOUDHSM|EXTERNAL_KEY_STORE
PendingWindowInDaysType range=1..365
PlaintextType length=1..4096 secret=1
PolicyNameType length=1..128 pattern=[\\w]+
PolicyType length=1..131072 pattern=[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+
PrincipalIdType length=1..256 pattern=^[\\w+=,.@:/-]+$
RotationPeriodInDaysType range=90..2560
SigningAlgorithmSpec enum=RSASSA_PSS_SHA_256|RSASSA_PSS_SHA_384|RSASSA_PSS_SHA_512|RSASSA_PKCS1_V1_5_SHA_256|RSASSA_PKCS1_V1_5_SHA_384|RSASSA_PKCS1_V1_5_SHA_512|ECDSA_SHA_256|ECDSA_SHA_384|ECDSA_SHA_512|SM2DSA|ML_DSA_SHAKE_256|ED25519_SHA_512|ED25519_PH_SHA_512
TagKeyList member=TagKeyType
TagKeyType length=1..128
TagValueType length=0..256
XksKeyIdType length=1..128 pattern=^[a-zA-Z0-9-_.]+$
`;
