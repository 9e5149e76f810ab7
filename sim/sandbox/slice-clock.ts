// Virtual time inside one slice: fuel spent is CPU time, CPU time moves the clock, and the budget ends exactly at the deadline.
// A function with less than 1,769 MB gets that share of one vCPU (LAM-05).
import { FUEL_PER_MS_AT_ONE_VCPU, MEMORY_MB_OF_ONE_VCPU, SLICE_FUEL_MAX } from './limits';
import type { SliceTime } from './sandbox';

export function fuelPerMs(memoryMB: number): number {
  return (FUEL_PER_MS_AT_ONE_VCPU * Math.min(memoryMB, MEMORY_MB_OF_ONE_VCPU)) / MEMORY_MB_OF_ONE_VCPU;
}

export class SliceClock {
  readonly budget: number;
  private readonly rate: number;
  private readonly availableMs: number;

  constructor(
    private readonly time: SliceTime,
    memoryMB: number,
    private readonly fuelGlobal: WebAssembly.Global,
  ) {
    this.rate = fuelPerMs(memoryMB);
    this.availableMs = Math.max(0, time.deadlineEpochMs - time.startEpochMs);
    this.budget = SliceClock.budgetOf(time, memoryMB);
    fuelGlobal.value = BigInt(this.budget);
  }

  /** What a slice may spend before its deadline. */
  static budgetOf({ startEpochMs, deadlineEpochMs }: SliceTime, memoryMB: number): number {
    return Math.min(SLICE_FUEL_MAX, Math.floor(Math.max(0, deadlineEpochMs - startEpochMs) * fuelPerMs(memoryMB)));
  }

  get fuelSpent(): number {
    return Math.min(this.budget, this.budget - Number(this.fuelGlobal.value));
  }

  get isExhausted(): boolean {
    return Number(this.fuelGlobal.value) < 0;
  }

  /** Milliseconds since the slice began, to the microsecond. */
  get elapsedMs(): number {
    if (this.isExhausted) return this.availableMs;
    return Math.min(this.availableMs, Math.round((this.fuelSpent / this.rate) * 1000) / 1000);
  }

  get nowEpochMs(): number {
    return this.time.startEpochMs + this.elapsedMs;
  }
}
