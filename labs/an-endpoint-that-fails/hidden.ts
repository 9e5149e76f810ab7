// What only the grader tries: outages that no delivery policy reaches across.
import type { Check, Scenario } from '../lab';
import { everyParcelIsBooked } from './checks';
import { playDay } from './scenario';

const HOUR_MS = 3_600_000;

export const hiddenScenarios: Scenario[] = [
  { id: 'moving', title: 'The hook answers 404 for 90 minutes', play: (stage) => playDay(stage, 3, 1.5 * HOUR_MS, 404) },
  { id: 'two-hours', title: 'The hook answers 503 for two hours', play: (stage) => playDay(stage, 2, 2 * HOUR_MS) },
];

export const hiddenChecks: Check[] = [
  { id: 'nothing-is-lost-while-it-moves', points: 30, scenarios: ['moving'], judge: everyParcelIsBooked },
  { id: 'nothing-is-lost-in-two-hours', points: 20, scenarios: ['two-hours'], judge: everyParcelIsBooked },
];
