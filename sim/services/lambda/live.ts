// The live half of an execution environment: its sandbox, which no fact can hold. Everything else about it is state.
import type { Fault } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';
import type { Sandbox, SandboxFactory } from '../../sandbox/sandbox';

/** What came due while the environment was frozen: it happens when the next invocation thaws it. */
export interface Thaw {
  action: 'lambda:FireTimer' | 'lambda:ResumeInvocation';
  input: JsonObject;
}

export interface Live {
  sandbox: Sandbox;
  /** Counts the sandboxes of one environment: what an earlier one left on the agenda is void. */
  generation: number;
  /** Until when the guest's last slice keeps the CPU. */
  busyUntil: Ms;
  maxMemoryUsedMB: number;
  thaw: Thaw[];
}

export interface LambdaRuntime {
  sandboxes: SandboxFactory;
  lives: Map<string, Live>;
  /** How long an idle environment is kept. Simplified: AWS does not say; minutes to hours. */
  idleMs: Ms;
  /** How long a new function is Pending and an update InProgress. Simplified: AWS takes some seconds. */
  creationMs: Ms;
  /** The front ends of the APIs: what breaks an API's model is refused before its service, and IAM, see it. */
  validate: (prefix: string, operation: string, input: JsonObject) => Fault | null;
}

/** The live environment that an agenda entry is about, or null when its sandbox has ended since. */
export function findLive(runtime: LambdaRuntime, input: JsonObject): Live | null {
  const live = runtime.lives.get(input.environmentId as string);
  return live && live.generation === input.generation ? live : null;
}

/** Ends the sandbox; the generation goes on, so that nothing stale finds its successor. */
export function endSandbox(runtime: LambdaRuntime, environmentId: string): void {
  const live = runtime.lives.get(environmentId);
  if (!live) return;
  live.sandbox.dispose();
  live.generation++;
  live.thaw = [];
}
