// Amazon SNS. https://docs.aws.amazon.com/sns/latest/dg/ https://docs.aws.amazon.com/sns/latest/api/
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port, Route, Service, ServiceAction } from '../../kernel/service';
import { applySns } from './apply';
import { snsArn, topicOfSubscription } from './arns';
import { confirmSubscription, readLink } from './confirmation';
import { continuePublish, publishEncrypted } from './encryption';
import { endAttempt, timeOutAttempt } from './end-attempt';
import {
  checkOptedOut,
  deliverEmail,
  deliverPush,
  deliverRecord,
  deliverSms,
  getSmsAttributes,
  listOptedOut,
  optIn,
  receiveStop,
  setSmsAttributes,
} from './people';
import {
  createPlatformApplication,
  createPlatformEndpoint,
  deleteEndpoint,
  deletePlatformApplication,
  getEndpointAttributes,
  getPlatformApplicationAttributes,
  listEndpoints,
  listPlatformApplications,
  setEndpointAttributes,
  setPlatformApplicationAttributes,
} from './platform';
import { endDeadLetter } from './settle';
import { initialState, type SnsState } from './state';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  subscribe,
  unsubscribe,
} from './subscriptions';
import { addPermission, policyOf, removePermission } from './topic-policy';
import {
  createTopic,
  deleteTopic,
  getTopicAttributes,
  listTagsForResource,
  listTopics,
  setTopicAttributes,
  tagResource,
  untagResource,
} from './topics';

type Action = ServiceAction<SnsState>;

const OPERATIONS: Record<string, Action> = {
  AddPermission: addPermission,
  CheckIfPhoneNumberIsOptedOut: checkOptedOut,
  ConfirmSubscription: confirmSubscription,
  CreatePlatformApplication: createPlatformApplication,
  CreatePlatformEndpoint: createPlatformEndpoint,
  CreateTopic: createTopic,
  DeleteEndpoint: deleteEndpoint,
  DeletePlatformApplication: deletePlatformApplication,
  DeleteTopic: deleteTopic,
  GetEndpointAttributes: getEndpointAttributes,
  GetPlatformApplicationAttributes: getPlatformApplicationAttributes,
  GetSMSAttributes: getSmsAttributes,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  GetTopicAttributes: getTopicAttributes,
  ListEndpointsByPlatformApplication: listEndpoints,
  ListPhoneNumbersOptedOut: listOptedOut,
  ListPlatformApplications: listPlatformApplications,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  ListTagsForResource: listTagsForResource,
  ListTopics: listTopics,
  OptInPhoneNumber: optIn,
  Publish: publishEncrypted,
  RemovePermission: removePermission,
  SetEndpointAttributes: setEndpointAttributes,
  SetPlatformApplicationAttributes: setPlatformApplicationAttributes,
  SetSMSAttributes: setSmsAttributes,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  SetTopicAttributes: setTopicAttributes,
  Subscribe: subscribe,
  TagResource: tagResource,
  Unsubscribe: unsubscribe,
  UntagResource: untagResource,
};

/** Steps of the world: what SNS does by itself, and what people do with what they received. */
const STEPS: Record<string, Action> = {
  ContinuePublish: continuePublish,
  DeliverEmail: deliverEmail,
  DeliverPush: deliverPush,
  DeliverRecord: deliverRecord,
  DeliverSms: deliverSms,
  EndAttempt: endAttempt,
  EndDeadLetter: endDeadLetter,
  OpenLink: openLink,
  ReceiveStop: receiveStop,
  TimeOutAttempt: timeOutAttempt,
};

export function createSns(): Service<SnsState> {
  return {
    prefix: 'sns',
    passesTrace: true,
    initial: initialState,
    actions: { ...OPERATIONS, ...STEPS },
    apply: applySns,
    internal: new Set(Object.keys(STEPS)),
    route,
    accepts: (target, { body, attributes = {} }) => ({
      action: 'sns:Publish',
      input: { TopicArn: target, Message: body, ...(Object.keys(attributes).length > 0 ? { MessageAttributes: attributes } : {}) },
    }),
    resourcePolicy: (state, arn) => {
      const topic = state.topics[arn];
      return topic ? policyOf(topic) : null;
    },
    // What is published to a phone or a device is no topic.
    exists: (state, arn) => parseArn(arn)?.resource.includes('/') !== false || state.topics[arn] !== undefined,
    conditionKeys: (state, call) => {
      const tags = Object.entries(state.topics[call.resource]?.tags ?? {});
      return Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
    },
    // A text straight to a phone is allowed and refused for its number: a policy for topics says nothing about it.
    permissionResources: ({ action, input }) =>
      action === 'sns:Publish' && typeof input.PhoneNumber === 'string' ? [input.PhoneNumber] : null,
    passedRoles: (_state, call) => rolesIn(call).map((role) => ({ role, service: 'sns.amazonaws.com' })),
  };
}

/** IAM's action and resource. Operations on subscriptions are about their topic; lists and phones about no single resource. */
function route(operation: string, input: JsonObject, where: { account: string; region: string }): Route | null {
  if (operation === 'PublishBatch') return { action: 'sns:Publish', resource: arnOr(input.TopicArn, where) };
  if (!OPERATIONS[operation]) return null;
  const action = `sns:${operation}` as const;
  if (operation === 'CreateTopic') return { action, resource: snsArn(where, String(input.Name ?? '')) };
  if (input.SubscriptionArn !== undefined) return { action, resource: arnOr(topicOfSubscription(String(input.SubscriptionArn)), where) };
  const named = input.TopicArn ?? input.TargetArn ?? input.ResourceArn ?? input.PlatformApplicationArn ?? input.EndpointArn;
  return { action, resource: arnOr(named, where) };
}

/** What is not an ARN is refused by the operation itself, in the caller's account and Region. */
function arnOr(value: unknown, where: { account: string; region: string }): Arn {
  const isArn = typeof value === 'string' && parseArn(value)?.service === 'sns';
  return isArn ? value : snsArn(where, '*');
}

function rolesIn({ action, input }: ApiCall): Arn[] {
  const attributes: JsonObject = (input.Attributes ?? {}) as JsonObject;
  const set = typeof input.AttributeName === 'string' ? { [input.AttributeName]: input.AttributeValue ?? '' } : {};
  if (!/:(CreateTopic|SetTopicAttributes|Subscribe|SetSubscriptionAttributes)$/.test(action)) return [];
  return Object.entries({ ...attributes, ...set })
    .filter(([name, value]) => (name.endsWith('FeedbackRoleArn') || name === 'SubscriptionRoleArn') && value !== '')
    .map(([, value]) => String(value));
}

/** Somebody opens a link of a message: the request is not signed. Input: `url`. */
function openLink(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const link = readLink(String(call.input.url ?? ''));
  if (!link) return clientFault('InvalidParameter', 'Invalid parameter: the address is no link of SNS');
  const { context: _context, ...rest } = call;
  const opened: ApiCall = { ...rest, input: link.input, principal: { type: 'anonymous', id: 'anonymous', account: '' } };
  return link.action === 'ConfirmSubscription' ? confirmSubscription(state, opened, port) : unsubscribe(state, opened, port);
}
