import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

export const handler = async (order) => {
  const receipt = `/tmp/${order.orderId}.json`;
  if (!existsSync(receipt)) writeFileSync(receipt, JSON.stringify(await charge(order)));
  const { id } = JSON.parse(readFileSync(receipt, 'utf8'));

  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.SHIPPING_QUEUE_URL,
      MessageBody: JSON.stringify({ orderId: order.orderId, chargeId: id, items: order.items }),
    }),
  );
  return { chargeId: id };
};

async function charge(order) {
  const answer = await fetch(`${process.env.PAYMENTS_URL}/charges`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      orderId: order.orderId,
      amountCents: order.amountCents,
      currency: 'EUR',
      card: order.card,
    }),
  });
  if (answer.ok) return answer.json();
  const { error } = await answer.json();
  throw new Error(`${error.code}: ${error.reason ?? 'try again'}`);
}
