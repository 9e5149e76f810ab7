// Sentences for facts of setting up and of bookkeeping: roles, policies, keys, rules, subscriptions, versions, alarms, logs.
import type { Fact } from '../kernel/fact';
import { clock, code, counted, endpointName, named, shorten, textOf } from './names';

type Describe = (fact: Fact) => string;

const of = ({ resource }: Fact): string => named(resource);

const LAMBDA: Record<string, Describe> = {
  'lambda:FunctionUpdated': (fact) => `The code or the settings of ${of(fact)} changed.`,
  'lambda:FunctionDeleted': (fact) => `The function ${of(fact)} was deleted.`,
  'lambda:VersionPublished': (fact) => `Version ${code(textOf(fact.data.version))} of ${of(fact)} was published: it never changes again.`,
  'lambda:AliasCreated': (fact) => `The alias ${code(textOf(fact.data.name))} of ${of(fact)} exists.`,
  'lambda:AliasUpdated': (fact) => `The alias ${code(textOf(fact.data.name))} of ${of(fact)} was changed.`,
  'lambda:AliasDeleted': (fact) => `The alias ${code(textOf(fact.data.name))} of ${of(fact)} was deleted.`,
  'lambda:EventInvokeConfigPut': (fact) =>
    `Events of ${of(fact)} are retried at most ${counted(Number(fact.data.maximumRetryAttempts), 'time')}.`,
  'lambda:FunctionConcurrencyPut': (fact) => `${of(fact)} has ${textOf(fact.data.reservedConcurrency)} of the concurrency reserved.`,
  'lambda:FunctionConcurrencyDeleted': (fact) => `${of(fact)} has no reserved concurrency any more.`,
  'lambda:AccountConcurrencySet': ({ data }) => `The account may run ${counted(Number(data.concurrencyLimit), 'environment')} at once.`,
  'lambda:ProvisionedConcurrencyPut': (fact) =>
    `${of(fact)}, ${code(textOf(fact.data.qualifier))}, is to keep ${counted(Number(fact.data.requested), 'environment')} ready.`,
  'lambda:ProvisionedConcurrencySettled': (fact) =>
    fact.data.status === 'READY'
      ? `The provisioned environments of ${of(fact)}, ${code(textOf(fact.data.qualifier))}, are ready.`
      : `The provisioned environments of ${of(fact)}, ${code(textOf(fact.data.qualifier))}, could not be made.`,
  'lambda:EnvironmentProvisioned': (fact) => `Lambda makes an environment of ${of(fact)} before anybody asks for it.`,
  'lambda:PermissionAdded': (fact) => `The function policy of ${of(fact)} got a statement.`,
  'lambda:PermissionRemoved': (fact) => `The function policy of ${of(fact)} lost its statement ${code(textOf(fact.data.statementId))}.`,
  'lambda:FunctionUrlCreated': (fact) => `${of(fact)} can be called at a function URL.`,
  'lambda:FunctionUrlRequested': (fact) =>
    `The function URL of ${of(fact)} received ${code(`${textOf(fact.data.method)} ${shorten(textOf(fact.data.path))}`)}.`,
  'lambda:FunctionUrlAnswered': (fact) => `The function URL of ${of(fact)} answered ${textOf(fact.data.status)}.`,
  'lambda:EventSourceMappingCreated': ({ data }) => `A mapping is to read ${named(data.eventSourceArn)} for ${named(data.functionArn)}.`,
  'lambda:EventSourceMappingSettled': ({ data }) => {
    const { eventSourceArn, functionArn } = (data.configuration ?? {}) as { eventSourceArn?: string; functionArn?: string };
    return `The mapping from ${named(eventSourceArn)} to ${named(functionArn)} is now ${code(textOf(data.status))}.`;
  },
  'lambda:EventSourceMappingScaled': ({ data }) =>
    `The mapping now has ${counted(Number(data.to), 'worker')} at a time; before it had ${textOf(data.from)}.`,
  'lambda:EventSourcePollRecovered': ({ data }) => `The mapping to ${named(data.functionArn)} can read its queue again.`,
  'lambda:MessagesDeleted': ({ data }) =>
    `The mapping to ${named(data.functionArn)} deleted ${counted(Number(data.count), 'message')} ${data.filtered === true ? 'that no filter passes' : 'that were dealt with'}.`,
  'lambda:MessagesNotDeleted': ({ data }) =>
    `The mapping to ${named(data.functionArn)} could not delete its messages: ${code(textOf(data.errorCode))}. They come again.`,
};

const QUEUES: Record<string, Describe> = {
  'sqs:QueueAttributesSet': (fact) => `The settings of the queue ${of(fact)} changed.`,
  'sqs:QueueDeleted': (fact) => `The queue ${of(fact)} was deleted, with what it held.`,
  'sqs:ReceiveEmpty': (fact) => `Somebody asked ${of(fact)} for messages, and it had none.`,
  'sqs:MessageMoved': (fact) => `A message of ${of(fact)} was moved to ${named(fact.data.destinationArn)}.`,
};

const TOPICS: Record<string, Describe> = {
  'sns:TopicAttributeSet': (fact) => `${code(textOf(fact.data.name))} of the topic ${of(fact)} was set.`,
  'sns:TopicDeleted': (fact) => `The topic ${of(fact)} was deleted.`,
  'sns:SubscriptionRequested': ({ data }) =>
    `${capital(endpointName(textOf(data.protocol), textOf(data.endpoint)))} was subscribed to ${named(data.topicArn)}.`,
  'sns:SubscriptionConfirmed': (fact) => `A subscription of ${of(fact)} is confirmed: messages reach it from now on.`,
  'sns:SubscriptionDeleted': (fact) => `A subscription of ${of(fact)} has ended.`,
  'sns:SubscriptionAttributeSet': (fact) => `${code(textOf(fact.data.name))} of a subscription of ${of(fact)} was set.`,
  'sns:ConfirmationRequested': (fact) => `${of(fact)} asks an endpoint to confirm its subscription.`,
  'sns:EmailDelivered': (fact) => `A mail of ${of(fact)} reached its mailbox.`,
  'sns:SmsDelivered': ({ data }) => `The phone ${code(textOf(data.to))} received a text.`,
  'sns:PushDelivered': ({ data }) => `A device received a notification through ${code(textOf(data.platform))}.`,
};

const BUSES: Record<string, Describe> = {
  'events:EventBusCreated': (fact) => `The bus ${of(fact)} exists.`,
  'events:RulePut': (fact) =>
    fact.data.schedule
      ? `The rule ${of(fact)} fires by ${code(textOf(fact.data.schedule))}.`
      : `The rule ${of(fact)} looks for ${code(shorten(textOf(fact.data.pattern)))}.`,
  'events:RuleEnabled': (fact) => `The rule ${of(fact)} is enabled.`,
  'events:RuleDisabled': (fact) => `The rule ${of(fact)} is disabled: it matches nothing.`,
  'events:RuleDeleted': (fact) => `The rule ${of(fact)} was deleted.`,
  'events:TargetsPut': (fact) => `The rule ${of(fact)} got ${counted(listLength(fact.data.targets), 'target')}.`,
  'events:TargetsRemoved': (fact) => `The rule ${of(fact)} lost ${counted(listLength(fact.data.ids), 'target')}.`,
  'events:PolicyChanged': (fact) => `The policy of the bus ${of(fact)} changed.`,
  'events:ArchiveCreated': (fact) => `The archive ${of(fact)} exists.`,
  'events:EventArchived': (fact) => `The archive ${of(fact)} keeps a copy of the event.`,
  'events:ReplayStarted': (fact) => `The replay ${of(fact)} of ${named(fact.data.archiveArn)} begins.`,
  'events:EventReplayed': (fact) => `The replay ${of(fact)} puts an old event on the bus ${named(fact.data.bus)} again.`,
  'events:ReplayEnded': (fact) => `The replay ${of(fact)} has ended.`,
};

const IDENTITIES: Record<string, Describe> = {
  'iam:RoleCreated': (fact) => `The role ${of(fact)} exists.`,
  'iam:UserCreated': (fact) => `The user ${of(fact)} exists.`,
  'iam:PolicyCreated': (fact) => `The policy ${of(fact)} exists. It has no effect until it is attached.`,
  'iam:InlinePolicyPut': (fact) => `${of(fact)} got the policy ${code(textOf(fact.data.policyName))}.`,
  'iam:InlinePolicyDeleted': (fact) => `${of(fact)} lost the policy ${code(textOf(fact.data.policyName))}.`,
  'iam:PolicyAttached': (fact) => `The policy ${named(fact.data.policyArn)} was attached to ${of(fact)}.`,
  'iam:PolicyDetached': (fact) => `The policy ${named(fact.data.policyArn)} was detached from ${of(fact)}.`,
  'iam:BoundarySet': (fact) =>
    fact.data.policyArn === null
      ? `${of(fact)} has no permissions boundary any more.`
      : `The permissions boundary of ${of(fact)} is ${named(fact.data.policyArn)}.`,
  'iam:TrustPolicyUpdated': (fact) => `Who may assume ${of(fact)} has changed.`,
  'sts:RoleAssumed': (fact) => `Somebody assumed the role ${of(fact)}.`,
  'kms:KeyCreated': (fact) => `The key ${of(fact)} exists.`,
  'kms:KeyPolicyPut': (fact) => `The policy of the key ${of(fact)} was written.`,
};

const OBSERVERS: Record<string, Describe> = {
  'logs:LogGroupCreated': (fact) => `The log group ${of(fact)} exists.`,
  'logs:LogStreamCreated': (fact) => `A log stream of ${of(fact)} opens.`,
  'logs:LogEventsPut': (fact) => `${of(fact)} received ${counted(listLength(fact.data.logEvents), 'log event')}.`,
  'logs:MetricFilterMatched': (fact) =>
    `The metric filter ${code(textOf(fact.data.filterName))} counts for ${code(textOf(fact.data.metricName))}.`,
  'logs:SubscriptionMatched': (fact) =>
    `The subscription filter ${code(textOf(fact.data.filterName))} takes ${counted(Number(fact.data.events), 'log event')} to ${named(fact.data.destinationArn)}.`,
  'logs:SubscriptionDelivered': (fact) => `What ${code(textOf(fact.data.filterName))} took from ${of(fact)} has arrived.`,
  'logs:SubscriptionDropped': (fact) => `What ${code(textOf(fact.data.filterName))} took from ${of(fact)} is lost.`,
  'logs:SubscriptionRetryScheduled': (fact) =>
    `What ${code(textOf(fact.data.filterName))} took from ${of(fact)} did not arrive; the next try is due${typeof fact.data.dueAt === 'number' ? ` at ${clock(fact.data.dueAt)}` : ''}.`,
  'cloudwatch:MetricDataPut': ({ data }) =>
    `${counted(listLength(data.data), 'data point')} went to the metrics of ${code(textOf(data.namespace))}.`,
  'cloudwatch:AlarmPut': (fact) => `The alarm ${of(fact)} was set.`,
  'cloudwatch:AlarmStateChanged': ({ data }) =>
    `The alarm ${code(textOf(data.alarmName))} goes from ${code(textOf(data.from))} to ${code(textOf(data.to))}.`,
  'cloudwatch:AlarmActionDone': (fact) => `The alarm ${of(fact)} told ${named(fact.data.target)}.`,
  'cloudwatch:AlarmActionFailed': (fact) => `The alarm ${of(fact)} could not tell ${named(fact.data.target)}.`,
};

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const SETTINGS: Record<string, Describe> = { ...LAMBDA, ...QUEUES, ...TOPICS, ...BUSES, ...IDENTITIES, ...OBSERVERS };
