// Orders at the checkout, ten seconds apart. Ids and sums come from the seed.
import type { Scenario, Stage } from '../lab';

export function sellOrders(stage: Stage, count: number): void {
  const first = 1000 + Math.floor(stage.random() * 8000);
  for (let i = 0; i < count; i++) {
    const order = { orderId: `A-${first + i * 7}`, total: 20 + Math.floor(stage.random() * 300) };
    stage.invokeAsync(stage.arnOf('CheckoutFunction'), order, i * 10_000);
  }
  stage.runUntilIdle();
}

export const scenarios: Scenario[] = [
  { id: 'three-orders', title: 'Three customers pay', needs: ['kms'], play: (stage) => sellOrders(stage, 3) },
];
