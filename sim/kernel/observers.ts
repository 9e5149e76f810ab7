// Which services see which facts: asked once for each type of fact, since a world has few types and many facts.
import type { Action } from './call';
import type { Service } from './service';

export class Observers {
  private readonly byType = new Map<Action, readonly Service[]>();
  private readonly candidates: Service[];

  constructor(services: readonly Service[]) {
    this.candidates = services.filter(({ observe }) => observe);
  }

  /** The services besides its own that fold a fact of this type, in the order in which the world was given them. */
  of(type: Action): readonly Service[] {
    let observers = this.byType.get(type);
    if (!observers) {
      observers = this.candidates.filter((service) => sees(service, type));
      this.byType.set(type, observers);
    }
    return observers;
  }
}

export function sees({ prefix, observes = [] }: Service, type: Action): boolean {
  if (type.startsWith(`${prefix}:`)) return false;
  return observes.some((seen) => (seen.endsWith(':') ? type.startsWith(seen) : type === seen));
}
