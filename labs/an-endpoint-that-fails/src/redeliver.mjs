// Hands dead letters to the carrier. A record's body is the message as SNS would have sent it.
export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    await fetch(process.env.CARRIER_URL, { method: 'POST', body });
    console.log('redelivered', JSON.parse(body).MessageId);
  }
};
