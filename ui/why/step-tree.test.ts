import { expect, it } from 'vitest';
import type { Step } from '@/sim/explain/explanation';
import { type StepNode, treeOf } from './step-tree';

const step = (text: string, depth?: number): Step => ({ verdict: 'info', text, data: {}, ...(depth === undefined ? {} : { depth }) });
const outline = (nodes: readonly StepNode[]): unknown[] =>
  nodes.map(({ step: { text }, details }) => (details.length > 0 ? [text, outline(details)] : text));

it.each<[name: string, steps: Step[], tree: unknown[]]>([
  ['nothing', [], []],
  ['a list', [step('a'), step('b')], ['a', 'b']],
  ['details under the step before them', [step('a'), step('b', 1), step('c', 1), step('d')], [['a', ['b', 'c']], 'd']],
  ['two levels', [step('a'), step('b', 1), step('c', 2), step('d', 1)], [['a', [['b', ['c']], 'd']]]],
  ['a detail without a step before it', [step('a', 1), step('b')], ['a', 'b']],
])('makes a tree of %s', (_name, steps, tree) => {
  expect(outline(treeOf(steps))).toEqual(tree);
});
