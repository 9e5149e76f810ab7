// What only the grader tries: names that a star would cover, and the way from a small role to a large one.
import type { Check, Scenario } from '../lab';
import { judgeProbes, ownOf as ownIn, roleOf as roleIn } from './checks';
import { lookAlikes, wholeAccount } from './probes';
import { ownOf, roleOf, tryAll } from './scenario';

export const hiddenScenarios: Scenario[] = [
  {
    id: 'look-alikes',
    title: 'Topics and queues with similar names, and the same names in another Region',
    play: (stage) => tryAll(stage, lookAlikes(ownOf(stage))),
  },
  {
    id: 'whole-account',
    title: 'Lists of everything, new resources, and more rights for itself',
    play: (stage) => tryAll(stage, wholeAccount(ownOf(stage), stage.arnOf('RestockFunction'), roleOf(stage))),
  },
];

export const hiddenChecks: Check[] = [
  {
    id: 'look-alikes-stay-out-of-reach',
    points: 15,
    scenarios: ['look-alikes'],
    judge: (run) => judgeProbes(run, lookAlikes(ownIn(run)), 'on topics and queues with similar names'),
  },
  {
    id: 'nothing-for-the-whole-account',
    points: 15,
    scenarios: ['whole-account'],
    judge: (run) => judgeProbes(run, wholeAccount(ownIn(run), run.arnOf('RestockFunction'), roleIn(run)), 'that concern the whole account'),
  },
];
