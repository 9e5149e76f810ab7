// State at any moment of the past: a fold of the facts from the nearest checkpoint. Checkpoints are made on demand.
import type { Fact } from './fact';
import { sees } from './observers';
import type { Service } from './service';

/** Facts of one service between two of its checkpoints: bounds the work of looking back. */
const FACTS_PER_CHECKPOINT = 2048;

interface Checkpoint {
  /** The state holds every fact up to and including this one. */
  seq: number;
  state: unknown;
}

export class History {
  private readonly services: Map<string, Service>;
  private readonly checkpoints = new Map<string, Checkpoint[]>();

  constructor(
    services: readonly Service[],
    private readonly facts: readonly Fact[],
    private readonly startAtEpochMs: number,
  ) {
    this.services = new Map(services.map((service) => [service.prefix, service]));
  }

  /** A state of its own: the caller may keep it. `seq` -1 is the world before its first fact. */
  stateAt<S>(prefix: string, seq: number): S {
    const service = this.services.get(prefix);
    if (!service) throw new Error(`There is no service ${prefix} in this world.`);
    if (!Number.isInteger(seq) || seq < -1 || seq >= this.facts.length) {
      throw new RangeError(`Fact ${seq} is not in the trace: it has facts 0 to ${this.facts.length - 1}.`);
    }
    const checkpoints = this.checkpointsUpTo(service, seq);
    let from: Checkpoint | undefined;
    for (const checkpoint of checkpoints) if (checkpoint.seq <= seq) from = checkpoint;
    const state = from ? structuredClone(from.state) : service.initial();
    this.fold(service, state, (from?.seq ?? -1) + 1, seq);
    return state as S;
  }

  private checkpointsUpTo(service: Service, seq: number): Checkpoint[] {
    let list = this.checkpoints.get(service.prefix);
    if (!list) {
      list = [];
      this.checkpoints.set(service.prefix, list);
    }
    for (;;) {
      const last = list[list.length - 1];
      const next = (last?.seq ?? -1) + FACTS_PER_CHECKPOINT;
      if (next > seq) return list;
      const state = last ? structuredClone(last.state) : service.initial();
      this.fold(service, state, (last?.seq ?? -1) + 1, next);
      list.push({ seq: next, state });
    }
  }

  private fold(service: Service, state: unknown, from: number, to: number): void {
    const mark = `${service.prefix}:`;
    const seen = new Map<string, boolean>();
    for (let i = from; i <= to; i++) {
      const fact = this.facts[i];
      if (!fact) continue;
      if (fact.type.startsWith(mark)) service.apply(state, fact);
      else if (service.observe) {
        let isSeen = seen.get(fact.type);
        if (isSeen === undefined) {
          isSeen = sees(service, fact.type);
          seen.set(fact.type, isSeen);
        }
        if (isSeen) service.observe(state, fact, this.startAtEpochMs);
      }
    }
  }
}
