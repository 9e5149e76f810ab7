// One try to hand an event to a target: by the call that the kind of its ARN asks for.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
import { type Arn, parseArn } from '../../../kernel/arn';
import {
  type ApiCall,
  type ConditionContext,
  type Continuation,
  clientFault,
  type Fault,
  type Principal,
  type Reply,
} from '../../../kernel/call';
import type { JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { busName, parseRuleArn } from '../arns';
import { eventTime } from '../instant';
import { parseEventObject } from '../matcher/event-value';
import type { EventsState, Invocation } from '../state';
import { callDestination } from './http';
import { fail, settle } from './settle';
import { inputFor } from './transform';

export function invokeTarget(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const invocation = state.invocations[String(call.input.invocationId)];
  if (!invocation) return { ok: {} };
  const { target, ruleArn } = invocation;
  const input = inputFor(target, invocation.event, {
    ruleArn,
    ruleName: parseRuleArn(ruleArn)?.name ?? '',
    ingestedAt: eventTime((port.epochMs - port.now + invocation.createdAt) / 1000),
  });
  const attempt = invocation.attempts + 1;
  const text = 'text' in input ? input.text : null;
  port.emit('events:TargetInvoked', ruleArn, {
    invocationId: invocation.id,
    eventId: invocation.eventId,
    targetId: target.Id,
    targetArn: target.Arn,
    attempt,
    input: text,
  });
  if ('refused' in input) fail(invocation, { code: 'INVALID_JSON', message: input.refused, isRetryable: false }, port);
  else if (!askForRole(invocation, input.text, port)) hand(invocation, input.text, port);
  return { ok: {} };
}

/** A role that does not trust EventBridge ends the delivery. False when there is nothing to ask: no role, or a world without IAM. */
function askForRole(invocation: Invocation, text: string, port: Port): boolean {
  const { RoleArn: role } = invocation.target;
  const route = typeof role === 'string' && port.route('iam', 'GetRole', {}) ? port.route('sts', 'AssumeRole', { RoleArn: role }) : null;
  if (!route) return false;
  const continuation = continuationFor(invocation, 'TakeRole');
  port.call({
    ...route,
    // Without the name of a session STS only says whether the role may be assumed.
    input: { RoleArn: role as string },
    context: { 'aws:SourceArn': invocation.ruleArn, 'aws:SourceAccount': port.account },
    replyTo: { ...continuation, input: { ...continuation.input, text } },
  });
  return true;
}

export function takeRole(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { invocationId, attempt, text, reply } = call.input as unknown as {
    invocationId: string;
    attempt: number;
    text: string;
    reply: { fault?: Fault };
  };
  const invocation = state.invocations[invocationId];
  if (invocation?.attempts !== attempt) return { ok: {} };
  if (reply.fault?.code === 'AccessDenied') {
    fail(invocation, { code: 'FAILED_TO_ASSUME_ROLE', message: reply.fault.message, isRetryable: false }, port);
  } else hand(invocation, text, port);
  return { ok: {} };
}

/** The answer to a try comes back here. */
export function settleTarget(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { invocationId, attempt, reply } = call.input as unknown as { invocationId: string; attempt: number; reply: { fault?: Fault } };
  const invocation = state.invocations[invocationId];
  // A late answer to a try that was already given up.
  if (invocation?.attempts === attempt) settle(invocation, reply, port);
  return { ok: {} };
}

function continuationFor(invocation: Invocation, operation = 'SettleTarget'): Extract<Continuation, { to: 'call' }> {
  // The try is counted by the fact that was just emitted.
  const input = { invocationId: invocation.id, attempt: invocation.attempts };
  return { to: 'call', action: `events:${operation}`, resource: invocation.ruleArn, input };
}

/** EB-X20: the role of the target where it names one, else the service on behalf of the rule. */
function callerFor(invocation: Invocation, port: Port): { principal: Principal; context: ConditionContext } {
  const { RoleArn: role, Arn: target } = invocation.target;
  if (typeof role !== 'string') {
    if (isBus(target)) return accountItself(port.account);
    const context = { 'aws:SourceArn': invocation.ruleArn, 'aws:SourceAccount': port.account };
    return { principal: { type: 'service', id: 'events.amazonaws.com', account: port.account }, context };
  }
  const parts = parseArn(role);
  const name = role.slice(role.lastIndexOf('/') + 1);
  const id = `arn:aws:sts::${parts?.account}:assumed-role/${name}/events`;
  return { principal: { type: 'role', id, account: parts?.account ?? port.account, session: { roleArn: role } }, context: {} };
}

function isBus(target: Arn): boolean {
  return /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\//.test(target);
}

/**
 * Without a role one bus calls another for the sender's account as a whole. A policy that opens a bus to an organisation asks for a role,
 * so the keys of the organisation are not there. EB-X31
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
function accountItself(account: string): { principal: Principal; context: ConditionContext } {
  const principal: Principal = { type: 'root', id: `arn:aws:iam::${account}:root`, account };
  return { principal, context: { 'aws:PrincipalOrgID': [], 'aws:PrincipalOrgPaths': [] } };
}

function hand(invocation: Invocation, text: string, port: Port): void {
  const { target } = invocation;
  const parts = parseArn(target.Arn);
  const caller = { ...callerFor(invocation, port), replyTo: continuationFor(invocation) };
  switch (parts?.service) {
    case 'sqs':
      port.call({
        action: 'sqs:SendMessage',
        resource: target.Arn,
        input: sqsInput(target.Arn, target.SqsParameters as JsonObject | undefined, text),
        ...caller,
      });
      return;
    case 'logs':
      putLogEvent(target.Arn, text, caller, port);
      return;
    case 'events':
      if (parts.resource.startsWith('api-destination/')) askDestination(invocation, text, caller, port);
      else forward(invocation, text, caller, port);
      return;
    default:
      port.deliver(target.Arn, { body: text }, caller);
  }
}

function sqsInput(arn: Arn, parameters: JsonObject | undefined, text: string): JsonObject {
  const parts = parseArn(arn);
  const group = parameters?.MessageGroupId;
  return {
    QueueUrl: `https://sqs.${parts?.region}.amazonaws.com/${parts?.account}/${parts?.resource}`,
    MessageBody: text,
    ...(group === undefined ? {} : { MessageGroupId: group }),
  };
}

type Caller = ReturnType<typeof callerFor> & { replyTo: Continuation };

/** A stream of its own for each event. A template may give `{"timestamp":…,"message":…}`. */
function putLogEvent(target: Arn, text: string, caller: Caller, port: Port): void {
  const group = target.replace(/:\*$/, '');
  const { replyTo, ...sender } = caller;
  const logGroupName = parseArn(group)?.resource.replace(/^log-group:/, '') ?? '';
  const logStreamName = port.uuid();
  // IAM knows a group by its streams, so that a policy for `log-group:<name>:*` covers this.
  const resource = `${group}:log-stream:${logStreamName}`;
  const parsed = parseEventObject(text);
  const message =
    parsed && Object.keys(parsed).length === 2 && typeof parsed.message === 'string' && 'timestamp' in parsed ? parsed.message : text;
  port.call({ action: 'logs:CreateLogStream', resource, input: { logGroupName, logStreamName }, ...sender });
  const logEvents = [{ timestamp: Math.floor(port.epochMs), message }];
  port.call({ action: 'logs:PutLogEvents', resource, input: { logGroupName, logStreamName, logEvents }, replyTo, ...sender });
}

/** The role asks for the call; its answer comes later, from the endpoint. */
function askDestination(invocation: Invocation, text: string, caller: Caller, port: Port): void {
  const input = { invocationId: invocation.id, attempt: invocation.attempts, text };
  const replyTo = continuationFor(invocation, 'SettlePermission');
  port.call({ action: 'events:InvokeApiDestination', resource: invocation.target.Arn, input, ...caller, replyTo });
}

export function invokeApiDestination(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { invocationId, attempt, text } = call.input as { invocationId: string; attempt: number; text: string };
  const invocation = state.invocations[invocationId];
  if (invocation?.attempts === attempt) callDestination(state, invocation, text, continuationFor(invocation), port);
  return { ok: {} };
}

/** Only a refusal ends the try here. */
export function settlePermission(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { fault } = call.input.reply as { fault?: Fault };
  return fault ? settleTarget(state, call, port) : { ok: {} };
}

/** EB-X31: an event goes from one bus to a second, not on to a third. */
function forward(invocation: Invocation, event: string, caller: Caller, port: Port): void {
  const { target, route } = invocation;
  if (route.length > 1) {
    const accounts = new Set([...route, target.Arn].map((arn) => parseArn(arn)?.account));
    const code = accounts.size > 2 ? 'THIRD_ACCOUNT_HOP_DETECTED' : 'THIRD_REGION_HOP_DETECTED';
    fail(
      invocation,
      { code, message: `The event came to ${busName(route[1] ?? '')} from another bus and is not sent on.`, isRetryable: false },
      port,
    );
    return;
  }
  port.call({ action: 'events:PutEvents', resource: target.Arn, input: { Entries: [], Forwarded: { event, route } }, ...caller });
}

/** No answer in time. */
export function timeOutTarget(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { invocationId, attempt } = call.input as unknown as { invocationId: string; attempt: number };
  const invocation = state.invocations[invocationId];
  if (invocation?.attempts !== attempt) return { ok: {} };
  settle(invocation, clientFault('Timeout', 'The target did not answer in time.', 504), port);
  return { ok: {} };
}
