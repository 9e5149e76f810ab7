// What only the grader tries: a message that is no JSON, and a printer that changes its roll in the middle of a batch.
import type { Check, Scenario } from '../lab';
import { everyGoodParcelGetsOneLabel, unprintableParcelIsKept } from './checks';
import { openDesk } from './scenario';

export const hiddenScenarios: Scenario[] = [
  {
    id: 'not-json',
    title: 'One of six messages is not JSON',
    play: (stage) => {
      const { desk, send } = openDesk(stage);
      const bodies = Array.from({ length: 5 }, () => JSON.stringify(desk.good()));
      desk.shuffled([...bodies, `{"parcelId": "P-${Math.floor(stage.random() * 9000)}", "weightGrams": `]).forEach((body, i) => {
        send(body, 100 * i);
      });
      stage.runUntilIdle();
    },
  },
  {
    id: 'roll-change',
    title: 'The printer answers 503 to the third and the fourth of its requests',
    play: (stage) => {
      const { desk, send } = openDesk(stage, { rollAt: [3, 4] });
      for (let i = 0; i < 7; i++) send(desk.good(), 100 * i);
      stage.runUntilIdle();
    },
  },
];

export const hiddenChecks: Check[] = [
  {
    id: 'unreadable-message-harms-no-other',
    points: 20,
    scenarios: ['not-json'],
    judge: (run) => {
      const labels = everyGoodParcelGetsOneLabel(run);
      return labels.passed ? unprintableParcelIsKept(run) : labels;
    },
  },
  { id: 'passing-failure-is-survived', points: 15, scenarios: ['roll-change'], judge: everyGoodParcelGetsOneLabel },
];
