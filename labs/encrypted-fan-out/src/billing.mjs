// The queue has raw delivery: a record's body is the order itself.
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const order = JSON.parse(body);
    console.log('booked', order.orderId, order.total);
  }
};
