// The words of verdicts: numbers, times and names of the learner's own run.
import type { Arn } from '../sim/kernel/arn';
import type { Fact } from '../sim/kernel/fact';
import type { JsonObject } from '../sim/kernel/json';
import type { CheckResult } from './lab';

export function pass(message: string, evidence: Fact[] = []): CheckResult {
  return { passed: true, message, evidence };
}

export function fail(message: string, evidence: Fact[] = []): CheckResult {
  return { passed: false, message, evidence };
}

/** `0:01:03`: virtual time since the run began. */
export function clock(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `1 order`, `2 orders` */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** A learner's own text in a sentence: one line, and not longer than the sentence around it. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** `A`, `A and B`, `A, B and C` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The last part of an ARN: the name of a queue, topic, function or role. */
export function nameOf(arn: Arn): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** The object in a JSON text; null when it holds none. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
