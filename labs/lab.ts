// What a lab is: a SAM application, scenarios that drive the world around it, and checks that read its facts.

import type { ServiceName } from '../sim/assemble';
import type { Arn } from '../sim/kernel/arn';
import type { Fact } from '../sim/kernel/fact';
import type { JsonObject } from '../sim/kernel/json';
import type { Ms } from '../sim/kernel/time';
import type { Answer } from '../sim/kernel/world';
import type { HostScript } from '../sim/services/internet/host';

/** A learner's answer: the lab's editable files by path, `template.yaml`, `src/charge.mjs`. */
export type LabFiles = Record<string, string>;

/** What a scenario may do to the world. Everything is scheduled in virtual time before the run or between steps. */
export interface Stage {
  readonly now: Ms;
  /** Physical id of a resource of the learner's template by logical id: its ARN. Throws when the template has no such resource. */
  arnOf(logicalId: string): Arn;
  has(logicalId: string): boolean;
  /** Uniform in [0, 1), from the run's seed; independent of what the learner's code draws. */
  random(): number;
  /** Invokes a function asynchronously, as an AWS service or a client would. Default: now. */
  invokeAsync(functionArn: Arn, payload: JsonObject, atMs?: Ms): void;
  invoke(functionArn: Arn, payload: JsonObject, atMs?: Ms): void;
  /**
   * Makes an AWS call by the name that the SDK gives it: `stage.call('sns', 'Publish', { TopicArn, Message })`. Default: now, as
   * someone who may do everything.
   */
  call(service: string, operation: string, input: JsonObject, options?: CallOptions): void;
  /** The same, at once: runs the world until the answer arrives, and gives it. Null when it never does. */
  ask(service: string, operation: string, input: JsonObject, options?: Omit<CallOptions, 'atMs'>): Answer | null;
  /** Deploys what is not the learner's: another account's topic, a neighbour's consumers. Throws when it cannot be deployed. */
  deploy(
    name: string,
    template: string,
    options?: { account?: string; region?: string; files?: LabFiles },
  ): { arnOf(logicalId: string): Arn };
  /** Makes the next `times` calls of an action fail with this fault, from virtual time `atMs` on. */
  failNext(action: string, times: number, fault: { code: string; message: string; status: number }, atMs?: Ms): void;
  /** Ends every idle environment of a function at that time, as AWS may do whenever it likes. */
  reclaimEnvironments(functionArn: Arn, atMs: Ms): void;
  /** A host outside AWS that answers `fetch`. */
  host(address: string, script: HostScript): void;
  runUntil(atMs: Ms): void;
  runUntilIdle(): void;
}

export interface CallOptions {
  /** Virtual time. Default: now. */
  atMs?: Ms;
  /** Who calls: an ARN of a user or role, or an account number for its root. IAM decides about what they may do. */
  as?: Arn | string;
  /** Where the call is made, if its input names no place. Default: the stack's own. */
  region?: string;
}

export interface Scenario {
  /** A claim about the world, as a file name would say it: `declined-card`. */
  id: string;
  /** Shown to the learner. */
  title: string;
  /** Services that it uses and that no file of the application may name. */
  needs?: readonly ServiceName[];
  play(stage: Stage): void;
}

/** What a check reads. */
export interface RunView {
  facts: readonly Fact[];
  arnOf(logicalId: string): Arn;
  has(logicalId: string): boolean;
  /** Facts of one type, in order. */
  ofType(type: string): Fact[];
}

export interface CheckResult {
  passed: boolean;
  /** One sentence for the learner, with the numbers and names of their own run. */
  message: string;
  evidence: Fact[];
}

export interface Check {
  id: string;
  points: number;
  /** The scenarios it judges, by id; it must pass in each, on each seed. */
  scenarios: string[];
  judge(run: RunView): CheckResult;
}
