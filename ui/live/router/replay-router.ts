// After a repair: the learner's rules take the place of the old ones, and the archive is replayed onto them. EB-X30
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
import { type Arn, formatArn } from '@/sim/kernel/arn';
import type { World } from '@/sim/kernel/world';
import { arnOf, create, putRules, ruleArn } from './deploy-router';
import type { Refusal, RouterJob, RouterReplay } from './router-setup';

/** Between the last event and the repair: somebody has to notice. */
const UNTIL_REPAIR_MS = 30 * 60_000;

function archiveArn({ home: { region, account } }: World, name: string): Arn {
  return formatArn({ service: 'events', region, account, resource: `archive/${name}` });
}

export function createArchive(world: World, { archive }: RouterReplay): void {
  const input = { ArchiveName: archive, EventSourceArn: arnOf(world, 'bus', 'default') };
  create(world, 'events:CreateArchive', archiveArn(world, archive), input);
}

export interface Replayed {
  refused: Record<string, Refusal>;
  /** The fact that started it. */
  from: number;
}

export function replay(world: World, job: RouterJob, { archive, only }: RouterReplay): Replayed {
  world.run({ untilMs: world.now + UNTIL_REPAIR_MS });
  const refused = putRules(world, job.rules);
  const from = world.trace.length;
  const busOf = (name: string) => job.rules.find((rule) => rule.name === name)?.bus ?? 'default';
  const { region, account } = world.home;
  const start = Date.parse(job.startAt) / 1000;
  create(world, 'events:StartReplay', formatArn({ service: 'events', region, account, resource: 'replay/after-the-repair' }), {
    ReplayName: 'after-the-repair',
    EventSourceArn: archiveArn(world, archive),
    EventStartTime: start - 60,
    EventEndTime: start + world.now / 1000,
    Destination: {
      Arn: arnOf(world, 'bus', 'default'),
      ...(only.length > 0 ? { FilterArns: only.map((name) => ruleArn(world, busOf(name), name)) } : {}),
    },
  });
  world.runUntilIdle();
  return { refused, from };
}
