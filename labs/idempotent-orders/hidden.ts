// What only the grader tries: other orders, and the three situations that defeat a key made of the wrong thing.
import type { Check, Scenario } from '../lab';
import { everyChargedOrderReachesShipping, everyOrderIsChargedExactlyOnce } from './checks';
import { openShop, refuseShippingOnce } from './scenario';

const SECOND = 1000;

export const hiddenScenarios: Scenario[] = [
  {
    id: 'order-sent-twice',
    title: 'The shop sends the same order as two events',
    play: (stage) => {
      const { functionArn, book } = openShop(stage);
      const [first, second] = [book.next(), book.next()];
      stage.invokeAsync(functionArn, first, 0);
      stage.invokeAsync(functionArn, first, 40 * SECOND);
      // Two events at the same moment run in two environments.
      stage.invokeAsync(functionArn, second, 80 * SECOND);
      stage.invokeAsync(functionArn, second, 80 * SECOND);
      stage.runUntilIdle();
    },
  },
  {
    id: 'environment-reclaimed',
    title: 'The environment is gone before the second attempt',
    play: (stage) => {
      const { functionArn, book } = openShop(stage);
      refuseShippingOnce(stage);
      stage.invokeAsync(functionArn, book.next(), 0);
      stage.reclaimEnvironments(functionArn, 30 * SECOND);
      stage.runUntilIdle();
    },
  },
  {
    id: 'one-customer-two-orders',
    title: 'One customer orders twice, for the same amount, from the same card',
    play: (stage) => {
      const { functionArn, book } = openShop(stage, { downFirst: 1 });
      const first = book.next();
      const same = { customer: first.customer, amountCents: first.amountCents, card: first.card, items: first.items };
      stage.invokeAsync(functionArn, first, 0);
      stage.invokeAsync(functionArn, book.next(same), 5 * SECOND);
      stage.invokeAsync(functionArn, book.next(), 9 * SECOND);
      stage.runUntilIdle();
    },
  },
];

export const hiddenChecks: Check[] = [
  {
    id: 'same-order-sent-twice-is-charged-once',
    points: 15,
    scenarios: ['order-sent-twice'],
    judge: everyOrderIsChargedExactlyOnce,
  },
  {
    id: 'survives-a-new-environment',
    points: 15,
    scenarios: ['environment-reclaimed'],
    judge: (run) => {
      const charged = everyOrderIsChargedExactlyOnce(run);
      return charged.passed ? everyChargedOrderReachesShipping(run) : charged;
    },
  },
  {
    id: 'different-orders-are-charged-separately',
    points: 10,
    scenarios: ['one-customer-two-orders'],
    judge: everyOrderIsChargedExactlyOnce,
  },
];
