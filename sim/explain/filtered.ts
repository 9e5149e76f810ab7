// A message that a subscription's filter policy kept away: which key, what the policy wants there, what the message has.
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
import type { Fact } from '../kernel/fact';
import type { Json, JsonObject } from '../kernel/json';
import { lastBefore } from './causes';
import type { Answer, Explainer, Step } from './explanation';
import { code, shorten, subscriptionName, textOf } from './names';
import { leafPaths, valuesAt } from './paths';

interface Filtered {
  messageId: string;
  subscriptionArn: string;
  reason: 'MessageAttributes' | 'MessageBody' | 'NoMessageAttributes' | 'InvalidAttributes' | 'InvalidMessageBody';
  key: string | null;
  seen: string[] | null;
  filterPolicy: string;
  scope: string;
}

export const explainFiltered: Explainer = (trace, fact): Answer => {
  const filtered = fact.data as unknown as Filtered;
  const { subscriptionArn, reason, scope, messageId } = filtered;
  const where = subscriptionName(trace, subscriptionArn);
  const policy = parsed(filtered.filterPolicy);
  const published = lastBefore(trace, fact.seq, ({ type, data }) => type === 'sns:MessagePublished' && data.messageId === messageId);
  const set = lastBefore(
    trace,
    fact.seq,
    ({ type, resource }) => resource === subscriptionArn && /^sns:Subscription(Requested|AttributeSet)$/.test(type),
  );
  const facts = [published?.seq, set?.seq].filter((seq): seq is number => seq !== undefined);
  const place = scope === 'MessageBody' ? 'body' : 'attributes';
  const whole = WHOLE[reason];
  if (whole) {
    const steps: Step[] = [{ verdict: 'fail', text: whole, data: filtered as unknown as JsonObject, facts }];
    return { subject: 'filtered', title: `The message does not reach ${where}: ${whole}`, steps, change: [changeFor(filtered, where)] };
  }
  return {
    subject: 'filtered',
    title: `The message does not reach ${where}: ${keyText(filtered, place)}.`,
    steps: [
      { verdict: 'info', text: `The filter policy looks at the message's ${place}.`, data: { scope }, facts },
      ...keysBefore(filtered, policy, published),
      {
        verdict: 'fail',
        text: `${code(filtered.key ?? '')}: the policy wants ${wantedAt(policy, filtered.key)}; ${keyText(filtered, place)}.`,
        data: filtered as unknown as JsonObject,
      },
    ],
    change: [changeFor(filtered, where)],
  };
};

const WHOLE: Partial<Record<Filtered['reason'], string>> = {
  NoMessageAttributes: 'the policy asks for attributes, and the message has none.',
  InvalidAttributes: 'an attribute of the message cannot be read as the type that it names.',
  InvalidMessageBody: 'the policy looks into the body, and the body is no JSON object.',
};

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

function keyText({ key, seen }: Filtered, place: string): string {
  if (!seen || seen.length === 0) return `the message's ${place} have no ${code(key ?? '')}`.replace('body have', 'body has');
  return `the message has ${code(key ?? '')} as ${seen
    .slice(0, 3)
    .map((value) => code(shorten(value)))
    .join(', ')}`;
}

function wantedAt(policy: JsonObject, key: string | null): string {
  const [first, ...more] = key === null ? [] : conditionsAt(policy, key);
  if (first === undefined) return 'something else';
  return more.length === 0 ? code(first) : `one of ${[first, ...more].slice(0, 5).map(code).join(', ')}`;
}

/** Also inside `$or`. */
function conditionsAt(policy: JsonObject, key: string): string[] {
  const here = valuesOfRule(policy, key);
  if (here.length > 0) return here;
  const alternatives = policy.$or;
  return Array.isArray(alternatives) ? alternatives.flatMap((item) => (isObject(item) ? conditionsAt(item, key) : [])) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valuesOfRule(policy: Json | undefined, path: string): string[] {
  if (path === '') return Array.isArray(policy) ? policy.map((item) => JSON.stringify(item)) : [];
  if (!isObject(policy)) return [];
  return Object.entries(policy).flatMap(([name, member]) => {
    if (path === name) return valuesOfRule(member, '');
    return path.startsWith(`${name}.`) ? valuesOfRule(member, path.slice(name.length + 1)) : [];
  });
}

/** Keys of a policy without `$or` are compared in its order, so those before the one that failed hold. */
function keysBefore({ key, scope }: Filtered, policy: JsonObject, published: Fact | null): Step[] {
  if ('$or' in policy || key === null) return [];
  const paths = leafPaths(policy);
  return paths.slice(0, Math.max(0, paths.indexOf(key))).map((path): Step => {
    const values = published ? seenAt(published, scope, path) : [];
    const has =
      values.length === 0 ? 'absent, as the policy wants it' : `${values.map((value) => code(shorten(value))).join(', ')} matches`;
    return { verdict: 'pass', text: `${code(path)}: ${has}.`, data: { path, seen: values } };
  });
}

function seenAt({ data }: Fact, scope: string, path: string): string[] {
  if (scope === 'MessageBody') return valuesAt(parsed(textOf(data.message)), path).slice(0, 3);
  const attribute = (data.attributes as Record<string, { StringValue?: string }> | undefined)?.[path];
  return attribute?.StringValue === undefined ? [] : [attribute.StringValue];
}

function changeFor({ key, seen, scope, reason }: Filtered, where: string): { text: string; data: JsonObject } {
  const data = { key, seen, scope, reason };
  if (reason === 'InvalidMessageBody') return { text: 'Publish a JSON object, or set FilterPolicyScope to `MessageAttributes`.', data };
  if (reason === 'NoMessageAttributes') {
    return { text: 'Publish the message with the attributes, or set FilterPolicyScope to `MessageBody` if they are in the body.', data };
  }
  if (reason === 'InvalidAttributes') return { text: 'Give the attribute a value of its data type.', data };
  const [value] = seen ?? [];
  if (value === undefined)
    return { text: `Publish the message with ${code(key ?? '')}, or leave the key out of the filter policy of ${where}.`, data };
  return { text: `Let ${code(key ?? '')} in the filter policy of ${where} also match ${code(shorten(value))}.`, data };
}
