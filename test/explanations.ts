// Explanations of real worlds: what a case says about one, and how it is checked.
import { expect } from 'vitest';
import { explain } from '../sim/explain/explain';
import type { Explanation, Subject } from '../sim/explain/explanation';
import type { World } from '../sim/kernel/world';

/** The last fact of a type, explained. */
export function why(world: World, type: string): Explanation {
  const fact = world.trace.findLast((candidate) => candidate.type === type);
  if (!fact) throw new Error(`There is no ${type} among ${[...new Set(world.trace.map((each) => each.type))].join(', ')}.`);
  return explain(world, fact.seq);
}

/** All sentences of an explanation, a line each. */
export function said({ title, steps, change = [], next }: Explanation): string {
  const lines = [title, ...steps.map(({ verdict, text }) => `${verdict}: ${text}`), ...change.map(({ text }) => `change: ${text}`)];
  return [...lines, ...(next ? [`next: ${next.text}`] : [])].join('\n');
}

export interface Case {
  name: string;
  world: () => World;
  type: string;
  subject: Subject;
  title: RegExp;
  says?: RegExp[];
  change?: RegExp;
  /** What happens then, and when after the fact. */
  next?: { text: RegExp; inMs: number };
}

export function expectExplained({ world: create, type, subject, title, says = [], change, next }: Case): void {
  const world = create();
  const told = why(world, type);
  expect(told.title).toMatch(title);
  expect(told.subject).toBe(subject);
  for (const sentence of says) expect(said(told)).toMatch(sentence);
  if (change) expect(said(told)).toMatch(new RegExp(`change: .*${change.source}`));
  if (next) {
    const atMs = (world.trace[told.seq]?.at ?? 0) + next.inMs;
    expect(told.next).toEqual({ atMs: expect.closeTo(atMs, 3), text: expect.stringMatching(next.text) });
  }
  expect(told.evidence).toContain(told.seq);
  expect(told.chain.at(-1)?.seq).toBe(told.seq);
  expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  expectWhole(world);
  world.dispose();
}

/** Every fact of the world has sentences without holes. */
function expectWhole(world: World): void {
  for (const { seq, type } of world.trace) {
    const told = explain(world, seq);
    const texts = [told.title, ...told.steps.map((step) => step.text), ...told.chain.map((link) => link.text)];
    for (const text of texts) {
      expect(text, type).not.toMatch(/undefined|null|NaN|\[object|``|\.\.$/);
      expect(text, type).toMatch(/[.:!?`)…]$/);
    }
  }
}
