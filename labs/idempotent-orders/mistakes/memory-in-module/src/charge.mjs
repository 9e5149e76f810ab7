import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});
const charges = new Map();

export const handler = async (order) => {
  let charge = charges.get(order.orderId);
  if (!charge) {
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
    if (!answer.ok) {
      const { error } = await answer.json();
      throw new Error(`${error.code}: ${error.reason ?? 'try again'}`);
    }
    charge = await answer.json();
    charges.set(order.orderId, charge);
  }

  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.SHIPPING_QUEUE_URL,
      MessageBody: JSON.stringify({ orderId: order.orderId, chargeId: charge.id, items: order.items }),
    }),
  );
  return { chargeId: charge.id };
};
