// Nights at the shop: each brings prices, and the catalogue is up, down or of another opinion.
import type { Scenario, Stage } from '../lab';
import { CATALOGUE_ADDRESS, createCatalogue } from './catalogue';
import { createPriceList } from './prices';

const SECOND = 1000;

export function openNight(stage: Stage, downFirst = 0) {
  stage.host(CATALOGUE_ADDRESS, createCatalogue(downFirst));
  return { functionArn: stage.arnOf('PriceFunction'), list: createPriceList(() => stage.random()) };
}

export const scenarios: Scenario[] = [
  {
    id: 'quiet-night',
    title: 'Three prices, and all are written',
    play: (stage) => {
      const { functionArn, list } = openNight(stage);
      for (const atMs of [0, 10 * SECOND, 15 * SECOND]) stage.invokeAsync(functionArn, list.next(), atMs);
      stage.runUntilIdle();
    },
  },
  {
    id: 'catalogue-restarts',
    title: 'The catalogue answers 503 once',
    play: (stage) => {
      const { functionArn, list } = openNight(stage, 1);
      stage.invokeAsync(functionArn, list.next());
      stage.runUntilIdle();
    },
  },
  {
    id: 'mistyped-price',
    title: 'One of two prices is mistyped',
    play: (stage) => {
      const { functionArn, list } = openNight(stage);
      stage.invokeAsync(functionArn, list.nextMistyped());
      stage.invokeAsync(functionArn, list.next(), 10 * SECOND);
      stage.runUntilIdle();
    },
  },
];
