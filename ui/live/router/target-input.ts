// What a target is sent, as an author or a learner writes it: YAML with the members of PutTargets.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
import { parse } from 'yaml';
import type { JsonObject } from '@/sim/kernel/json';
import type { TargetWish } from './router-setup';

const MEMBERS = ['Input', 'InputPath', 'InputTransformer'];

export function inputOf({ input }: TargetWish): { input: JsonObject } | { unreadable: string } {
  if (input === undefined || input.trim() === '') return { input: {} };
  let read: unknown;
  try {
    read = parse(input);
  } catch (error) {
    return {
      unreadable: `The input of the target is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : 'it cannot be read'}`,
    };
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return { unreadable: HELP };
  const members = Object.keys(read);
  const unknown = members.find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return { unreadable: `A target has no ${unknown} for its input. ${HELP}` };
  return { input: read as JsonObject };
}

const HELP = 'Write Input, InputPath or InputTransformer; without any of them the target is sent the whole event.';
