// Steps of an explanation as the tree that their depths tell.
import type { Step } from '@/sim/explain/explanation';

export interface StepNode {
  /** Its place among all steps. */
  id: number;
  step: Step;
  details: StepNode[];
}

export function treeOf(steps: readonly Step[]): StepNode[] {
  const roots: StepNode[] = [];
  /** The latest node of each depth. */
  const latest: StepNode[] = [];
  for (const [id, step] of steps.entries()) {
    const node: StepNode = { id, step, details: [] };
    const depth = Math.min(step.depth ?? 0, latest.length);
    const parent = depth > 0 ? latest[depth - 1] : undefined;
    (parent ? parent.details : roots).push(node);
    latest.length = depth;
    latest.push(node);
  }
  return roots;
}
