// AWS as this simulator has it: all services, several accounts and Regions, IAM before every call.
import { type Aws, type AwsOptions, assembleAws, type ServiceMaker, type ServiceName } from './assemble';
import { validate } from './protocol/models';
import { createCloudWatch } from './services/cloudwatch/service';
import { createDynamoDb } from './services/dynamodb/service';
import { createEvents } from './services/events/service';
import { createFis } from './services/fis/service';
import { createIam } from './services/iam/service';
import { createInternet } from './services/internet/service';
import { createKinesis } from './services/kinesis/service';
import { createKms } from './services/kms/service';
import { createLambda } from './services/lambda/service';
import { createLogs } from './services/logs/service';
import { createSns } from './services/sns/service';
import { createSqs } from './services/sqs/service';
import { createSts } from './services/sts/service';

const MAKERS: Record<ServiceName, ServiceMaker> = {
  fis: createFis,
  internet: ({ hosts }) => createInternet(hosts),
  iam: ({ organization }) => createIam(organization ? { organization } : {}),
  sts: createSts,
  logs: createLogs,
  kms: createKms,
  sqs: () => createSqs(),
  sns: createSns,
  events: createEvents,
  dynamodb: () => createDynamoDb(),
  kinesis: createKinesis,
  lambda: ({ sandboxes }) => createLambda({ sandboxes, validate }),
  cloudwatch: createCloudWatch,
};

/** Everything at once. A page loads only what its templates name: see load-aws.ts. */
export function createAws(options: AwsOptions = {}): Aws {
  return assembleAws(MAKERS, options);
}
