// Before Lambda keeps a dead-letter queue, a destination, tracing or a VPC, it tries the execution role on each: LAM-INV-A4, LAM-INV-A5.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { Action, ApiCall, Fault, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { defaultSettings, parseSettings } from './configuration';
import { destinationsAskedFor } from './event-invoke-config';
import { configurationOf, type FunctionConfiguration, invalid } from './function';
import type { LambdaRuntime } from './live';
import { rolePrincipal } from './logging';
import { queueUrl } from './mappings/queue-call';
import { locate, parseReference } from './qualifier';
import type { LambdaState } from './state';

type Step = (runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port) => Reply;

/** A call that lacks what it needs, so that its answer only tells whether the role may make it. */
interface Probe {
  action: Action;
  resource: Arn;
  input: JsonObject;
  /** Set for a destination, which Lambda also wants to be there. */
  destinationArn: Arn | null;
}

interface Asked {
  owner: Pick<FunctionConfiguration, 'role' | 'functionName'>;
  probes: Probe[];
}

/** IAM's refusals as the services word them. */
const DENIED = /^(AccessDenied|AuthorizationError|UnauthorizedOperation)/;

const PROBES: Record<string, (arn: Arn) => Pick<Probe, 'action' | 'resource' | 'input'>> = {
  sqs: (arn) => ({ action: 'sqs:SendMessage', resource: arn, input: { QueueUrl: queueUrl(arn) } }),
  sns: (arn) => ({ action: 'sns:Publish', resource: arn, input: { TopicArn: arn } }),
  lambda: (arn) => ({ action: 'lambda:InvokeFunction', resource: arn, input: { FunctionName: arn, InvocationType: 'DryRun' } }),
  events: (arn) => ({ action: 'events:PutEvents', resource: arn, input: { Entries: [] } }),
  // A policy for the keys that Lambda writes is not enough: it tries the whole bucket.
  s3: (arn) => ({ action: 's3:PutObject', resource: `${arn}/*`, input: { Bucket: parseArn(arn)?.resource ?? '' } }),
};

function probeOf(arn: Arn, isDestination: boolean): Probe[] {
  const probe = PROBES[parseArn(arn)?.service ?? '']?.(arn);
  return probe ? [{ ...probe, destinationArn: isDestination ? arn : null }] : [];
}

/** Null when there is nothing to try, or the call is wrong in a way that the step itself tells. */
function askedBy(name: string, state: Readonly<LambdaState>, call: ApiCall, port: Port): Asked | null {
  if (name.endsWith('EventInvokeConfig')) {
    const found = destinationsAskedFor(state, call);
    return found && { owner: found.code, probes: found.arns.flatMap((arn) => probeOf(arn, true)) };
  }
  const { input } = call;
  const isNew = name === 'CreateFunction';
  const located = isNew ? null : locate(state, call);
  if (located && 'fault' in located) return null;
  const functionName = located?.fn.functionName ?? parseReference(String(input.FunctionName ?? ''), port)?.name ?? '';
  const base = located ? configurationOf(located.fn) : defaultSettings(functionName);
  const parsed = parseSettings(input, base, port);
  if ('fault' in parsed) return null;
  const { deadLetterArn, tracingMode, vpc, role } = parsed.value;
  const isNewRole = role !== base.role;
  const probes: Probe[] = [];
  if (vpc && (vpc !== base.vpc || isNewRole)) {
    probes.push({ action: 'ec2:CreateNetworkInterface', resource: '*', input: { DryRun: true }, destinationArn: null });
  }
  if (deadLetterArn && (deadLetterArn !== base.deadLetterArn || isNewRole)) probes.push(...probeOf(deadLetterArn, false));
  if (tracingMode === 'Active' && (base.tracingMode !== 'Active' || isNewRole)) {
    probes.push({ action: 'xray:PutTraceSegments', resource: '*', input: { TraceSegmentDocuments: [] }, destinationArn: null });
  }
  return { owner: { role, functionName }, probes };
}

/** `check` stands before the step; `resume` takes the answer to one probe and makes the next. A world without IAM is not asked. */
export function withTargetCheck(steps: Readonly<Record<string, Step>>): { check: (name: string) => Step; resume: Step } {
  const tryNext = (name: string, asked: Asked, call: ApiCall, port: Port): Reply => {
    const [probe] = asked.probes;
    if (!probe) return { ok: {} };
    const { action, resource, input } = probe;
    const about = { name, asked: asked as unknown as Json, call: call as unknown as Json };
    const replyTo = { to: 'call', action: 'lambda:TakeTargetCheck', resource: call.resource, input: about } as const;
    port.call({ action, resource, input, principal: rolePrincipal(asked.owner, port.account), replyTo, trace: null });
    return { later: true };
  };
  const check =
    (name: string): Step =>
    (runtime, state, call, port) => {
      const asked = port.route('iam', 'GetRole', {}) ? askedBy(name, state, call, port) : null;
      if (!asked || asked.probes.length === 0) return (steps[name] as Step)(runtime, state, call, port);
      return tryNext(name, asked, call, port);
    };
  const resume: Step = (runtime, state, { input }, port) => {
    const { name, asked, call, reply } = input as unknown as { name: string; asked: Asked; call: ApiCall; reply: { fault?: Fault } };
    const [probe, ...probes] = asked.probes;
    const refusal = probe && reply.fault ? refusalOf(probe, reply.fault) : null;
    let answer: Reply | null = refusal;
    if (!answer && probes.length > 0) answer = tryNext(name, { ...asked, probes }, call, port);
    answer ??= (steps[name] as Step)(runtime, state, call, port);
    if (!('later' in answer)) port.reply(call.replyTo, answer);
    return { ok: {} };
  };
  return { check, resume };
}

/** A target that found the probe itself wrong let the role in. */
function refusalOf({ action, destinationArn }: Probe, fault: Fault): { fault: Fault } | null {
  const [service = '', operation = ''] = action.split(':');
  if (DENIED.test(fault.code)) {
    return destinationArn === null
      ? invalid(`The provided execution role does not have permissions to call ${operation} on ${service.toUpperCase()}`)
      : invalid(`The function execution role does not have permissions to call ${operation} on ${destinationArn}`);
  }
  const isMissing = /NonExistent|NotFound|NoSuchBucket/.test(fault.code);
  return isMissing && destinationArn !== null ? invalid(`The destination ARN ${destinationArn} is invalid.`) : null;
}
