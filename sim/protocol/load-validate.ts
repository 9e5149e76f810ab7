// The front ends of some APIs only: a page loads the models of the services in its worlds, and no others.
// https://smithy.io/2.0/spec/constraint-traits.html
import type { Fault } from '../kernel/call';
import type { JsonObject } from '../kernel/json';
import { type Constraints, parseConstraints } from './constraint';
import { ServiceModel, type ServiceText } from './model';
import { validateAgainst } from './validate';

type Texts = { text: ServiceText; constraints: string };

/** SNS and SQS check their input in words of their own. */
const LOADERS: Record<string, () => Promise<Texts>> = {
  cloudwatch: async () => ({
    text: (await import('./shapes/cloudwatch')).CLOUDWATCH,
    constraints: (await import('./constraints/cloudwatch')).CLOUDWATCH_CONSTRAINTS,
  }),
  dynamodb: async () => ({
    text: (await import('./shapes/dynamodb')).DYNAMODB,
    constraints: (await import('./constraints/dynamodb')).DYNAMODB_CONSTRAINTS,
  }),
  events: async () => ({
    text: (await import('./shapes/events')).EVENTS,
    constraints: (await import('./constraints/events')).EVENTS_CONSTRAINTS,
  }),
  iam: async () => ({ text: (await import('./shapes/iam')).IAM, constraints: (await import('./constraints/iam')).IAM_CONSTRAINTS }),
  kinesis: async () => ({
    text: (await import('./shapes/kinesis')).KINESIS,
    constraints: (await import('./constraints/kinesis')).KINESIS_CONSTRAINTS,
  }),
  kms: async () => ({ text: (await import('./shapes/kms')).KMS, constraints: (await import('./constraints/kms')).KMS_CONSTRAINTS }),
  lambda: async () => ({
    text: (await import('./shapes/lambda')).LAMBDA,
    constraints: (await import('./constraints/lambda')).LAMBDA_CONSTRAINTS,
  }),
  logs: async () => ({ text: (await import('./shapes/logs')).LOGS, constraints: (await import('./constraints/logs')).LOGS_CONSTRAINTS }),
  sts: async () => ({ text: (await import('./shapes/sts')).STS, constraints: (await import('./constraints/sts')).STS_CONSTRAINTS }),
};

export type Validate = (prefix: string, operation: string, input: JsonObject) => Fault | null;

/** The same check as `validate` of models.ts for these services; what it does not know it lets pass. */
export async function loadValidate(prefixes: readonly string[]): Promise<Validate> {
  const apis = new Map<string, { model: ServiceModel; constraints: Constraints }>();
  for (const prefix of prefixes) {
    const texts = await LOADERS[prefix]?.();
    if (texts) apis.set(prefix, { model: new ServiceModel(texts.text), constraints: parseConstraints(texts.constraints) });
  }
  return (prefix, operation, input) => {
    const api = apis.get(prefix);
    return api ? validateAgainst(api.model, api.constraints, operation, input) : null;
  };
}
