// AWS's managed policies for Lambda: LAM-SEC-X07. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
// Simplified: AWSLambda_FullAccess leaves out statements about services that are not simulated.
import { allow, type ManagedSource, passRole } from './policy-source';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const NETWORK = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

export const LAMBDA_POLICIES: ManagedSource[] = [
  ['service-role/AWSLambdaBasicExecutionRole', 'Provides write permissions to CloudWatch Logs.', [allow(LOGS)]],
  [
    'service-role/AWSLambdaVPCAccessExecutionRole',
    'Provides minimum permissions for a Lambda function to execute while accessing a resource within a VPC - create, describe, delete network interfaces and write permissions to CloudWatch Logs.',
    [{ Sid: 'AWSLambdaVPCAccessExecutionPermissions', ...allow([...LOGS, ...NETWORK]) }],
  ],
  [
    'service-role/AWSLambdaSQSQueueExecutionRole',
    'Provides receive message, delete message, and read attribute access to SQS queues, and write permissions to CloudWatch logs.',
    [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS])],
  ],
  [
    'service-role/AWSLambdaKinesisExecutionRole',
    'Provides list and read access to Kinesis streams and write permissions to CloudWatch logs.',
    [
      allow([
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
        'kinesis:ListStreams',
        'kinesis:SubscribeToShard',
        ...LOGS,
      ]),
    ],
  ],
  [
    'service-role/AWSLambdaDynamoDBExecutionRole',
    'Provides list and read access to DynamoDB streams and write permissions to CloudWatch logs.',
    [allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', ...LOGS])],
  ],
  [
    'service-role/AWSLambdaMSKExecutionRole',
    'Provides permissions required to access MSK Cluster within a VPC, manage ENIs (create, describe, delete) in the VPC and write permissions to CloudWatch Logs.',
    [
      allow([
        'kafka:DescribeCluster',
        'kafka:DescribeClusterV2',
        'kafka:GetBootstrapBrokers',
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeVpcs',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
        ...LOGS,
      ]),
    ],
  ],
  ['service-role/AWSLambdaENIManagementAccess', 'Minimum permissions for a Lambda function to manage ENIs.', [allow(NETWORK)]],
  ['service-role/AWSLambdaRole', 'Default policy for AWS Lambda service role.', [allow(['lambda:InvokeFunction'], ['*'])]],
  [
    'AWSLambdaExecute',
    'Provides Put, Get access to S3 and full access to CloudWatch Logs.',
    [allow(['logs:*'], 'arn:aws:logs:*:*:*'), allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::*')],
  ],
  [
    'AWSLambdaInvocation-DynamoDB',
    'Provides read access to DynamoDB Streams.',
    [
      allow(['lambda:InvokeFunction'], ['*']),
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], ['*']),
    ],
  ],
  [
    'AWSLambda_FullAccess',
    'Grants full access to AWS Lambda service, AWS Lambda console features, and other related AWS services.',
    [
      allow([
        'cloudformation:DescribeStacks',
        'cloudformation:ListStackResources',
        'cloudwatch:ListMetrics',
        'cloudwatch:GetMetricData',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'kms:ListAliases',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:ListRoles',
        'lambda:*',
        'logs:DescribeLogGroups',
        'states:DescribeStateMachine',
        'states:ListStateMachines',
        'tag:GetResources',
        'xray:GetTraceSummaries',
        'xray:BatchGetTraces',
      ]),
      passRole('lambda.amazonaws.com'),
      allow(
        ['logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartLiveTail', 'logs:StopLiveTail'],
        'arn:aws:logs:*:*:log-group:/aws/lambda/*',
      ),
    ],
  ],
  [
    'AWSLambda_ReadOnlyAccess',
    'Grants read-only access to AWS Lambda service, AWS Lambda console features, and other related AWS services.',
    [
      allow([
        'cloudformation:DescribeStacks',
        'cloudformation:ListStackResources',
        'cloudwatch:GetMetricData',
        'cloudwatch:ListMetrics',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'kms:ListAliases',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:ListRoles',
        'logs:DescribeLogGroups',
        'lambda:Get*',
        'lambda:List*',
        'states:DescribeStateMachine',
        'states:ListStateMachines',
        'tag:GetResources',
        'xray:GetTraceSummaries',
        'xray:BatchGetTraces',
      ]),
      allow(
        ['logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartLiveTail', 'logs:StopLiveTail'],
        'arn:aws:logs:*:*:log-group:/aws/lambda/*',
      ),
    ],
  ],
  [
    'AWSXRayDaemonWriteAccess',
    'Allow the AWS X-Ray Daemon to relay raw trace segments data to the service API and retrieve sampling data (rules, targets, etc.) to be used by the X-Ray SDK.',
    [
      allow([
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:GetSamplingStatisticSummaries',
      ]),
    ],
  ],
  [
    'CloudWatchLambdaInsightsExecutionRolePolicy',
    'Policy required for the Lambda Insights Extension.',
    [
      allow('logs:CreateLogGroup'),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'),
    ],
  ],
];
