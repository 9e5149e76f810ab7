import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

const sns = new SNSClient({});

export const handler = async (order) => {
  const { MessageId } = await sns.send(
    new PublishCommand({ TopicArn: process.env.ORDERS_TOPIC_ARN, Message: JSON.stringify(order) }),
  );
  return { orderId: order.orderId, messageId: MessageId };
};
