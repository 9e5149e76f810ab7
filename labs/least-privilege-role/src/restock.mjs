import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sns = new SNSClient({});
const sqs = new SQSClient({});

// The warehouse sends a count: { countId, sku, left, reorderBelow, reorderQuantity }.
export const handler = async (count) => {
  if (count.left >= count.reorderBelow) return { reordered: 0 };

  await sns.send(
    new PublishCommand({
      TopicArn: process.env.STOCK_ALERTS_TOPIC_ARN,
      Message: JSON.stringify({ countId: count.countId, sku: count.sku, left: count.left }),
    }),
  );
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.SUPPLIER_ORDERS_QUEUE_URL,
      MessageBody: JSON.stringify({ countId: count.countId, sku: count.sku, quantity: count.reorderQuantity }),
    }),
  );
  return { reordered: count.reorderQuantity };
};
