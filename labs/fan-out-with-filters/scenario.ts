// A morning's orders and refunds, far from any limit.
import type { Scenario, Stage } from '../lab';
import { attributesOf, cityOf, type Draft, publishAll } from './messages';

export function morning(stage: Stage): Draft[] {
  const euros = (from: number, to: number): number => from + Math.floor(stage.random() * (to - from));
  const of = (kind: string, total: number, i: number): Draft => ({ attributes: attributesOf(kind, total), total, city: cityOf(stage, i) });
  return [
    of('order', euros(20, 90), 0),
    of('order', euros(150, 400), 1),
    of('refund', euros(20, 90), 2),
    of('refund', euros(150, 400), 3),
    { ...of('refund', euros(150, 400), 0), city: 'Dublin' },
    { ...of('order', euros(20, 90), 0), city: 'Cork' },
  ];
}

export const scenarios: Scenario[] = [
  { id: 'a-morning', title: 'Orders and refunds from four cities', play: (stage) => publishAll(stage, morning(stage)) },
];
