// The services whose messages sim/protocol knows: read by generate-protocol-shapes.mjs.

/**
 * One entry a service: its package, how requests name it, and the operations that are left out, because no service of the
 * simulator will have them. The protocol is told from the request; what is not said here is in the schemas.
 *
 * @typedef {object} Service
 * @property {string} prefix
 * @property {string} client
 * @property {string} signedAs
 * @property {string} target
 * @property {string} version
 * @property {string | null} validation
 * @property {boolean} [isQueryCompatible]
 * @property {string[]} [ownEnumerations]
 * @property {RegExp} [without]
 * @property {string[]} [only]
 * @property {boolean} [isEc2]
 * @property {boolean} [isXml] Bodies are XML and not JSON.
 * @property {{ client: string, model: string }} [also] A second API under the same prefix, told apart by its operations alone.
 */

/** @type {Service[]} */
export const SERVICES = [
  {
    prefix: 'lambda',
    client: 'lambda',
    signedAs: 'lambda',
    target: 'AWSGirApiService',
    version: '2015-03-31',
    validation: 'ValidationException',
    // Lambda itself refuses a runtime, in words of its own.
    ownEnumerations: ['Runtime'],
    without: /Durable|CapacityProvider|CodeSigning|InvokeAsync|ResponseStream|ScalingConfig|RuntimeManagement/,
  },
  { prefix: 'sns', client: 'sns', signedAs: 'sns', target: 'AmazonSimpleNotificationService', version: '2010-03-31', validation: null },
  {
    prefix: 'sqs',
    client: 'sqs',
    signedAs: 'sqs',
    target: 'AmazonSQS',
    version: '2012-11-05',
    validation: null,
    isQueryCompatible: true,
  },
  {
    prefix: 'events',
    client: 'eventbridge',
    signedAs: 'events',
    target: 'AWSEvents',
    version: '2015-10-07',
    validation: 'ValidationException',
    without: /Partner|EventSource|Endpoint/,
  },
  {
    prefix: 'iam',
    client: 'iam',
    signedAs: 'iam',
    target: 'AWSIdentityManagementV20100508',
    version: '2010-05-08',
    validation: 'ValidationError',
    without:
      /SAML|OpenID|SSHPublicKey|ServerCertificate|SigningCertificate|MFA|ServiceSpecific|Delegation|Organizations|LoginProfile|PasswordPolicy|CredentialReport|ChangePassword|WebIdentity|LastAccessed|AcquireRole|RoleTemplate|HumanReadable|AccountProperties|TokenService|GrantingServiceAccess|InstanceProfile/,
  },
  {
    prefix: 'sts',
    client: 'sts',
    signedAs: 'sts',
    target: 'AWSSecurityTokenServiceV20110615',
    version: '2011-06-15',
    validation: 'ValidationError',
    without: /SAML|Delegated|Scoped|GetWebIdentity/,
  },
  {
    prefix: 'cloudwatch',
    client: 'cloudwatch',
    signedAs: 'monitoring',
    target: 'GraniteServiceVersion20100801',
    version: '2010-08-01',
    validation: 'ValidationError',
    isQueryCompatible: true,
    without: /Dataset|ResourceMetrics|MuteRule|Anomaly|InsightRule|MetricStream|Dashboard|Contributors|OTel|WidgetImage|LogAlarm/,
  },
  {
    prefix: 'logs',
    client: 'cloudwatch-logs',
    signedAs: 'logs',
    target: 'Logs_20140328',
    version: '2014-03-28',
    validation: 'InvalidParameterException',
    without:
      /S3Table|ImportTask|ExportTask|Deliver|Anomal|Lookup|Scheduled|DataProtection|IndexPolic|FieldIndexes|Integration|Transformer|Syslog|BearerToken|StorageTier|AccountPolic|LiveTail|Configuration|AggregateLog|LogObject|LogFields|LogRecord|GroupsForQuery|DeletionProtection/,
  },
  {
    prefix: 'kms',
    client: 'kms',
    signedAs: 'kms',
    target: 'TrentService',
    version: '2014-11-01',
    validation: 'ValidationException',
    without: /CustomKeyStore|apsulate|DeriveShared|ImportedKey|Import|Replicate|PrimaryRegion|KeyPair|LastUsage/,
  },
  {
    prefix: 'dynamodb',
    client: 'dynamodb',
    signedAs: 'dynamodb',
    target: 'DynamoDB_20120810',
    version: '2012-08-10',
    validation: 'ValidationException',
    also: { client: 'dynamodb-streams', model: 'dynamodbstreams' },
    without:
      /Statement|ExecuteTransaction|Bulk|Vectors|Backup|GlobalTable|ContributorInsights|Export|Import|KinesisStreaming|Endpoints|DescribeLimits|AutoScaling|Restore/,
  },
  {
    prefix: 'kinesis',
    client: 'kinesis',
    signedAs: 'kinesis',
    target: 'Kinesis_20131202',
    version: '2013-12-02',
    validation: 'ValidationException',
    without: /Channel|SubscribeToShard|AccountSettings|WarmThroughput|DistributionStrategy/,
  },
];
