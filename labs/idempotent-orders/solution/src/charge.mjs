import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

export const handler = async (order) => {
  const charge = await chargeOnce(order);

  // An error here fails the whole attempt, and that is right: the next attempt asks for the same charge again, gets the
  // first answer back, and only the part that is missing is done.
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.SHIPPING_QUEUE_URL,
      MessageBody: JSON.stringify({ orderId: order.orderId, chargeId: charge.id, items: order.items }),
    }),
  );
  return { chargeId: charge.id };
};

async function chargeOnce(order) {
  const answer = await fetch(`${process.env.PAYMENTS_URL}/charges`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // The key names the thing that must happen once: the charge of this order. It comes from the event, so it is the
      // same in every attempt, in every environment, and in a second event for the same order. The request id would
      // change with a second event, a random value with every attempt, and a module variable is gone with its environment.
      'idempotency-key': `charge-of-${order.orderId}`,
    },
    // The same order gives the same bytes. A time stamp in here would make the provider refuse the key.
    body: JSON.stringify({
      orderId: order.orderId,
      amountCents: order.amountCents,
      currency: 'EUR',
      card: order.card,
    }),
  });
  if (answer.ok) return answer.json();

  // fetch does not throw on 402 or 503. Thrown from here, 503 is cured by a retry; 402 is not, and after the last
  // attempt this text is the ErrorMessage of the dead letter.
  const { error } = await answer.json();
  throw new Error(`order ${order.orderId}: payments answered ${answer.status} ${error.code}, ${error.reason ?? 'no reason given'}`);
}
