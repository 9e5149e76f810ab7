// One run of a live Lambda runtime: a fresh world with one function, its calls, and time until nothing is left to do.
import type { CreateAws, ServiceName } from '@/sim/assemble';
import { type Arn, formatArn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { hostScripts } from './hosts/host-scripts';
import { functionNameOf, type RuntimeJob } from './runtime-setup';

const LIMITS: Partial<WorldLimits> = { factsMax: 20_000, callsMax: 100_000, agendaMax: 10_000, virtualMsMax: 2 * 24 * 3_600_000 };

/** AWS takes the environment back this long after the attempt, well within the wait for the next. */
const RECLAIM_AFTER_MS = 30_000;

/** What a live runtime is made of. Without IAM: its function's role may do everything. */
export const RUNTIME_SERVICES: readonly ServiceName[] = ['lambda', 'sqs', 'logs'];

export function simulate(job: RuntimeJob, sandboxes: SandboxFactory, createAws: CreateAws): readonly Fact[] {
  const world: World = createAws({
    sandboxes,
    services: RUNTIME_SERVICES,
    seed: job.seed,
    limits: LIMITS,
    hosts: hostScripts(job.hosts),
    onFact: (fact) => {
      if (fact.type !== 'lambda:InvocationEnded' || fact.data.attempt !== job.reclaimAfterAttempt) return;
      world.schedule({ action: 'lambda:ReclaimEnvironments', resource: fact.resource, input: {} }, fact.at + RECLAIM_AFTER_MS);
    },
  });
  try {
    const functionArn = deploy(world, job);
    for (let call = 0; call < job.calls; call++) {
      const Payload = JSON.stringify(job.events[call % job.events.length] ?? {});
      const input = { InvocationType: job.invocationType, Payload };
      world.schedule({ action: 'lambda:InvokeFunction', resource: functionArn, input }, world.now + call * job.everySeconds * 1000);
    }
    world.runUntilIdle();
    return world.trace;
  } finally {
    world.dispose();
  }
}

function deploy(world: World, job: RuntimeJob): Arn {
  const { account, region } = world.home;
  const name = functionNameOf(job.handler);
  const functionArn = formatArn({ service: 'lambda', region, account, resource: `function:${name}` });
  const deadLetterArn = formatArn({ service: 'sqs', region, account, resource: `${name}-dlq` });
  if (job.deadLetterQueue) create(world, 'sqs:CreateQueue', deadLetterArn, { QueueName: `${name}-dlq`, Attributes: {} });
  create(world, 'lambda:CreateFunction', functionArn, {
    FunctionName: name,
    Runtime: 'nodejs22.x',
    Handler: job.handler,
    Role: formatArn({ service: 'iam', region: '', account, resource: `role/${name}` }),
    MemorySize: job.memoryMB,
    Timeout: job.timeoutSeconds,
    Environment: { Variables: job.variables },
    Code: { Files: job.files },
    ...(job.deadLetterQueue ? { DeadLetterConfig: { TargetArn: deadLetterArn } } : {}),
  });
  create(world, 'lambda:PutFunctionEventInvokeConfig', functionArn, { FunctionName: name, MaximumRetryAttempts: job.retries });
  if (job.reservedConcurrency !== null) {
    const ReservedConcurrentExecutions = job.reservedConcurrency;
    create(world, 'lambda:PutFunctionConcurrency', functionArn, { FunctionName: name, ReservedConcurrentExecutions });
  }
  return functionArn;
}

function create(world: World, action: `${string}:${string}`, resource: Arn, input: JsonObject): void {
  const answer = world.call({ action, resource, input });
  if (!answer) throw new Error(`${action} was never answered.`);
  if ('fault' in answer) throw new Error(`${answer.fault.message} (${answer.fault.code})`);
}
