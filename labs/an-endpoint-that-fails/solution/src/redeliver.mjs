// Hands dead letters to the carrier. A record's body is the message as SNS would have sent it.
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const answer = await fetch(process.env.CARRIER_URL, { method: 'POST', body });
    const { MessageId } = JSON.parse(body);
    // Lambda deletes what ends without an error. Thrown, the message comes back when its visibility timeout is over.
    if (!answer.ok) throw new Error(`the carrier answered ${answer.status} to ${MessageId}`);
    console.log('redelivered', MessageId);
  }
};
