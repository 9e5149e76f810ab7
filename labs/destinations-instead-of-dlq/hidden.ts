// What only the grader tries: a catalogue that is away for longer than a price is fresh, and a night with some of everything.
import type { Check, Scenario } from '../lab';
import { buyerHearsOfGivenUpPrices, noStalePriceIsWritten, websiteHearsOfWrittenPrices } from './checks';
import { openNight } from './scenario';

const SECOND = 1000;

export const hiddenScenarios: Scenario[] = [
  {
    id: 'long-restart',
    title: 'The catalogue is away for two attempts',
    play: (stage) => {
      const { functionArn, list } = openNight(stage, 2);
      stage.invokeAsync(functionArn, list.next());
      stage.runUntilIdle();
    },
  },
  {
    id: 'mixed-night',
    title: 'Good prices and mistyped ones, several at the same moment',
    play: (stage) => {
      const { functionArn, list } = openNight(stage);
      const times = [0, 0, 5, 5, 60].map((seconds) => seconds * SECOND);
      for (const atMs of times) stage.invokeAsync(functionArn, stage.random() < 0.5 ? list.next() : list.nextMistyped(), atMs);
      stage.invokeAsync(functionArn, list.nextMistyped(), 61 * SECOND);
      stage.invokeAsync(functionArn, list.next(), 62 * SECOND);
      stage.runUntilIdle();
    },
  },
];

export const hiddenChecks: Check[] = [
  { id: 'stale-price-is-given-up', points: 20, scenarios: ['long-restart'], judge: noStalePriceIsWritten },
  {
    id: 'nobody-is-told-twice',
    points: 20,
    scenarios: ['mixed-night'],
    judge: (run) => {
      const buyer = buyerHearsOfGivenUpPrices(run);
      return buyer.passed ? websiteHearsOfWrittenPrices(run) : buyer;
    },
  },
];
