// iam: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of iam and the enumerations of @aws-sdk/client-iam 3.1169.0; not to be edited.
export const IAM_CONSTRAINTS = `
ActionNameListType member=ActionNameType
ActionNameType length=3..128
ContextKeyNameType length=5..256
ContextKeyTypeEnum enum=string|stringList|numeric|numericList|boolean|booleanList|ip|ipList|binary|binaryList|date|dateList
DeletionTaskIdType length=1..1000
EntityType enum=User|Role|Group|LocalManagedPolicy|AWSManagedPolicy
PolicyUsageType enum=PermissionsPolicy|PermissionsBoundary
ResourceHandlingOptionType length=1..64
ResourceNameListType member=ResourceNameType
ResourceNameType length=1..2048
SimulationPolicyListType member=policyDocumentType
accessKeyIdType length=16..128 pattern=[\\w]+
accountAliasType length=3..63 pattern=^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$
arnType length=20..2048
customSuffixType length=1..64 pattern=[\\w+=,.@-]+
entityListType member=EntityType
existingUserNameType length=1..128 pattern=[\\w+=,.@-]+
groupNameType length=1..128 pattern=[\\w+=,.@-]+
markerType length=1..320 pattern=[\\u0020-\\u00FF]+
maxItemsType range=1..1000
pathPrefixType length=1..512 pattern=\\u002F[\\u0021-\\u007F]*
pathType length=1..512 pattern=(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)
policyDescriptionType length=..1000
policyDocumentType length=1..131072 pattern=[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+
policyNameType length=1..128 pattern=[\\w+=,.@-]+
policyPathType length=1..512 pattern=((/[A-Za-z0-9\\.,\\+@=_-]+)*)/
policyScopeType enum=All|AWS|Local
policyVersionIdType pattern=v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?
roleDescriptionType length=..1000 pattern=[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*
roleMaxSessionDurationType range=3600..43200
roleNameType length=1..64 pattern=[\\w+=,.@-]+
statusType enum=Active|Inactive|Expired
tagKeyListType length=..50 member=tagKeyType
tagKeyType length=1..128 pattern=[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+
tagListType length=..50
tagValueType length=0..256 pattern=[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*
userNameType length=1..64 pattern=[\\w+=,.@-]+
`;
