// What is said on the topic: orders and refunds with their attributes. Ids, amounts and towns come from the run's seed.
import type { Fact } from '../../sim/kernel/fact';
import type { JsonObject } from '../../sim/kernel/json';
import type { RunView, Stage } from '../lab';
import { parseObject } from '../wording';

export interface Attribute {
  DataType: string;
  StringValue: string;
}

export interface Draft {
  attributes: Record<string, Attribute>;
  city: string;
  total: number;
}

const CITIES = ['Dublin', 'Cork', 'Galway', 'Limerick'];

export function attributesOf(kind: string, amount: number): Record<string, Attribute> {
  return { kind: { DataType: 'String', StringValue: kind }, amount: { DataType: 'Number', StringValue: String(amount) } };
}

/** Publishes drafts a second apart, under ids of their own. */
export function publishAll(stage: Stage, drafts: readonly Draft[]): void {
  const TopicArn = stage.arnOf('OrdersTopic');
  let number = 1000 + Math.floor(stage.random() * 8000);
  drafts.forEach(({ attributes, city, total }, i) => {
    number += 1 + Math.floor(stage.random() * 9);
    const Message = JSON.stringify({ orderId: `A-${number}`, total, shop: { city, till: 1 + Math.floor(stage.random() * 4) } });
    const MessageAttributes = attributes as unknown as JsonObject;
    const input = { TopicArn, Message, ...(Object.keys(attributes).length > 0 ? { MessageAttributes } : {}) };
    stage.call('sns', 'Publish', input, { atMs: stage.now + i * 1000 });
  });
  stage.runUntilIdle();
}

export function cityOf(stage: Stage, at: number): string {
  return CITIES[(at + Math.floor(stage.random() * 2) * 2) % CITIES.length] ?? 'Dublin';
}

/** A message as it was published. */
export interface Said {
  fact: Fact;
  orderId: string;
  city: string;
  kind: string | null;
  amount: number | null;
  /** For a sentence: `the refund A-1203 of 129 euros from Cork`. */
  name: string;
}

export function saidIn(run: RunView): Said[] {
  const topic = run.arnOf('OrdersTopic');
  return run
    .ofType('sns:MessagePublished')
    .filter((fact) => fact.resource === topic)
    .flatMap((fact) => {
      const body = parseObject(String(fact.data.message));
      if (!body) return [];
      const attributes = (fact.data.attributes ?? {}) as unknown as Record<string, Attribute>;
      const kind = attributes.kind?.StringValue ?? null;
      const amount = attributes.amount?.DataType === 'Number' ? Number(attributes.amount.StringValue) : null;
      const orderId = String(body.orderId);
      const city = String((body.shop as JsonObject).city);
      const sum = amount === null ? `${body.total} euros, without an amount that is a number,` : `${amount} euros`;
      return [{ fact, orderId, city, kind, amount, name: `the ${kind ?? 'message without a kind'} ${orderId} of ${sum} from ${city}` }];
    });
}

export interface Arrived {
  fact: Fact;
  orderId: string | null;
  isWrapped: boolean;
}

export function arrivedIn(run: RunView, queue: string): Arrived[] {
  const arn = run.arnOf(queue);
  return run
    .ofType('sqs:MessageSent')
    .filter((fact) => fact.resource === arn)
    .map((fact) => {
      const body = parseObject(String(fact.data.body));
      const isWrapped = typeof body?.Message === 'string';
      const inner = isWrapped ? parseObject(String(body?.Message)) : body;
      return { fact, orderId: typeof inner?.orderId === 'string' ? inner.orderId : null, isWrapped };
    });
}
