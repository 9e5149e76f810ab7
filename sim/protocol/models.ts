// The APIs that the wire protocols know. Another service of the simulator is another shapes file and a line here.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_actions-resources-contextkeys.html
import type { Fault } from '../kernel/call';
import type { JsonObject } from '../kernel/json';
import { type Constraints, parseConstraints } from './constraint';
import { CLOUDWATCH_CONSTRAINTS } from './constraints/cloudwatch';
import { DYNAMODB_CONSTRAINTS } from './constraints/dynamodb';
import { EVENTS_CONSTRAINTS } from './constraints/events';
import { IAM_CONSTRAINTS } from './constraints/iam';
import { KINESIS_CONSTRAINTS } from './constraints/kinesis';
import { KMS_CONSTRAINTS } from './constraints/kms';
import { LAMBDA_CONSTRAINTS } from './constraints/lambda';
import { LOGS_CONSTRAINTS } from './constraints/logs';
import { STS_CONSTRAINTS } from './constraints/sts';
import { ServiceModel } from './model';
import { CLOUDWATCH } from './shapes/cloudwatch';
import { DYNAMODB } from './shapes/dynamodb';
import { EVENTS } from './shapes/events';
import { IAM } from './shapes/iam';
import { KINESIS } from './shapes/kinesis';
import { KMS } from './shapes/kms';
import { LAMBDA } from './shapes/lambda';
import { LOGS } from './shapes/logs';
import { SNS } from './shapes/sns';
import { SQS } from './shapes/sqs';
import { STS } from './shapes/sts';
import { validateAgainst } from './validate';

const TEXTS = [CLOUDWATCH, DYNAMODB, EVENTS, IAM, KINESIS, KMS, LAMBDA, LOGS, SNS, SQS, STS];

/** By IAM prefix. SNS and SQS check their input in words of their own. */
const CONSTRAINT_TEXTS: Record<string, string> = {
  cloudwatch: CLOUDWATCH_CONSTRAINTS,
  dynamodb: DYNAMODB_CONSTRAINTS,
  events: EVENTS_CONSTRAINTS,
  iam: IAM_CONSTRAINTS,
  kinesis: KINESIS_CONSTRAINTS,
  kms: KMS_CONSTRAINTS,
  lambda: LAMBDA_CONSTRAINTS,
  logs: LOGS_CONSTRAINTS,
  sts: STS_CONSTRAINTS,
};

const models = new Map<string, ServiceModel>();
const constraints = new Map<string, Constraints>();

/** The API of a service by its IAM prefix. Null when the protocols do not know it. */
export function modelOf(prefix: string): ServiceModel | null {
  const known = models.get(prefix);
  if (known) return known;
  const text = TEXTS.find((candidate) => candidate.prefix === prefix);
  if (!text) return null;
  const model = new ServiceModel(text);
  models.set(prefix, model);
  return model;
}

export function constraintsOf(prefix: string): Constraints {
  const known = constraints.get(prefix);
  if (known) return known;
  const parsed = parseConstraints(CONSTRAINT_TEXTS[prefix] ?? '');
  constraints.set(prefix, parsed);
  return parsed;
}

/** The prefix of the API that a request names in its credential scope, in `X-Amz-Target`, or in its host. */
export function prefixNamed(names: { signedAs?: string | null; target?: string | null; host?: string | null }): string | null {
  for (const { prefix, signedAs, target } of TEXTS) {
    if (names.signedAs ? names.signedAs === signedAs : names.target ? names.target === target : names.host === signedAs) return prefix;
  }
  return null;
}

/** Every API that the protocols know, in one check: see validate.ts. */
export function validate(prefix: string, operation: string, input: JsonObject): Fault | null {
  const model = modelOf(prefix);
  return model ? validateAgainst(model, constraintsOf(prefix), operation, input) : null;
}
