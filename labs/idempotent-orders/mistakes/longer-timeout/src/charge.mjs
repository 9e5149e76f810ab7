import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

export const handler = async (order) => {
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
  const charge = await answer.json();

  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.SHIPPING_QUEUE_URL,
      MessageBody: JSON.stringify({ orderId: order.orderId, chargeId: charge.id, items: order.items }),
    }),
  );
  return { chargeId: charge.id };
};
