// What a target receives: the event, a part of it, a constant, or a template filled from it.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
import type { JsonObject } from '../../../kernel/json';
import {
  type EventObject,
  type EventValue,
  isObject,
  parseEvent,
  parseEventObject,
  WrittenNumber,
  writeEvent,
} from '../matcher/event-value';
import type { Target } from '../state';
import { valueAt } from './json-path';

export interface TransformContext {
  ruleArn: string;
  ruleName: string;
  /** ISO 8601. */
  ingestedAt: string;
}

const PREDEFINED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
];

const PLACEHOLDER = /<([^<>]*)>/g;

export interface InputTransformer extends JsonObject {
  InputTemplate: string;
}

export function pathsOf(transformer: JsonObject): Record<string, string> {
  return (transformer.InputPathsMap ?? {}) as Record<string, string>;
}

/** A placeholder that is neither predefined nor in the path map. */
export function unknownPlaceholder(transformer: InputTransformer): string | null {
  const paths = pathsOf(transformer);
  for (const [, name = ''] of transformer.InputTemplate.matchAll(PLACEHOLDER)) {
    if (!PREDEFINED.includes(name) && !Object.hasOwn(paths, name)) return name;
  }
  return null;
}

export type TargetInput = { text: string } | { refused: string };

/** The text that the target is sent, or why there is none. */
export function inputFor(target: Target, text: string, context: TransformContext): TargetInput {
  if (typeof target.Input === 'string') return { text: target.Input };
  const transformer = target.InputTransformer as InputTransformer | undefined;
  if (typeof target.InputPath !== 'string' && !transformer) return { text };
  const event = parseEventObject(text) ?? {};
  if (typeof target.InputPath === 'string') {
    const value = valueAt(event, target.InputPath);
    return value === undefined ? { refused: `The event has nothing at ${target.InputPath}.` } : { text: writeEvent(value) };
  }
  return transformer ? fill(transformer, event, context) : { text };
}

function fill(transformer: InputTransformer, event: EventObject, context: TransformContext): TargetInput {
  const values = valuesFor(transformer, event, context);
  const template = transformer.InputTemplate;
  let text = '';
  let at = 0;
  let isInString = false;
  for (const match of template.matchAll(PLACEHOLDER)) {
    const before = template.slice(at, match.index);
    isInString = isOpenAfter(before, isInString);
    const value = values[match[1] ?? ''];
    text += before + (isInString ? inString(value) : writeEvent(value ?? ''));
    at = match.index + match[0].length;
  }
  text += template.slice(at);
  if (!/^\s*[{[]/.test(template)) return { text: text.trim() };
  const parsed = parseEvent(text);
  return parsed === undefined ? { refused: 'The input template does not give valid JSON for this event.' } : { text: writeEvent(parsed) };
}

/** Whether the text ends inside a JSON string. */
function isOpenAfter(text: string, isOpen: boolean): boolean {
  let open = isOpen;
  for (let i = 0; i < text.length; i++) {
    if (open && text[i] === '\\') i++;
    else if (text[i] === '"') open = !open;
  }
  return open;
}

/** Values are not escaped; an object or array loses its quotes. */
function inString(value: EventValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof WrittenNumber) return value.text;
  return typeof value === 'object' ? writeEvent(value).replaceAll('"', '') : String(value);
}

function valuesFor(transformer: InputTransformer, event: EventObject, context: TransformContext): Record<string, EventValue | undefined> {
  const values: Record<string, EventValue | undefined> = {};
  for (const [name, path] of Object.entries(pathsOf(transformer))) values[name] = valueAt(event, path);
  const { detail: _, 'detail-type': detailType, ...envelope } = event;
  return {
    ...values,
    'aws.events.rule-arn': context.ruleArn,
    'aws.events.rule-name': context.ruleName,
    'aws.events.event.ingestion-time': context.ingestedAt,
    'aws.events.event': { ...envelope, detailType: detailType ?? '' },
    'aws.events.event.json': isObject(event) ? event : {},
  };
}
