// Patterns in requests, and trying one on an event.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import { checkMembers, invalid } from './faults';
import { patternOf } from './machines';
import { parseEventObject } from './matcher/event-value';
import { matchesPattern } from './matcher/reference';
import { parsePattern } from './pattern/pattern';

/** AWS asks for these; `resources` may be left out although the API reference names it. */
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

export function refusePattern(text: string): ReturnType<typeof clientFault> | null {
  const parsed = parsePattern(text);
  if ('pattern' in parsed) return null;
  return clientFault('InvalidEventPatternException', `Event pattern is not valid. Reason: ${parsed.refused}`);
}

export function testEventPattern(call: ApiCall): Reply {
  const refusal = checkMembers(call.input, { EventPattern: { required: true, max: 4096 }, Event: { required: true } });
  if (refusal) return refusal;
  const event = parseEventObject(String(call.input.Event));
  if (!event || MANDATORY.some((name) => !Object.hasOwn(event, name))) return invalid('Parameter Event is not valid.');
  const text = String(call.input.EventPattern);
  const badPattern = refusePattern(text);
  if (badPattern) return badPattern;
  return { ok: { Result: matchesPattern(patternOf(text), event) } };
}
