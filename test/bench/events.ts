// Event patterns: events a second over one bus, by the number of its rules. The ratio is what has to hold: the automaton, not the rules, is walked.
import { performance } from 'node:perf_hooks';
import { type EventObject, parseEventObject } from '../../sim/services/events/matcher/event-value';
import { Machine } from '../../sim/services/events/matcher/machine';
import { parsePattern } from '../../sim/services/events/pattern/pattern';

const EVENTS = 2000;
/** The best of several short rounds. */
const ROUNDS = 12;
const ROUND_MS = 150;

/** Eight kinds of rule, as they stand side by side on a shop's bus. */
function ruleText(i: number): string {
  const shop = `com.example.shop-${i % 500}`;
  const detail = [
    { orderId: [`order-${i}`] },
    { customer: { id: [{ prefix: `customer-${i}-` }] }, state: [{ 'anything-but': 'cancelled' }] },
    { file: [{ suffix: `-${i}.png` }] },
    { total: [{ numeric: ['>', i, '<=', i + 10] }], currency: ['EUR', 'USD'] },
    { address: [{ cidr: `10.${i % 250}.${(i >> 8) % 250}.0/24` }], state: ['placed'] },
    { $or: [{ coupon: [`c-${i}`] }, { voucher: [`v-${i}`] }] },
    { items: { sku: [`sku-${i}`], quantity: [{ numeric: ['>', 2] }] } },
    { name: [{ 'equals-ignore-case': `NAME-${i}` }], coupon: [{ exists: false }] },
  ][i % 8];
  return JSON.stringify({ source: [shop], 'detail-type': ['OrderPlaced', 'OrderChanged'], detail });
}

function eventText(i: number, rules: number): string {
  const k = (i * 7919) % rules;
  return JSON.stringify({
    version: '0',
    id: `id-${i}`,
    'detail-type': 'OrderPlaced',
    source: `com.example.shop-${k % 500}`,
    account: '111122223333',
    time: '2026-11-02T10:15:07Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      orderId: `order-${k}`,
      customer: { id: `customer-${k}-7`, name: 'Ada' },
      file: `photo-${k}.png`,
      total: k + 5,
      currency: 'EUR',
      address: `10.${k % 250}.${(k >> 8) % 250}.9`,
      state: 'placed',
      items: [
        { sku: `sku-${k}`, quantity: 3 },
        { sku: 'other', quantity: 1 },
      ],
      name: `name-${k}`,
    },
  });
}

interface Bus {
  rules: number;
  machine: Machine;
  texts: string[];
  events: EventObject[];
  addedPerSecond: number;
  parsedPerSecond: number;
  textsPerSecond: number;
}

function build(rules: number): Bus {
  const machine = new Machine();
  const start = performance.now();
  for (let i = 0; i < rules; i++) {
    const parsed = parsePattern(ruleText(i));
    if ('refused' in parsed) throw new Error(parsed.refused);
    machine.add(`rule-${i}`, parsed.pattern);
  }
  const addedPerSecond = (rules / (performance.now() - start)) * 1000;
  const texts = Array.from({ length: EVENTS }, (_, i) => eventText(i, rules));
  const events = texts.map((text) => JSON.parse(text) as EventObject);
  return { rules, machine, texts, events, addedPerSecond, parsedPerSecond: 0, textsPerSecond: 0 };
}

/** Per second of this process's own time: what else the machine does does not count. */
function rate(work: (i: number) => void): number {
  const before = process.cpuUsage();
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < ROUND_MS) for (let i = 0; i < EVENTS; i++, done++) work(i);
  const { user, system } = process.cpuUsage(before);
  return (done / (user + system)) * 1_000_000;
}

const few = build(1000);
const many = build(100_000);
for (let round = 0; round < ROUNDS; round++) {
  for (const bus of [few, many]) {
    const { machine, events, texts } = bus;
    bus.parsedPerSecond = Math.max(
      bus.parsedPerSecond,
      rate((i) => machine.match(events[i] as EventObject)),
    );
    bus.textsPerSecond = Math.max(
      bus.textsPerSecond,
      rate((i) => machine.match(parseEventObject(texts[i] as string) as EventObject)),
    );
  }
}
const format = (value: number) => Math.round(value).toLocaleString('en');
for (const { rules, machine, events, ...bus } of [few, many]) {
  const matches = events.reduce((sum, event) => sum + machine.match(event).length, 0) / EVENTS;
  console.log(
    `events: ${format(rules)} rules: ${format(bus.parsedPerSecond)} parsed events/s, ${format(bus.textsPerSecond)} from JSON text/s, ` +
      `${matches.toFixed(2)} matches an event, ${format(bus.addedPerSecond)} rules added/s`,
  );
}
console.log(`events: 100 times the rules cost ${(few.parsedPerSecond / many.parsedPerSecond).toFixed(2)} times as much (limit 2)`);
