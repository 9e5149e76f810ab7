// AWS for a page: services come over the wire when a template names them.
import { assembleAws, type CreateAws, EVERYWHERE, isDevice, SERVICE_NAMES, type ServiceMaker, type ServiceName } from './assemble';

/** `wanted`: all services of the world. */
const LOADERS: Record<ServiceName, (wanted: readonly ServiceName[]) => Promise<ServiceMaker>> = {
  fis: async () => (await import('./services/fis/service')).createFis,
  internet: async () => {
    const { createInternet } = await import('./services/internet/service');
    return ({ hosts }) => createInternet(hosts);
  },
  iam: async () => {
    const { createIam } = await import('./services/iam/service');
    return ({ organization }) => createIam(organization ? { organization } : {});
  },
  sts: async () => (await import('./services/sts/service')).createSts,
  logs: async () => (await import('./services/logs/service')).createLogs,
  kms: async () => (await import('./services/kms/service')).createKms,
  sqs: async () => {
    const { createSqs } = await import('./services/sqs/service');
    return () => createSqs();
  },
  sns: async () => (await import('./services/sns/service')).createSns,
  dynamodb: async () => {
    const { createDynamoDb } = await import('./services/dynamodb/service');
    return () => createDynamoDb();
  },
  events: async () => (await import('./services/events/service')).createEvents,
  kinesis: async () => (await import('./services/kinesis/service')).createKinesis,
  lambda: async (wanted) => {
    const { createLambda } = await import('./services/lambda/service');
    const validate = await (await import('./protocol/load-validate')).loadValidate(wanted);
    return ({ sandboxes }) => createLambda({ sandboxes, validate });
  },
  cloudwatch: async () => (await import('./services/cloudwatch/service')).createCloudWatch,
};

/** Loads these services; the worlds that the result creates have no others. */
export async function loadAws(services: readonly ServiceName[]): Promise<CreateAws> {
  const wanted = SERVICE_NAMES.filter((name) => isDevice(name) || services.includes(name));
  const makers = await Promise.all(wanted.map(async (name) => [name, await LOADERS[name](wanted)] as const));
  return (options = {}) => assembleAws(Object.fromEntries(makers), options);
}

/** Words in templates, handlers and policies by which a service is named. */
const NAMED_BY: Partial<Record<ServiceName, RegExp>> = {
  lambda: /\bAWS::(Lambda|Serverless)::|\blambda\b/i,
  sqs: /\bsqs\b/i,
  kinesis: /kinesis/i,
  sns: /\bsns\b/i,
  kms: /\bkms/i,
  sts: /\bsts\b/i,
  dynamodb: /\bAWS::Serverless::SimpleTable\b|\bdynamodb/i,
  cloudwatch: /\bAWS::CloudWatch::|\bcloudwatch\b/i,
  events: /\bAWS::Events::|\bevents:|EventBridge|CloudWatchEvent|\bSchedule\b/i,
};

/** The services that an application names, in its template or anywhere else. Naming one too many does no harm. */
export function servicesNamedIn(files: Readonly<Record<string, string>>): ServiceName[] {
  const texts = Object.values(files);
  return SERVICE_NAMES.filter((name) => EVERYWHERE.includes(name) || texts.some((text) => NAMED_BY[name]?.test(text)));
}
