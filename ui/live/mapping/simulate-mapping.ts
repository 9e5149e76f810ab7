// One run of a queue with a function behind it: a fresh world, the messages, and time until nothing is left to do or to watch.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
import type { CreateAws } from '@/sim/assemble';
import { type Arn, formatArn } from '@/sim/kernel/arn';
import type { Fact } from '@/sim/kernel/fact';
import type { JsonObject } from '@/sim/kernel/json';
import type { WorldLimits } from '@/sim/kernel/limits';
import type { World } from '@/sim/kernel/world';
import type { SandboxFactory } from '@/sim/sandbox/sandbox';
import { functionNameOf } from '../runtime-setup';
import { RUNTIME_SERVICES } from '../simulate';
import type { MappingJob } from './mapping-setup';

const LIMITS: Partial<WorldLimits> = { factsMax: 20_000, callsMax: 100_000, agendaMax: 10_000, virtualMsMax: 2 * 24 * 3_600_000 };
const MINUTE_MS = 60_000;
const BEGINS_EVERY_MS = 10_000;

export function simulateMapping(job: MappingJob, sandboxes: SandboxFactory, createAws: CreateAws): readonly Fact[] {
  const world: World = createAws({ sandboxes, services: RUNTIME_SERVICES, seed: job.seed, limits: LIMITS });
  try {
    const { queueArn, queueUrl } = deploy(world, job);
    // The mapping takes a moment to be enabled; messages come when it polls, at a moment that is easy to reckon with.
    world.runUntilIdle();
    const beginsAt = Math.ceil(world.now / BEGINS_EVERY_MS) * BEGINS_EVERY_MS;
    job.bodies.forEach((MessageBody, index) => {
      const input = { QueueUrl: queueUrl, MessageBody };
      world.schedule({ action: 'sqs:SendMessage', resource: queueArn, input }, beginsAt + index * job.everySeconds * 1000);
    });
    world.runUntil(beginsAt + job.watchMinutes * MINUTE_MS);
    return world.trace;
  } finally {
    world.dispose();
  }
}

function deploy(world: World, job: MappingJob): { queueArn: Arn; queueUrl: string } {
  const { account, region } = world.home;
  const name = functionNameOf(job.handler);
  const arnOf = (service: string, resource: string) => formatArn({ service, region: service === 'iam' ? '' : region, account, resource });
  const queueArn = arnOf('sqs', job.queueName);
  const functionArn = arnOf('lambda', `function:${name}`);
  const deadLetterArn = arnOf('sqs', `${job.queueName}-dlq`);
  const { maxReceiveCount } = job;
  if (maxReceiveCount !== null) create(world, 'sqs:CreateQueue', deadLetterArn, { QueueName: `${job.queueName}-dlq`, Attributes: {} });
  const redrive = maxReceiveCount === null ? null : { deadLetterTargetArn: deadLetterArn, maxReceiveCount };
  const { QueueUrl } = create(world, 'sqs:CreateQueue', queueArn, {
    QueueName: job.queueName,
    Attributes: {
      VisibilityTimeout: String(job.visibilitySeconds),
      ...(redrive ? { RedrivePolicy: JSON.stringify(redrive) } : {}),
    },
  });
  create(world, 'lambda:CreateFunction', functionArn, {
    FunctionName: name,
    Runtime: 'nodejs22.x',
    Handler: job.handler,
    Role: arnOf('iam', `role/${name}`),
    MemorySize: job.memoryMB,
    Timeout: job.timeoutSeconds,
    Code: { Files: job.files },
  });
  if (job.reservedConcurrency !== null) {
    const ReservedConcurrentExecutions = job.reservedConcurrency;
    create(world, 'lambda:PutFunctionConcurrency', functionArn, { FunctionName: name, ReservedConcurrentExecutions });
  }
  const input = {
    FunctionName: name,
    EventSourceArn: queueArn,
    BatchSize: job.batchSize,
    MaximumBatchingWindowInSeconds: job.windowSeconds,
    ...(job.reportsItemFailures ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
    ...(job.maximumConcurrency === null ? {} : { ScalingConfig: { MaximumConcurrency: job.maximumConcurrency } }),
  };
  const routed = world.route('lambda', 'CreateEventSourceMapping', input);
  if (!routed) throw new Error('This build of the simulator has no event source mappings.');
  create(world, routed.action, routed.resource, input);
  return { queueArn, queueUrl: String(QueueUrl) };
}

/** Throws what AWS says to settings that do not go together. */
function create(world: World, action: `${string}:${string}`, resource: Arn, input: JsonObject): JsonObject {
  const answer = world.call({ action, resource, input });
  if (!answer) throw new Error(`${action} was never answered.`);
  if ('fault' in answer) throw new Error(`${answer.fault.message} (${answer.fault.code})`);
  return (answer.ok ?? {}) as JsonObject;
}
