// An event that no rule took, or that some rules let pass: for each rule the first key that failed, with the value seen.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
import type { Fact } from '../kernel/fact';
import type { Json, JsonObject } from '../kernel/json';
import { lastBefore } from './causes';
import type { Answer, Change, Explainer, Step } from './explanation';
import { code, counted, named, shorten, textOf } from './names';
import { leafPaths, valuesAt } from './paths';

interface PassedOver {
  rule: string;
  path?: string;
  expected?: string[];
  seen?: string[];
  reason: 'missing' | 'present' | 'different-value' | 'different-array-element' | 'disabled' | 'unknown';
}

export const explainNoMatch: Explainer = (trace, fact): Answer => {
  const { rules, rulesInAll, reason } = fact.data as unknown as { rules: PassedOver[]; rulesInAll: number; reason?: string };
  const bus = named(fact.resource);
  if (reason === 'no-bus') {
    return {
      subject: 'no-match',
      title: `There is no bus ${bus}. PutEvents answers with an event id all the same, and the event is gone.`,
      steps: [{ verdict: 'fail', text: `The bus ${bus} does not exist.`, data: { bus: fact.resource } }],
      change: [{ text: `Create the bus ${bus}, or name one that exists in EventBusName.`, data: { bus: fact.resource } }],
    };
  }
  const event = eventOf(trace, fact);
  const steps = rules.flatMap((passed) => stepsFor(trace, fact, passed, event));
  if (rulesInAll > rules.length) {
    steps.push({
      verdict: 'info',
      text: `${counted(rulesInAll - rules.length, 'more rule')} of the bus did not match either.`,
      data: { rulesInAll },
    });
  }
  if (rulesInAll === 0) steps.push({ verdict: 'fail', text: `The bus ${bus} has no rule with an event pattern.`, data: {} });
  const isPartial = fact.type === 'events:RulesPassedOver';
  const [first] = rules;
  const one = rulesInAll === 1 && first ? `: ${shortReason(first)}` : '';
  return {
    subject: 'no-match',
    title: isPartial
      ? `${counted(rulesInAll, 'rule')} of ${bus} did not match the event${one}. Other rules did.`
      : `No rule of ${bus} matches the event${one}. It ends here, and nobody is told.`,
    steps,
    ...changesFor(rules),
  };
};

function eventOf(trace: readonly Fact[], fact: Fact): Json {
  const put = lastBefore(
    trace,
    fact.seq,
    ({ type, data }) => (type === 'events:EventPut' || type === 'events:EventReplayed') && data.eventId === fact.data.eventId,
  );
  try {
    return put ? (JSON.parse(textOf(put.data.event)) as Json) : null;
  } catch {
    return null;
  }
}

function shortReason({ rule, path = '', reason, seen = [] }: PassedOver): string {
  if (reason === 'disabled') return `the rule ${code(rule)} is disabled`;
  if (reason === 'missing') return `the event has no ${code(path)}`;
  return `${code(path)} is ${
    seen
      .slice(0, 3)
      .map((value) => code(shorten(value)))
      .join(', ') || 'different'
  }`;
}

function stepsFor(trace: readonly Fact[], fact: Fact, passed: PassedOver, event: Json): Step[] {
  const { rule, path, expected = [], seen = [], reason } = passed;
  const put = lastBefore(
    trace,
    fact.seq,
    ({ type, data }) => type === 'events:RulePut' && data.bus === fact.resource && data.name === rule,
  );
  const facts = put ? { facts: [put.seq] } : {};
  if (reason === 'disabled') return [{ verdict: 'fail', text: `The rule ${code(rule)} is disabled.`, data: { rule, reason }, ...facts }];
  if (path === undefined) return [{ verdict: 'fail', text: `The rule ${code(rule)} does not match.`, data: { rule, reason }, ...facts }];
  const head: Step = { verdict: 'fail', text: `The rule ${code(rule)} does not match: ${shortReason(passed)}.`, data: { rule }, ...facts };
  const wants = expected.length === 1 ? code(expected[0] ?? '') : `one of ${expected.map(code).join(', ')}`;
  const failed: Step = {
    verdict: 'fail',
    text: `${code(path)}: the pattern wants ${wants}; ${seenText(reason, seen)}.`,
    data: { rule, path, expected, seen, reason },
    depth: 1,
  };
  return [head, ...keysBefore(put, path, event), failed, ...keysAfter(put, path)].map((step) => ({
    ...step,
    data: { ...step.data, rule },
  }));
}

function seenText(reason: PassedOver['reason'], seen: string[]): string {
  if (reason === 'missing') return 'the event has no such key';
  const values = seen.map((value) => code(shorten(value))).join(', ');
  if (reason === 'present') return `the event has it, as ${values}`;
  if (reason === 'different-array-element') return `the event has ${values}, but in another element of an array than the keys before`;
  return `the event has ${values}`;
}

/** Keys of a pattern without `$or` are compared in the order of their names, so those before the one that failed hold. */
function patternKeys(put: Fact | null): string[] {
  const pattern = textOf(put?.data.pattern);
  if (pattern === '' || pattern.includes('"$or"')) return [];
  return leafPaths(JSON.parse(pattern) as JsonObject).sort();
}

function keysBefore(put: Fact | null, path: string, event: Json): Step[] {
  return patternKeys(put)
    .filter((key) => key < path)
    .map((key) => {
      const values = valuesAt(event, key).slice(0, 3);
      const has =
        values.length === 0 ? 'absent, as the pattern wants it' : `${values.map((value) => code(shorten(value))).join(', ')} matches`;
      return { verdict: 'pass', text: `${code(key)}: ${has}.`, data: { path: key, seen: values }, depth: 1 };
    });
}

function keysAfter(put: Fact | null, path: string): Step[] {
  const left = patternKeys(put).filter((key) => key > path);
  if (left.length === 0) return [];
  return [{ verdict: 'info', text: `Not looked at any more: ${left.map(code).join(', ')}.`, data: { paths: left }, depth: 1 }];
}

function changesFor(rules: readonly PassedOver[]): { change?: Change[] } {
  const change = rules.slice(0, 3).flatMap((passed): Change[] => {
    const { rule, path, reason, seen = [] } = passed;
    const data = passed as unknown as JsonObject;
    if (reason === 'disabled') return [{ text: `Enable the rule ${code(rule)}.`, data }];
    if (path === undefined) return [];
    if (reason === 'missing')
      return [{ text: `Send an event with ${code(path)}, or leave the key out of the pattern of ${code(rule)}.`, data }];
    if (reason === 'present')
      return [{ text: `Send the event without ${code(path)}, or leave the key out of the pattern of ${code(rule)}.`, data }];
    if (reason === 'different-array-element') {
      return [{ text: `The keys have to match within one element of the array: split the rule ${code(rule)}, or the event.`, data }];
    }
    return [{ text: `Let ${code(path)} in the pattern of ${code(rule)} also match ${code(shorten(seen[0] ?? ''))}.`, data }];
  });
  return change.length > 0 ? { change } : {};
}
