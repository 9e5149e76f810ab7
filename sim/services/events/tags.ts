// Tags of rules and buses. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-tagging.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { parseRuleArn } from './arns';
import { tagsIn } from './buses';
import { checkMembers, invalid, notFound } from './faults';
import { findBus } from './lookup';
import type { EventsState } from './state';

const ARN = { required: true, min: 1, max: 1600 };

function refuseResource(state: Readonly<EventsState>, arn: string): ReturnType<typeof notFound> | null {
  const rule = parseRuleArn(arn);
  const exists = rule ? findBus(state, rule.bus)?.rules[rule.name] : findBus(state, arn);
  return exists ? null : notFound(`Resource ${arn} does not exist.`);
}

export function tagResource(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { ResourceARN: ARN, Tags: { required: true, max: 200 } });
  const arn = String(call.input.ResourceARN);
  const missing = refusal ?? refuseResource(state, arn);
  if (missing) return missing;
  const tags = tagsIn(call.input);
  if (Object.keys(tags).length < (call.input.Tags as unknown[]).length)
    return invalid('Invalid parameter: Duplicated keys are not allowed.');
  port.emit('events:TagsChanged', arn, { tags: { ...state.tags[arn], ...tags } });
  return { ok: {} };
}

export function untagResource(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { ResourceARN: ARN, TagKeys: { required: true, max: 200 } });
  const arn = String(call.input.ResourceARN);
  const missing = refusal ?? refuseResource(state, arn);
  if (missing) return missing;
  const gone = call.input.TagKeys as string[];
  const tags = Object.fromEntries(Object.entries(state.tags[arn] ?? {}).filter(([key]) => !gone.includes(key)));
  port.emit('events:TagsChanged', arn, { tags });
  return { ok: {} };
}

export function listTagsForResource(state: Readonly<EventsState>, call: ApiCall): Reply {
  const refusal = checkMembers(call.input, { ResourceARN: ARN });
  const arn = String(call.input.ResourceARN);
  const missing = refusal ?? refuseResource(state, arn);
  if (missing) return missing;
  return { ok: { Tags: Object.entries(state.tags[arn] ?? {}).map(([Key, Value]) => ({ Key, Value })) } };
}
