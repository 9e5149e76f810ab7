// What happens around the function, and what somebody with its credentials tries.
import type { Arn } from '../../sim/kernel/arn';
import type { JsonObject } from '../../sim/kernel/json';
import type { Scenario, Stage } from '../lab';
import { neighbours, type Own, otherActions, type Probe } from './probes';
import { drawCount } from './stock-counts';

const SECOND = 1000;

export function ownOf(stage: Pick<Stage, 'arnOf'>): Own {
  return { topicArn: stage.arnOf('StockAlertsTopic'), queueArn: stage.arnOf('SupplierOrdersQueue') };
}

export function roleOf(stage: Stage): Arn {
  const answer = stage.ask('lambda', 'GetFunctionConfiguration', { FunctionName: stage.arnOf('RestockFunction') });
  return answer && 'ok' in answer ? String((answer.ok as JsonObject).Role) : '';
}

/** The calls of the probes, one after the other, as the function's role. */
export function tryAll(stage: Stage, probes: readonly Probe[]): void {
  const as = roleOf(stage);
  for (const { service, operation, input, resource } of probes) {
    const region = resource.startsWith('arn:') ? resource.split(':')[3] : undefined;
    stage.ask(service, operation, input, { as, ...(region ? { region } : {}) });
  }
}

export function countStock(stage: Stage, isLow: boolean, atMs: number): void {
  stage.invokeAsync(
    stage.arnOf('RestockFunction'),
    drawCount(() => stage.random(), isLow),
    atMs,
  );
}

export const scenarios: Scenario[] = [
  {
    id: 'evening-count',
    title: 'Two kettles run low, one does not',
    play: (stage) => {
      [true, false, true].forEach((isLow, i) => {
        countStock(stage, isLow, i * 20 * SECOND);
      });
      stage.runUntilIdle();
    },
  },
  {
    id: 'stolen-credentials',
    title: "Somebody uses the role's credentials on the function's own topic and queue",
    play: (stage) => tryAll(stage, otherActions(ownOf(stage))),
  },
  {
    id: 'payroll-next-door',
    title: "Somebody uses them on payroll's topic and queue, and on a phone",
    play: (stage) => {
      stage.ask('sns', 'CreateTopic', { Name: 'payroll-wages' });
      stage.ask('sqs', 'CreateQueue', { QueueName: 'payroll-wages' });
      tryAll(stage, neighbours(ownOf(stage)));
    },
  },
];
