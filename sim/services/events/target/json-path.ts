// Paths into an event: `$.detail.items[0].sku`. The part of JSONPath that EventBridge evaluates.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
import { type EventValue, isObject } from '../matcher/event-value';

type Step = { name: string } | { index: number } | 'all';

const STEP = /\.([^.[\]*]+)|\.\*|\[(\d+)\]|\[\*\]|\[['"]([^'"]+)['"]\]/y;

function parsePath(path: string): Step[] | null {
  if (!path.startsWith('$')) return null;
  const steps: Step[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return null;
    const name = match[1] ?? match[3];
    if (name !== undefined) steps.push({ name });
    else steps.push(match[2] === undefined ? 'all' : { index: Number(match[2]) });
  }
  return steps;
}

/** Undefined when the event has nothing there, or the path is not one. A wildcard gives a list. */
export function valueAt(event: EventValue, path: string): EventValue | undefined {
  const steps = parsePath(path);
  if (!steps) return undefined;
  let found: EventValue[] = [event];
  for (const step of steps) {
    found = found.flatMap((value) => {
      if (step === 'all') return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
      const next =
        'name' in step
          ? isObject(value) && Object.hasOwn(value, step.name)
            ? value[step.name]
            : undefined
          : Array.isArray(value)
            ? value[step.index]
            : undefined;
      return next === undefined ? [] : [next];
    });
  }
  return steps.includes('all') ? found : found[0];
}
