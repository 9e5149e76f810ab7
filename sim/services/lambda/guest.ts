// Runs learner code for one slice and puts what it did on the agenda, each at its own virtual time.
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { SandboxOutput, Slice, SliceTime } from '../../sandbox/sandbox';
import type { LambdaRuntime } from './live';
import type { Environment } from './state';

/** These leave the process through its event loop, so not before the slice is over. */
const AT_END_OF_SLICE: ReadonlySet<SandboxOutput['type']> = new Set(['ready', 'init-failed', 'result', 'failed']);

export function runSlice(
  runtime: LambdaRuntime,
  environment: Environment,
  deadlineAt: Ms,
  port: Port,
  run: (time: SliceTime) => Slice,
): void {
  const live = runtime.lives.get(environment.environmentId);
  if (!live) return;
  const slice = run({ startEpochMs: port.epochMs, deadlineEpochMs: port.epochMs + Math.max(0, deadlineAt - port.now) });
  live.busyUntil = port.now + slice.cpuMs;
  live.maxMemoryUsedMB = Math.max(live.maxMemoryUsedMB, slice.maxMemoryUsedMB);
  const about = { environmentId: environment.environmentId, generation: live.generation };
  for (const output of slice.outputs) {
    const input = { ...about, output: output as unknown as JsonObject };
    port.call(
      { action: 'lambda:TakeGuestOutput', resource: environment.functionArn, input },
      AT_END_OF_SLICE.has(output.type) ? slice.cpuMs : output.atMs,
    );
  }
  if (slice.ended.end !== 'waiting') {
    port.call(
      { action: 'lambda:EndGuest', resource: environment.functionArn, input: { ...about, ended: { ...slice.ended } } },
      slice.cpuMs,
    );
  }
}
