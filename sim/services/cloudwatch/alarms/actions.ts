// What an alarm does when it changes: a message to a topic, an event to a function, a call to whatever takes deliveries.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
import { type Arn, parseArn } from '../../../kernel/arn';
import type { ApiCall, Fault, Reply } from '../../../kernel/call';
import type { Port } from '../../../kernel/service';
import type { Alarm, AlarmState } from './alarm';
import { functionPayload, notificationOf, subjectOf } from './messages';

export function runActions(alarm: Alarm, before: AlarmState, port: Port): void {
  const { configuration, state } = alarm;
  if (!configuration.ActionsEnabled) return;
  const lists = {
    OK: configuration.OKActions,
    ALARM: configuration.AlarmActions,
    INSUFFICIENT_DATA: configuration.InsufficientDataActions,
  };
  for (const target of lists[state.value]) act(alarm, before, target, port);
}

function act(alarm: Alarm, before: AlarmState, target: Arn, port: Port): void {
  const service = parseArn(target)?.service;
  const { account = '' } = parseArn(alarm.arn) ?? {};
  const replyTo = {
    to: 'call',
    action: 'cloudwatch:EndAction',
    resource: alarm.arn,
    input: { target, state: alarm.state.value },
  } as const;
  const context = { 'aws:SourceArn': alarm.arn, 'aws:SourceAccount': account };
  if (service === 'sns') {
    const input = { TopicArn: target, Subject: subjectOf(alarm), Message: notificationOf(alarm, before) };
    const principal = { type: 'service', id: 'cloudwatch.amazonaws.com', account } as const;
    // By this key the policy that every topic starts with lets the alarms of its own account in. SNS-X30.
    const asOwner = { ...context, 'aws:SourceOwner': account };
    port.call({ action: 'sns:Publish', resource: target, input, principal, context: asOwner, replyTo });
    return;
  }
  const id = service === 'lambda' ? 'lambda.alarms.cloudwatch.amazonaws.com' : 'cloudwatch.amazonaws.com';
  const body = JSON.stringify(functionPayload(alarm, before));
  port.deliver(target, { body }, { principal: { type: 'service', id, account }, context, replyTo });
}

export function endAction(call: ApiCall, port: Port): Reply {
  const { target, state, reply } = call.input as unknown as { target: Arn; state: string; reply: { fault?: Fault } };
  if (reply.fault) {
    const { code, message } = reply.fault;
    port.emit('cloudwatch:AlarmActionFailed', call.resource, {
      target,
      state,
      epochMs: port.epochMs,
      errorCode: code,
      errorMessage: message,
    });
  } else port.emit('cloudwatch:AlarmActionDone', call.resource, { target, state, epochMs: port.epochMs });
  return { ok: {} };
}
