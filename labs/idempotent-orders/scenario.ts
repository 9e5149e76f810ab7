// What happens around the learner's application while they watch. Every scenario draws its orders from the seed.
import type { Scenario, Stage } from '../lab';
import { createOrderBook } from './orders';
import { createPayments, PAYMENTS_ADDRESS, type PaymentsWeather } from './payments';

const SECOND = 1000;

/** SQS answers the next call with 503 until the SDK's three attempts are used up, so one handler attempt fails. */
export function refuseShippingOnce(stage: Stage): void {
  stage.failNext('sqs:SendMessage', 3, {
    code: 'ServiceUnavailable',
    message: 'The request has failed due to a temporary failure of the server.',
    status: 503,
  });
}

export function openShop(stage: Stage, weather: PaymentsWeather = {}) {
  stage.host(PAYMENTS_ADDRESS, createPayments(weather));
  return { functionArn: stage.arnOf('ChargeFunction'), book: createOrderBook(() => stage.random()) };
}

export const scenarios: Scenario[] = [
  {
    id: 'three-orders',
    title: 'Three orders, and nothing goes wrong',
    play: (stage) => {
      const { functionArn, book } = openShop(stage);
      for (const atMs of [0, 20 * SECOND, 45 * SECOND]) stage.invokeAsync(functionArn, book.next(), atMs);
      stage.runUntilIdle();
    },
  },
  {
    id: 'slow-payment',
    title: 'The provider books the charge and answers after 5 s',
    play: (stage) => {
      const { functionArn, book } = openShop(stage, { slowFirst: 1, slowMs: 5 * SECOND });
      stage.invokeAsync(functionArn, book.next(), 0);
      stage.runUntilIdle();
    },
  },
  {
    id: 'payments-down',
    title: 'The provider answers 503 once and books nothing',
    play: (stage) => {
      const { functionArn, book } = openShop(stage, { downFirst: 1 });
      stage.invokeAsync(functionArn, book.next(), 0);
      stage.runUntilIdle();
    },
  },
  {
    id: 'shipping-refuses-once',
    title: 'SQS refuses the shipping message after the charge',
    play: (stage) => {
      const { functionArn, book } = openShop(stage);
      refuseShippingOnce(stage);
      stage.invokeAsync(functionArn, book.next(), 0);
      stage.runUntilIdle();
    },
  },
  {
    id: 'declined-card',
    title: 'The bank declines one of two cards',
    play: (stage) => {
      const { functionArn, book } = openShop(stage);
      stage.invokeAsync(functionArn, book.nextDeclined(), 0);
      stage.invokeAsync(functionArn, book.next(), 10 * SECOND);
      stage.runUntilIdle();
    },
  },
];
