// Choosing facts by type, by resource and by text, and finding what a fact led to.
import type { Fact } from '@/sim/kernel/fact';

export interface FactFilter {
  /** A whole type, `sqs:MessageSent`, or a service with its colon, `sqs:`. Empty for all. */
  type: string;
  /** A resource's ARN. Empty for all. */
  resource: string;
  /** Looked for in type, resource and data, in any case of letters. */
  text: string;
  /** Only these facts; null for all. */
  only: ReadonlySet<number> | null;
}

/** A fact never changes, so its text is made once. */
const texts = new WeakMap<Fact, string>();

function textOf(fact: Fact): string {
  const known = texts.get(fact);
  if (known !== undefined) return known;
  const text = `${fact.type} ${fact.resource} ${JSON.stringify(fact.data)}`.toLowerCase();
  texts.set(fact, text);
  return text;
}

export function filterFacts(facts: readonly Fact[], { type, resource, text, only }: FactFilter): Fact[] {
  const wanted = text.trim().toLowerCase();
  const isService = type.endsWith(':');
  return facts.filter(
    (fact) =>
      (only === null || only.has(fact.seq)) &&
      (type === '' || (isService ? fact.type.startsWith(type) : fact.type === type)) &&
      (resource === '' || fact.resource === resource) &&
      (wanted === '' || textOf(fact).includes(wanted)),
  );
}

export interface Choice {
  value: string;
  count: number;
}

/** Types by service, each in order of its name; the service itself comes first with the sum of its facts. */
export function typesOf(facts: readonly Fact[]): { service: string; count: number; types: Choice[] }[] {
  const services = new Map<string, Map<string, number>>();
  for (const { type } of facts) {
    const service = type.slice(0, type.indexOf(':'));
    const types = services.get(service) ?? new Map<string, number>();
    types.set(type, (types.get(type) ?? 0) + 1);
    services.set(service, types);
  }
  return [...services]
    .map(([service, types]) => ({
      service,
      count: [...types.values()].reduce((sum, count) => sum + count, 0),
      types: [...types].map(([value, count]) => ({ value, count })).sort((a, b) => (a.value < b.value ? -1 : 1)),
    }))
    .sort((a, b) => (a.service < b.service ? -1 : 1));
}

/** In the order of their first fact. */
export function resourcesOf(facts: readonly Fact[]): Choice[] {
  const counts = new Map<string, number>();
  for (const { resource } of facts) counts.set(resource, (counts.get(resource) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}

/** What each fact led to, by its sequence number. */
export function effectsOf(facts: readonly Fact[]): ReadonlyMap<number, readonly number[]> {
  const effects = new Map<number, number[]>();
  for (const { seq, cause } of facts) {
    if (cause === null) continue;
    const known = effects.get(cause);
    if (known) known.push(seq);
    else effects.set(cause, [seq]);
  }
  return effects;
}
