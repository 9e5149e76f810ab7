// Topics: made, changed, listed, tagged, deleted. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
import type { ApiCall, Reply } from '../../kernel/call';
import { clientFault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { checkArn, snsArn } from './arns';
import { invalid, type Refusal } from './faults';
import { topicIn } from './lookup';
import { pageOf } from './paging';
import { endDeliveries } from './settle';
import type { SnsState, Topic } from './state';
import { describeTopic, largeMessageProblem, MESSAGE_BYTES_DEFAULT, subscriptionsOf, topicAttributeProblem } from './topic-attributes';

/** SNS-X01. */
const TOPICS_MAX = 100_000;
const FIFO_TOPICS_MAX = 1000;
const TAGS_MAX = 50;

const FIFO_NAME =
  'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.';

function textsOf(value: Json | undefined): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}

export function createTopic(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const name = String(call.input.Name ?? '');
  const { FifoTopic, ...attributes } = textsOf(call.input.Attributes);
  const isFifo = FifoTopic === 'true';
  if (FifoTopic !== undefined && FifoTopic !== 'true' && FifoTopic !== 'false')
    return invalid('Attributes Reason: FifoTopic must be true or false');
  if (isFifo && !/^[A-Za-z0-9_-]{1,251}\.fifo$/.test(name)) return invalid(FIFO_NAME);
  if (!isFifo && !/^[A-Za-z0-9_-]{1,256}$/.test(name)) return invalid('Topic Name');
  const arn = snsArn(port, name);
  const tags = tagsIn(call.input);
  if ('fault' in tags) return tags;
  for (const [attribute, value] of Object.entries(attributes)) {
    const problem = topicAttributeProblem(attribute, value, { arn, isFifo });
    if (problem)
      return invalid(
        problem === 'AttributeName'
          ? `Attributes Reason: Unknown attribute ${attribute}`
          : problem.startsWith('Attributes')
            ? problem
            : `Attributes Reason: ${problem}`,
      );
  }
  const existing = state.topics[arn];
  if (existing) return sameTopic(existing, { ...attributes }, call.input.Tags === undefined ? null : tags.tags);
  const here = Object.values(state.topics).filter((topic) => topic.isFifo === isFifo && topic.arn.startsWith(snsArn(port, '')));
  if (here.length >= (isFifo ? FIFO_TOPICS_MAX : TOPICS_MAX)) {
    return clientFault('TopicLimitExceeded', 'Topic limit exceeded: the account has as many topics as it may have in this Region.', 403);
  }
  const { Policy, ...rest } = attributes;
  port.emit('sns:TopicCreated', arn, {
    name,
    isFifo,
    attributes: rest,
    policy: Policy || null,
    tags: tags.tags,
    logStream: port.uuid(),
  });
  return { ok: { TopicArn: arn } };
}

/** Making a topic again gives its ARN, unless the request asks for something else than there is. */
function sameTopic(topic: Topic, attributes: Record<string, string>, tags: Record<string, string> | null): Reply {
  for (const [name, value] of Object.entries(attributes)) {
    const current = name === 'Policy' ? topic.policy : (topic.attributes[name] ?? (name === 'DisplayName' ? '' : null));
    const isDefault = name === 'ContentBasedDeduplication' && value === 'false' && current === null;
    if (current !== value && !isDefault) return invalid('Attributes Reason: Topic already exists with different attributes');
  }
  if (tags && !isSameTags(tags, topic.tags)) return invalid('Tags Reason: Topic already exists with different tags');
  return { ok: { TopicArn: topic.arn } };
}

function isSameTags(a: Record<string, string>, b: Record<string, string>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function tagsIn(input: JsonObject): { tags: Record<string, string> } | Refusal {
  const list = (Array.isArray(input.Tags) ? input.Tags : []) as JsonObject[];
  const tags: Record<string, string> = {};
  for (const { Key, Value } of list) {
    const name = String(Key ?? '');
    if (Object.hasOwn(tags, name)) return invalid('Duplicated keys are not allowed.');
    if (name === '' || name.length > 128 || /^aws:/i.test(name)) return invalid(`Tags Reason: Invalid tag key [${name}]`);
    tags[name] = String(Value ?? '');
  }
  if (Object.keys(tags).length > TAGS_MAX) return tagLimit();
  return { tags };
}

function tagLimit(): Refusal {
  return clientFault('TagLimitExceeded', `Could not complete request: tag quota of per resource exceeded`);
}

export function getTopicAttributes(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = topicIn(state, call.input);
  return 'fault' in found ? found : { ok: { Attributes: describeTopic(state, found.topic, port.epochMs - port.now) } };
}

export function setTopicAttributes(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = topicIn(state, call.input);
  if ('fault' in found) return found;
  const { topic } = found;
  const name = String(call.input.AttributeName ?? '');
  const value = String(call.input.AttributeValue ?? '');
  const problem = topicAttributeProblem(name, value, topic);
  if (problem) return invalid(problem);
  if (name === 'MaximumMessageSize' && Number(value) > MESSAGE_BYTES_DEFAULT) {
    const against = largeMessageProblem(subscriptionsOf(state, topic));
    if (against) return invalid(against);
  }
  if (
    name === 'ArchivePolicy' &&
    (value === '' || value === '{}') &&
    subscriptionsOf(state, topic).some(({ replay }) => replay?.status === 'In progress')
  ) {
    return clientFault('InvalidState', 'Invalid state: the archive is being replayed.');
  }
  port.emit('sns:TopicAttributeSet', topic.arn, { name, value });
  return { ok: {} };
}

/** Deleting what is not there succeeds too. Messages on their way are lost. */
export function deleteTopic(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkArn('TopicArn', call.input.TopicArn);
  if (refusal) return refusal;
  const topic = state.topics[String(call.input.TopicArn)];
  if (!topic) return { ok: {} };
  endDeliveries(state, ({ messageId }) => state.messages[messageId]?.message.topicArn === topic.arn, 'TopicDeleted', port);
  port.emit('sns:TopicDeleted', topic.arn, { subscriptions: [...topic.subscriptions] });
  return { ok: {} };
}

export function listTopics(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const here = snsArn(port, '');
  const arns = Object.keys(state.topics).filter((arn) => arn.startsWith(here));
  return pageOf(
    call.input,
    'Topics',
    arns.sort().map((TopicArn) => ({ TopicArn })),
  );
}

function taggedIn(state: Readonly<SnsState>, input: JsonObject): { topic: Topic } | Refusal {
  const topic = state.topics[String(input.ResourceArn ?? '')];
  return topic ? { topic } : clientFault('ResourceNotFound', 'Resource does not exist', 404);
}

export function listTagsForResource(state: Readonly<SnsState>, call: ApiCall): Reply {
  const found = taggedIn(state, call.input);
  if ('fault' in found) return found;
  return { ok: { Tags: Object.entries(found.topic.tags).map(([Key, Value]) => ({ Key, Value })) } };
}

export function tagResource(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = taggedIn(state, call.input);
  if ('fault' in found) return found;
  const added = tagsIn(call.input);
  if ('fault' in added) return added;
  const tags = { ...found.topic.tags, ...added.tags };
  if (Object.keys(tags).length > TAGS_MAX) return tagLimit();
  port.emit('sns:TopicTagged', found.topic.arn, { tags });
  return { ok: {} };
}

export function untagResource(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const found = taggedIn(state, call.input);
  if ('fault' in found) return found;
  const gone = new Set((Array.isArray(call.input.TagKeys) ? call.input.TagKeys : []).map(String));
  const tags = Object.fromEntries(Object.entries(found.topic.tags).filter(([name]) => !gone.has(name)));
  port.emit('sns:TopicTagged', found.topic.arn, { tags });
  return { ok: {} };
}
