// sts: what its front end checks in a request. Written by scripts/generate-protocol-shapes.mjs from botocore's
// model of sts and the enumerations of @aws-sdk/client-sts 3.1173.0; not to be edited.
export const STS_CONSTRAINTS = `
ProvidedContextsListType length=1..5
RootDurationSecondsType range=0..900
TargetPrincipalType length=12..2048
accessKeyIdType length=16..128 pattern=[\\w]*
arnType length=20..2048 pattern=[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+
clientTokenType length=4..20000 secret=1
contextAssertionType length=4..2048
durationSecondsType range=900..129600
encodedMessageType length=1..10240
externalIdType length=2..1224 pattern=[\\w+=,.@:\\/-]*
roleDurationSecondsType range=900..43200
roleSessionNameType length=2..64 pattern=[\\w+=,.@-]*
serialNumberType length=9..256 pattern=[\\w+=/:,.@-]*
sessionPolicyDocumentType length=1..2048 pattern=[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+
sourceIdentityType length=2..64 pattern=[\\w+=,.@-]*
tagKeyListType length=..50 member=tagKeyType
tagKeyType length=1..128 pattern=[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+
tagListType length=..50
tagValueType length=0..256 pattern=[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*
tokenCodeType length=6..6 pattern=[\\d]*
unrestrictedSessionPolicyDocumentType length=1.. pattern=[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+
urlType length=4..2048
userNameType length=2..32 pattern=[\\w+=,.@-]*
`;
