// The topic that a request names, or AWS's refusal. https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
import type { JsonObject } from '../../kernel/json';
import { checkArn } from './arns';
import { notFound, type Refusal } from './faults';
import type { SnsState, Topic } from './state';

export function topicIn(state: Readonly<SnsState>, input: JsonObject, member = 'TopicArn'): { topic: Topic } | Refusal {
  const refusal = checkArn(member, input[member]);
  if (refusal) return refusal;
  const topic = state.topics[String(input[member])];
  return topic ? { topic } : notFound('Topic');
}
